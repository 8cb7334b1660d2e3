"""Working calendars: the only way anything asks about working days (docs/rules.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.errors import InvalidMilestone

MONDAY_TO_FRIDAY = frozenset(range(5))
_DAY = timedelta(days=1)
_MOST_DAYS = 20_000  # about 54 years: bounds every walk below


@dataclass(frozen=True, slots=True)
class Calendar:
    """Weekdays worked (0 = Monday), days off although worked by the week, days worked although not.

    Raises `InvalidMilestone` for a week without a working day or a distance beyond 54 years.
    """

    week: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: frozenset[date] = frozenset()
    extra: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not self.week or not self.week <= frozenset(range(7)):
            raise InvalidMilestone("week_without_work")

    def is_working(self, day: date) -> bool:
        if day in self.extra:
            return True
        return day.weekday() in self.week and day not in self.holidays

    def add(self, day: date, working_days: int) -> date:
        """The working day ``working_days`` after ``day`` (before, when negative); 0 is ``day`` itself."""
        step = _DAY if working_days > 0 else -_DAY
        left, at = abs(working_days), day
        for _ in range(_MOST_DAYS):
            if not left:
                return at
            at = self._moved(at, step)
            left -= self.is_working(at)
        raise InvalidMilestone("date_too_far")

    def between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``; negative when ``end`` is earlier."""
        if end < start:
            return -self.between(end, start)
        weeks, rest = divmod((end - start).days, 7)
        if (end - start).days > _MOST_DAYS:
            raise InvalidMilestone("date_too_far")
        odd_days = sum((start.weekday() + n) % 7 in self.week for n in range(1, rest + 1))
        return weeks * len(self.week) + odd_days + self._exceptions(start, end)

    def duration(self, start: date, end: date) -> int:
        """Working days from ``start`` to ``end``, both included (docs/rules.md, HL)."""
        return self.between(start, end) + self.is_working(start)

    def preceding(self, day: date) -> date:
        """``day`` if worked, else the working day before it (ISDA preceding)."""
        return day if self.is_working(day) else self.add(day, -1)

    def following(self, day: date) -> date:
        """``day`` if worked, else the next working day (ISDA following)."""
        return day if self.is_working(day) else self.add(day, 1)

    def _exceptions(self, start: date, end: date) -> int:
        """How many more days than the week says are worked after ``start`` up to and including ``end``."""
        if not (self.extra or self.holidays):
            return 0
        gained = sum(start < day <= end and day.weekday() not in self.week for day in self.extra)
        lost = sum(start < day <= end and day.weekday() in self.week for day in self.holidays - self.extra)
        return gained - lost

    @staticmethod
    def _moved(day: date, step: timedelta) -> date:
        try:
            return day + step
        except OverflowError as error:
            raise InvalidMilestone("date_too_far") from error
