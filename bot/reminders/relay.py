"""From the outbox to people: claim, look again, commit the intent, send, record (docs/delivery.md).

One row of a lane is under way at a time, a few per platform, and never a request without a committed
intent.  Whatever happens to this process, a row's state says whether bytes may have left.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from random import Random

from bot.clock import Clock, steady
from bot.domain.outbox import TRUST, OutboxRow
from bot.errors import Delivery, DeliveryError, where
from bot.ports import Adapter, Store, UnitOfWork
from bot.refs import ConversationRef, MessageRef, PersonRef
from bot.reminders.breaker import Breaker
from bot.reminders.outcome import arrived
from bot.reminders.prepare import Outgoing, prepare
from bot.reminders.refusal import Refusal, record_refusal

log = logging.getLogger(__name__)

UNASKABLE = 2
"""Messages under way on a platform that cannot be asked whether one arrived: fewer to be in doubt about."""


@dataclass(slots=True)
class Carrying:
    """One row under way; ``until`` on the steady clock is when its claim may no longer be trusted."""

    row: OutboxRow
    until: float
    intended: bool = False
    poison: bool = False
    to: ConversationRef | None = None


class Relay:
    """``in_flight`` messages at most; one platform never takes the last place of all."""

    def __init__(
        self,
        store: Store,
        adapters: Mapping[str, Adapter],
        clock: Clock,
        random: Random,
        worker: str,
        in_flight: int = 4,
        trust: timedelta = TRUST,
        elapsed: Callable[[], float] = steady,
    ) -> None:
        self._store, self._adapters, self._clock, self._random = store, adapters, clock, random
        self._worker, self._in_flight, self._trust, self._elapsed = worker, in_flight, trust, elapsed
        self._breakers = {name: Breaker() for name in adapters}
        self._directs: dict[PersonRef, ConversationRef] = {}
        self._tasks: dict[asyncio.Task[None], str] = {}
        self._pumping = asyncio.Lock()
        self._asked_again = False
        self._pump: asyncio.Task[None] | None = None
        self._closing = False
        self._taken = 0

    def wake(self) -> None:
        """There may be something to send.  Called from the event loop, as often as one likes."""
        if self._pump and not self._pump.done():
            self._asked_again = True
        elif not self._closing:
            self._pump = asyncio.create_task(self._pump_on())
            self._pump.add_done_callback(_logged)

    async def drain(self) -> int:
        """Send everything that can be sent now; how many rows were taken up."""
        before = self._taken
        while self._tasks or await self.pump() or self._tasks:  # another pump may have been quicker
            if self._tasks:
                await asyncio.wait(self._tasks)
        return self._taken - before

    async def pump(self) -> int:
        """Take up as many rows as there is room for; how many."""
        async with self._pumping:
            room = self._room()
            if self._closing or not room:
                return 0
            now, claimed_at = self._clock.now(), self._elapsed()
            rows = await self._store.write(partial(_claim, worker=self._worker, room=room, now=now))
            if self._closing:  # given back by `close`
                return 0
            for row in rows:
                self._start(Carrying(row, claimed_at + self._trust.total_seconds()))
            self._taken += len(rows)
            return len(rows)

    async def close(self, within: timedelta) -> None:
        """Take up nothing more, let what is under way arrive, give the rest back."""
        self._closing = True
        under_way = {*self._tasks, *([self._pump] if self._pump else [])}
        if under_way:
            await asyncio.wait(under_way, timeout=within.total_seconds())
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._store.write(lambda uow: uow.outbox.release(self._worker))

    async def _pump_on(self) -> None:
        claimed = 1
        while claimed or self._asked_again:
            self._asked_again = False
            claimed = await self.pump()

    def _room(self) -> dict[str, int]:
        """How many rows each platform can take now."""
        busy, now = Counter(self._tasks.values()), self._clock.now()
        free = self._in_flight - sum(busy.values())
        wanted = {name: min(free, self._most(name) - busy[name]) for name in self._adapters}
        room = {name: self._breakers[name].room(n, now) for name, n in wanted.items() if n > 0}
        return {name: n for name, n in room.items() if n > 0}

    def _most(self, platform: str) -> int:
        most = self._in_flight if len(self._adapters) == 1 else max(1, self._in_flight - 1)
        return most if self._adapters[platform].capabilities.can_find else min(most, UNASKABLE)

    def _start(self, carrying: Carrying) -> None:
        task = asyncio.create_task(self._carry(carrying))
        self._tasks[task] = carrying.row.platform
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._tasks[task]
        _logged(task)
        self.wake()

    async def _carry(self, carrying: Carrying) -> None:
        """One row, whatever it does: a surprise before the intent is one failed try, after it a doubt."""
        try:
            await self._deliver(carrying)
        except DeliveryError as error:
            await self._refused(carrying, error)
        except Exception as error:
            log.error("outbox row %s: %s", carrying.row.id, where(error))
            carrying.poison = not carrying.intended
            kind = Delivery.UNKNOWN if carrying.intended else Delivery.PERMANENT
            await self._refused(carrying, DeliveryError(kind, type(error).__name__))

    async def _deliver(self, carrying: Carrying) -> None:
        row, adapter = carrying.row, self._adapters[carrying.row.platform]
        carrying.to = to = await self._place(adapter, row)
        outgoing = await self._store.write(partial(prepare, row=row, to=to, now=self._clock.now()))
        if outgoing is None:
            return
        carrying.intended = True
        message = await self._send(adapter, outgoing, carrying)
        self._breakers[row.platform].worked()
        await self._store.write(
            partial(_record_sent, outgoing=outgoing, message=message, now=self._clock.now())
        )
        _noted(row, "sent")

    async def _place(self, adapter: Adapter, row: OutboxRow) -> ConversationRef:
        """Where the row goes; the direct conversation with a person is asked for once."""
        if not row.person_id:
            return ConversationRef.parse(row.to)
        person = PersonRef.parse(row.to)
        if person not in self._directs:
            self._directs[person] = await adapter.direct(person)
        return self._directs[person]

    async def _send(self, adapter: Adapter, outgoing: Outgoing, carrying: Carrying) -> MessageRef | None:
        """The message, None when the platform says it is there but not which one it is."""
        try:
            return await self._in_some_form(adapter, outgoing, carrying)
        except DeliveryError as error:
            if error.kind is not Delivery.DONE:
                raise
            return outgoing.edits

    async def _in_some_form(self, adapter: Adapter, outgoing: Outgoing, carrying: Carrying) -> MessageRef:
        """As it is, else once more as plain text where that may pass."""
        try:
            return await self._request(adapter, outgoing, carrying)
        except DeliveryError as error:
            if error.kind is not Delivery.PERMANENT or not error.plain_text_may_pass:
                raise
        carrying.poison = True
        plain = replace(outgoing, how=replace(outgoing.how, plain_text=True))
        return await self._request(adapter, plain, carrying)

    async def _request(self, adapter: Adapter, outgoing: Outgoing, carrying: Carrying) -> MessageRef:
        """The last line before bytes leave.  A claim grown old belongs to somebody else by now, so a
        request that a frozen process left half-way is given up when it wakes."""
        left = carrying.until - self._elapsed()
        if left <= 0:
            raise DeliveryError(Delivery.NOT_SENT, "claim_too_old", retry_after=0)
        try:
            async with asyncio.timeout(left):
                return await _requested(adapter, outgoing)
        except TimeoutError as error:
            raise DeliveryError(Delivery.UNKNOWN, "claim_too_old") from error

    async def _refused(self, carrying: Carrying, error: DeliveryError) -> None:
        row, now = carrying.row, self._clock.now()
        self._count(row.platform, error, now)
        refusal = Refusal(error, self._random.uniform(-1, 1), carrying.intended, carrying.poison, carrying.to)
        await self._store.write(partial(record_refusal, row=row, refusal=refusal, now=now))
        _noted(row, error.kind, error.code)

    def _count(self, platform: str, error: DeliveryError, now: datetime) -> None:
        no_answer = error.kind is Delivery.NOT_SENT and error.retry_after is None and not error.moved_to
        if no_answer:
            self._breakers[platform].failed(now)
        elif error.kind is not Delivery.UNKNOWN:
            self._breakers[platform].worked()


async def _requested(adapter: Adapter, outgoing: Outgoing) -> MessageRef:
    if outgoing.edits is None:
        return await adapter.send(outgoing.to, outgoing.card, outgoing.how)
    await adapter.edit(outgoing.edits, outgoing.card, outgoing.how)
    return outgoing.edits


def _claim(uow: UnitOfWork, worker: str, room: Mapping[str, int], now: datetime) -> tuple[OutboxRow, ...]:
    """In one transaction, platform by platform: one that has much to say takes no other's place."""
    claims = (uow.outbox.claim(worker, now, most, (platform,)) for platform, most in room.items())
    return tuple(row for rows in claims for row in rows)


def _record_sent(uow: UnitOfWork, outgoing: Outgoing, message: MessageRef | None, now: datetime) -> None:
    if uow.outbox.sent(outgoing.row, str(message or ""), now):
        arrived(uow, outgoing.row, message, outgoing.version, now)


def _logged(task: asyncio.Task[None]) -> None:
    """Storage was away: the row's state stands, and its lease will tell."""
    if not task.cancelled() and (error := task.exception()):
        log.error("relay: not recorded: %s", where(error))


def _noted(row: OutboxRow, outcome: str, code: str = "") -> None:
    """One line per transition, never what was said."""
    log.info(
        "outbox %s %s",
        row.kind,
        outcome,
        extra={"outbox_id": row.id, "epoch": row.epoch, "platform": row.platform, "code": code},
    )
