"""Ids that sort by time (UUID version 7), never twice the same and never backwards within a process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from secrets import randbits
from threading import Lock

from storage.columns import microseconds

_RANDOM = 74
_VERSION, _VARIANT = 7 << 76, 2 << 62
_LOW = (1 << 62) - 1


class Ids:
    """``random`` gives that many random bits."""

    def __init__(self, random: Callable[[int], int] = randbits) -> None:
        self._random = random
        self._last = 0
        self._lock = Lock()

    def new(self, now: datetime) -> str:
        """32 hexadecimal digits: 48 bits of milliseconds, 74 bits that grow within one millisecond."""
        fresh = (microseconds(now) // 1000) << _RANDOM | self._random(_RANDOM)
        with self._lock:
            self._last = fresh if fresh > self._last else self._last + 1
            return _spelled(self._last)


def _spelled(value: int) -> str:
    time_and_high, low = value >> 62, value & _LOW
    time, high = time_and_high >> 12, time_and_high & 0xFFF
    return f"{time << 80 | _VERSION | high << 64 | _VARIANT | low:032x}"
