"""What is known of messages whose sender fell silent: leases that ran out, and rows in doubt."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.domain.notices import NoticeKind, OnDoubt
from bot.domain.outbox import MOST_SENDS, SETTLE, OutboxRow
from bot.errors import Delivery, DeliveryError
from bot.ports import Adapter, Store, UnitOfWork
from bot.refs import ConversationRef, MessageRef, PersonRef
from bot.reminders.outcome import arrived
from bot.reminders.scheduler import guarded

log = logging.getLogger(__name__)

BEFORE = timedelta(seconds=5)
"""How far the platform's clock may be behind ours when it is asked what arrived since."""

_MOST = 20
_MOST_EDITS = 5
_ASK_LATER = frozenset({Delivery.NOT_SENT, Delivery.UNKNOWN})


class Reconciler:
    def __init__(
        self, store: Store, adapters: Mapping[str, Adapter], clock: Clock, settle: timedelta = SETTLE
    ) -> None:
        self._store, self._adapters, self._clock, self._settle = store, adapters, clock, settle

    async def reconcile(self) -> int:
        """Free what was only claimed, settle what may have been sent; how many rows were looked at."""
        await self._store.write(lambda uow: uow.outbox.reap(self._clock.now()))
        before = self._clock.now() - self._settle
        rows = await self._store.write(lambda uow: uow.outbox.uncertain(before, _MOST))
        for row in rows:  # one that breaks something waits out its lease, and the others do not wait for it
            await guarded(f"settling {row.id}", partial(self._settled, row))
        return len(rows)

    async def _settled(self, row: OutboxRow) -> None:
        adapter = self._adapters.get(row.platform)
        if adapter is None or row.kind is NoticeKind.CARD_EDIT or not adapter.capabilities.can_find:
            await self._store.write(partial(_by_kind, row=row, now=self._clock.now()))
            return
        try:
            message = await self._find(adapter, row)
        except DeliveryError as error:
            await self._not_answered(row, error)
            return
        await self._store.write(partial(_answered, row=row, message=message, now=self._clock.now()))

    async def _find(self, adapter: Adapter, row: OutboxRow) -> MessageRef | None:
        since = (row.send_started_at or row.planned_for) - BEFORE
        return await adapter.find(await _place(adapter, row), row.id, since)

    async def _not_answered(self, row: OutboxRow, error: DeliveryError) -> None:
        """Not now: asked again while the message would still be worth sending, for its lane waits with it.
        Never (no right to read there): as on a platform that cannot say."""
        log.info("outbox %s cannot be asked for", row.id, extra={"code": error.code})
        now = self._clock.now()
        if error.kind not in _ASK_LATER or now >= row.expires_at:
            await self._store.write(partial(_hold, row=row, now=now))


async def _place(adapter: Adapter, row: OutboxRow) -> ConversationRef:
    if row.person_id:
        return await adapter.direct(PersonRef.parse(row.to))
    return ConversationRef.parse(row.to)


def _answered(uow: UnitOfWork, row: OutboxRow, message: MessageRef | None, now: datetime) -> None:
    """The platform said it has it, or that it does not."""
    if message is None:
        uow.outbox.resend(row, now)
    elif uow.outbox.found(row, str(message), now):
        arrived(uow, row, message, 0, now)


def _by_kind(uow: UnitOfWork, row: OutboxRow, now: datetime) -> None:
    """Nobody can say: an edit is repeated, an urgent message at most once, the rest never."""
    again = row.on_doubt is OnDoubt.RESEND_ONCE and row.sends < MOST_SENDS
    if again or (row.kind is NoticeKind.CARD_EDIT and row.sends < _MOST_EDITS):
        uow.outbox.resend(row, now)
    else:
        _hold(uow, row, now)


def _hold(uow: UnitOfWork, row: OutboxRow, now: datetime) -> None:
    """Kept for the operator to see.  It was nearly certainly delivered, so a ladder counts it as sent."""
    if uow.outbox.hold(row):
        arrived(uow, row, None, 0, now)
