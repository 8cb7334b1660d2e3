"""Time as an argument: the only module of the core that reads the real clock."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Now and sleep.  ``now`` is an aware UTC instant; ``sleep`` takes seconds."""

    def now(self) -> datetime: ...

    async def sleep(self, seconds: float) -> None: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class DemoClock:
    """The machine's clock moved forward by a stored amount; it never goes back (docs/rules.md)."""

    def __init__(self, base: Clock, ahead: timedelta = timedelta()) -> None:
        self._base = base
        self._ahead = ahead

    @property
    def ahead(self) -> timedelta:
        return self._ahead

    def now(self) -> datetime:
        return self._base.now() + self._ahead

    async def sleep(self, seconds: float) -> None:
        await self._base.sleep(seconds)

    def forward_to(self, ahead: timedelta) -> None:
        """Adopt a larger offset; a smaller one is ignored, the clock moves forward only."""
        self._ahead = max(self._ahead, ahead)


def steady() -> float:
    """Seconds on a clock that nobody sets; where the system has one, it runs while the machine sleeps."""
    return time.clock_gettime(_STEADY) if _STEADY is not None else time.monotonic()


_STEADY: int | None = getattr(time, "CLOCK_BOOTTIME", None)
