"""Everything that happens because time passes, put together: tick, relay, reconciler and their rhythm."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from bot.clock import Clock, steady
from bot.domain.outbox import SETTLE, TRUST
from bot.ports import Adapter, Store, UnitOfWork
from bot.reminders.clock_watch import ClockWatch
from bot.reminders.copying import Copier
from bot.reminders.reconcile import Reconciler
from bot.reminders.relay import Relay
from bot.reminders.scheduler import Ticking, guarded
from bot.reminders.tick import BATCH, Ticker

INBOX_KEPT = timedelta(hours=72)
OUTBOX_KEPT = timedelta(days=90)
"""Longer than anything could be planned again under the same key and still be true."""

DRAIN = timedelta(seconds=12)
"""Of the thirty seconds between SIGTERM and SIGKILL (docs/delivery.md)."""

UNCLAIMED_KEPT = timedelta(hours=24)
"""Files whose sender never said which milestone they are for, and content nobody refers to."""

_MOST_ROUNDS = 1_000
_MOST_EXPIRED = 500


@dataclass(frozen=True, slots=True)
class Timing:
    """How often each part looks.  ``trust`` and ``settle`` belong to the lease (docs/delivery.md)."""

    tick: timedelta = timedelta(seconds=15)
    relay: timedelta = timedelta(seconds=1)
    reconcile: timedelta = timedelta(seconds=15)
    clean: timedelta = timedelta(hours=1)
    copy: timedelta = timedelta(seconds=20)
    trust: timedelta = TRUST
    settle: timedelta = SETTLE


class Engine:
    """``worker_name`` is unique per process: it owns the rows it has claimed."""

    def __init__(
        self,
        store: Store,
        adapters: Mapping[str, Adapter],
        clock: Clock,
        random: Random,
        worker_name: str,
        in_flight: int = 4,
        timing: Timing | None = None,
        elapsed: Callable[[], float] = steady,
    ) -> None:
        self._timing = timing or Timing()
        self._store, self._clock, self._elapsed = store, clock, elapsed
        self._ticker = Ticker(store, clock)
        self._relay = Relay(
            store, adapters, clock, random, worker_name, in_flight, self._timing.trust, elapsed
        )
        self._reconciler = Reconciler(store, adapters, clock, self._timing.settle)
        self._copier = Copier(store, adapters, clock)
        self._ticking = Ticking()
        self._watch = ClockWatch(clock, elapsed)
        self._beat = elapsed()

    def start(self) -> None:
        """Begin to tick, in the running event loop."""
        timing = self._timing
        self._ticking.start(
            {
                "tick": (timing.tick, self.tick),
                "relay": (timing.relay, self.relay),
                "reconcile": (timing.reconcile, self.reconcile),
                "clean": (timing.clean, self.clean),
                "copy": (timing.copy, self.copy),
            }
        )
        self.wake()

    async def stop(self, within: timedelta = DRAIN) -> None:
        """Take up nothing more, let what is under way arrive, give back what was only claimed."""
        await self._ticking.stop()
        await self._relay.close(within)

    def wake(self) -> None:
        """A commit added messages: do not wait for the next look."""
        self._relay.wake()

    def silent_for(self) -> float:
        """Seconds since the loop last got anywhere, for ``/livez``: a live process is not a working one."""
        return self._elapsed() - self._beat

    async def tick(self) -> None:
        """Plan what is due.  If a batch fails, go one by one, so that one bad subject stops no other."""
        if not await guarded("tick", self._ticker.tick):
            await self._tick_one_by_one()
        self._beat = self._elapsed()
        self.wake()

    async def relay(self) -> None:
        self.wake()

    async def reconcile(self) -> None:
        """Settle what nobody finished; not while a clock that was set makes every lease look old."""
        if self._watch.is_even() and await self._reconciler.reconcile():
            self.wake()

    async def clean(self) -> None:
        """Forget what arrived, was said and was offered so long ago that nobody comes back to it."""
        await self._store.write(partial(_clean, now=self._clock.now()))

    async def copy(self) -> None:
        """Fetch what was handed in where a copy is wanted."""
        await self._copier.copy()

    async def run_until_quiet(self) -> None:
        """Plan and send until nothing more is due at this instant."""
        for _ in range(_MOST_ROUNDS):
            planned = await self._ticker.tick()
            if not planned + await self._relay.drain():
                return

    async def travel(self, to: datetime, forward: Callable[[datetime], Awaitable[None]]) -> None:
        """Live through everything until ``to``: each due instant in order, with the clock set to it.

        ``forward`` sets the clock (the demo's, which is stored).
        """
        await self.run_until_quiet()
        while at := await self._store.write(partial(_next_instant, now=self._clock.now(), until=to)):
            await forward(at)
            await self.run_until_quiet()
        await forward(to)
        await self.run_until_quiet()

    async def _tick_one_by_one(self) -> None:
        for _ in range(BATCH):
            if not await guarded("tick of one", partial(self._ticker.plan, 1)):
                await guarded("setting aside", self._ticker.set_aside)


def _next_instant(uow: UnitOfWork, now: datetime, until: datetime) -> datetime | None:
    """The next instant after ``now`` and no later than ``until`` at which there is something to do."""
    planned = [due.at for due in uow.due.take(until, 1)]
    waiting = uow.outbox.oldest_due(until)
    later = [at for at in (*planned, *([waiting] if waiting else [])) if now < at <= until]
    return min(later, default=None)


def _clean(uow: UnitOfWork, now: datetime) -> None:
    uow.outbox.expire(now, _MOST_EXPIRED)
    uow.inbox.forget_before(now - INBOX_KEPT)
    uow.outbox.forget_before(now - OUTBOX_KEPT)
    uow.actions.forget_expired()
    uow.files.forget_unclaimed(now - UNCLAIMED_KEPT)
    uow.blobs.forget_unclaimed(now - UNCLAIMED_KEPT)
