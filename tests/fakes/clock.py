"""A clock that moves only when a test says so."""

from __future__ import annotations

import asyncio
import heapq
from datetime import UTC, datetime, timedelta
from itertools import count

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday morning, in winter time, with no holiday near."""

_TURNS = 20
"""Turns of the event loop that whoever wakes gets before time moves on."""


class FakeClock:
    """Implements ``bot.clock.Clock``. ``advance`` wakes sleepers in order, each at its own instant."""

    def __init__(self, start: datetime = START) -> None:
        self._now = _aware(start)
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._order = count()

    def now(self) -> datetime:
        return self._now

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        woken = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + timedelta(seconds=seconds), next(self._order), woken))
        await woken

    @property
    def sleeping(self) -> int:
        """How many wait for time to pass."""
        return sum(1 for _, _, woken in self._sleepers if not woken.done())

    async def advance(self, by: timedelta) -> None:
        await self.advance_to(self._now + by)

    async def advance_to(self, instant: datetime) -> None:
        """Let time pass up to and including ``instant``; who falls asleep again on the way is woken again."""
        self._check_forward(instant)
        await _turns()
        while self._sleepers and self._sleepers[0][0] <= instant:
            wakes, _, woken = heapq.heappop(self._sleepers)
            if not woken.done():
                self._now = max(self._now, wakes)
                woken.set_result(None)
                await _turns()
        self._now = instant

    def jump_to(self, instant: datetime) -> None:
        """Set the clock without waking anyone, backwards too: what a wrong system clock does."""
        self._now = _aware(instant)

    def _check_forward(self, instant: datetime) -> None:
        if _aware(instant) < self._now:
            raise ValueError(f"time does not run backwards: {self._now} to {instant}")


def _aware(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise ValueError(f"an instant needs its offset: {instant!r}")
    return instant.astimezone(UTC)


async def _turns() -> None:
    for _ in range(_TURNS):
        await asyncio.sleep(0)
