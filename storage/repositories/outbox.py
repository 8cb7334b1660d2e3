"""Messages to send: planned once, moved from state to state by whoever holds them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, delete, exists, func, null, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.clock import Clock
from bot.domain.notices import Notice
from bot.domain.outbox import OutboxRow, OutboxState
from storage.columns import AnyOf
from storage.repositories import transitions
from storage.repositories.claiming import Claims
from storage.repositories.lanes import Lanes
from storage.repositories.outbox_rows import ROW, destination, new_row, outbox_row
from storage.repositories.transitions import Transition
from storage.tables import installs, lanes, outbox, pauses
from storage.tables.outbox import OCCUPIES, PARKED, WAITING
from storage.transaction import Transaction

_is_suspended = exists().where(
    installs.c.platform == bindparam("of_platform"),
    installs.c.tenant == bindparam("of_tenant"),
    installs.c.suspended != "",
)
_ADD = (
    upsert(outbox)
    .values(state=case((_is_suspended, "blocked"), else_="pending"))
    .on_conflict_do_nothing(index_elements=["workspace_id", "key"])
)
_GET = select(*ROW).where(
    outbox.c.workspace_id == bindparam("of_workspace"), outbox.c.id == bindparam("of_id")
)
_CANCEL = (
    update(outbox)
    .where(
        outbox.c.workspace_id == bindparam("of_workspace"),
        outbox.c.milestone_id == bindparam("of_milestone"),
        AnyOf(outbox.c.kind, "kinds"),
        WAITING,
    )
    .values(state="cancelled", finished_at=bindparam("now"))
    .returning(outbox.c.lane)
)
_too_late = (
    select(outbox.c.id)
    .where(outbox.c.expires_at <= bindparam("now"), WAITING)
    .order_by(outbox.c.expires_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_EXPIRE = (
    update(outbox)
    .where(outbox.c.id.in_(_too_late))
    .values(state="expired", finished_at=bindparam("now"))
    .returning(outbox.c.lane)
)
_unleased = {"lease_owner": "", "lease_until": null()}
_ran_out = outbox.c.lease_until < bindparam("now")
_REAP_LEASED = (
    update(outbox)
    .where(outbox.c.state == "leased", _ran_out)
    .values(state="pending", **_unleased)
    .returning(outbox.c.lane)
)
_REAP_SENDING = (
    update(outbox)
    .where(outbox.c.state == "sending", _ran_out)
    .values(state="uncertain", last_class="unknown", last_code="lease_ran_out", **_unleased)
    .returning(outbox.c.lane)
)
_RELEASE = (
    update(outbox)
    .where(OCCUPIES, outbox.c.state == "leased", outbox.c.lease_owner == bindparam("worker"))
    .values(state="pending", **_unleased)
    .returning(outbox.c.lane)
)
_UNPARK = (
    update(outbox)
    .where(
        outbox.c.platform == bindparam("of_platform"),
        outbox.c.install == bindparam("of_tenant"),
        outbox.c.dest == bindparam("of_dest"),
        PARKED,
    )
    .values(state="pending", epoch=outbox.c.epoch + 1)
    .returning(outbox.c.lane)
)
_COUNTS = select(outbox.c.state, func.count()).group_by(outbox.c.state)
_OLDEST_DUE = select(func.min(lanes.c.next_at)).where(lanes.c.next_at <= bindparam("now"))
_FORGET = delete(outbox).where(outbox.c.finished_at < bindparam("before"))
_FORGET_PAUSES = delete(pauses).where(pauses.c.until < bindparam("before"))
_PAUSES_KEPT = timedelta(days=1)  # longer than a clock is ever set back


class OutboxTable:
    def __init__(
        self, transaction: Transaction, lanes: Lanes, clock: Clock, new_id: Callable[[], str]
    ) -> None:
        self._transaction = transaction
        self._lanes = lanes
        self._clock = clock
        self._new_id = new_id
        self._claims = Claims(transaction, lanes)

    def add(self, notice: Notice, to: str, platform: str, lane: str) -> bool:
        row = new_row(notice, self._new_id(), to, platform, lane)
        values = {**row, "of_platform": platform, "of_tenant": row["install"]}
        if not self._transaction.change(_ADD, values):
            return False
        self._lanes.ensure(lane, platform, row["install"])
        return True

    def get(self, workspace_id: str, row_id: str) -> OutboxRow | None:
        row = self._transaction.one(_GET, {"of_workspace": workspace_id, "of_id": row_id})
        return outbox_row(row) if row else None

    def claim(
        self, worker: str, now: datetime, most: int, platforms: Collection[str] | None = None
    ) -> tuple[OutboxRow, ...]:
        return self._claims.pending(worker, now, most, platforms)

    def intend(self, row: OutboxRow, now: datetime) -> bool:
        return self._move(transitions.INTEND, row, now=now)

    def sent(self, row: OutboxRow, message: str, now: datetime) -> bool:
        return self._move(transitions.SENT, row, message=message, now=now)

    def retry(self, row: OutboxRow, not_before: datetime, code: str, *, is_try: bool) -> bool:
        return self._move(transitions.RETRY, row, later=not_before, code=code, tries_more=int(is_try))

    def doubt(self, row: OutboxRow, code: str) -> bool:
        return self._move(transitions.DOUBT, row, code=code)

    def park(self, row: OutboxRow, code: str) -> bool:
        return self._move(transitions.PARK, row, code=code)

    def bury(self, row: OutboxRow, code: str) -> bool:
        return self._move(transitions.BURY, row, code=code, now=self._clock.now())

    def drop(self, row: OutboxRow, *, expired: bool) -> bool:
        which = transitions.EXPIRE if expired else transitions.CANCEL
        return self._move(which, row, now=self._clock.now())

    def cancel(self, workspace_id: str, milestone_id: str, kinds: Iterable[str]) -> int:
        values = {
            "of_workspace": workspace_id,
            "of_milestone": milestone_id,
            "kinds": [str(kind) for kind in kinds],
            "now": self._clock.now(),
        }
        return self._bulk(_CANCEL, values)

    def expire(self, now: datetime, most: int) -> int:
        return self._bulk(_EXPIRE, {"now": now, "most": most})

    def reap(self, now: datetime) -> tuple[int, int]:
        self._transaction.write(_FORGET_PAUSES, {"before": now - _PAUSES_KEPT})
        return self._bulk(_REAP_LEASED, {"now": now}), self._bulk(_REAP_SENDING, {"now": now})

    def uncertain(self, before: datetime, most: int) -> tuple[OutboxRow, ...]:
        return self._claims.in_doubt(before, self._clock.now(), most)

    def found(self, row: OutboxRow, message: str, now: datetime) -> bool:
        return self._move(transitions.FOUND, row, message=message, now=now)

    def resend(self, row: OutboxRow, not_before: datetime) -> bool:
        return self._move(transitions.RESEND, row, later=not_before)

    def hold(self, row: OutboxRow) -> bool:
        return self._move(transitions.HOLD, row, now=self._clock.now())

    def release(self, worker: str) -> int:
        return self._bulk(_RELEASE, {"worker": worker})

    def pause(self, lane: str, until: datetime) -> None:
        self._lanes.pause(lane, until)

    def unpark(self, platform: str, to: str) -> int:
        parts = destination(to)
        values = {"of_platform": platform, "of_tenant": parts["install"], "of_dest": parts["dest"]}
        return self._bulk(_UNPARK, values)

    def counts(self) -> Mapping[str, int]:
        found = {str(state): int(count) for state, count in self._transaction.all(_COUNTS, {})}
        return {state.value: found.get(state.value, 0) for state in OutboxState}

    def oldest_due(self, now: datetime) -> datetime | None:
        row = self._transaction.one(_OLDEST_DUE, {"now": now})
        return row[0] if row else None

    def forget_before(self, instant: datetime) -> int:
        return self._transaction.change(_FORGET, {"before": instant})

    def _move(self, transition: Transition, row: OutboxRow, **values: Any) -> bool:
        this = {"of_id": row.id, "of_workspace": row.workspace_id, "of_epoch": row.epoch}
        moved = self._transaction.one(transition.statement, {**values, **this})
        if moved is None:
            return False
        self._lanes.touch(moved[0])
        return True

    def _bulk(self, statement: Any, values: Mapping[str, Any]) -> int:
        moved = self._transaction.all(statement, values)
        self._lanes.touch(*(lane for (lane,) in moved))
        return len(moved)
