"""Time from left to right: which days are shown, where they stand, and which months are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

_LEAST_DAYS = 28
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 6000, 12000, 24000)
"""Months between two lines of the grid."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Days ``first`` to ``last`` between the pixels ``left`` and ``right``."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return self.left + share * (self.right - self.left)

    def months(self, room: float) -> Iterator[date]:
        """First days of months, never closer than ``room`` pixels."""
        step = self._step(room)
        month = self.first.year * 12 + self.first.month - 1
        month += -month % step
        while month // 12 <= min(self.last.year, date.max.year):
            day = date(month // 12, month % 12 + 1, 1)
            if day > self.last:
                return
            if day >= self.first:
                yield day
            month += step

    def _step(self, room: float) -> int:
        pixels_a_month = (self.right - self.left) / max(1, (self.last - self.first).days) * 30.4
        return next((step for step in _STEPS if step * pixels_a_month >= room), _STEPS[-1])


def axis_over(days: Iterable[date], left: float, right: float) -> Axis:
    """From the earliest to the latest of ``days`` with some air around, four weeks at least."""
    ordinals = [day.toordinal() for day in days]
    low, high = min(ordinals), max(ordinals)
    air = max(3, (high - low) // 25)
    missing = max(0, _LEAST_DAYS - (high - low) - 2 * air)
    first = max(date.min.toordinal(), low - air - missing // 2)
    last = min(date.max.toordinal(), high + air + missing - missing // 2)
    return Axis(date.fromordinal(first), date.fromordinal(last), left, right)
