"""Counted distances: "3 days", "2w", "10 working days", "a few weeks"."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.domain.calendar import Calendar
from bot.language.dates.arithmetic import add_months
from bot.language.dates.findings import Day, Either, Finding, Frame
from bot.language.dates.values import Doubt

_MOST = 10_000
"""Units counted in one phrase; nobody plans further."""
_WEEKS = {"week": 1, "fortnight": 2}
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def moved(day: date, n: float, unit: str, calendar: Calendar) -> date | None:
    """n units on from a day (back, when negative); half units only where they come out whole."""
    if abs(n) > _MOST:
        return None
    if unit == "workday":
        return calendar.add(day, int(n)) if n == int(n) else None
    if unit in _MONTHS:
        span = n * _MONTHS[unit]
        return add_months(day, int(span)) if span == int(span) else None
    days = n * 7 * _WEEKS[unit] if unit in _WEEKS else n if unit == "day" else 0.5
    return day + timedelta(days=int(days)) if days == int(days) else None


def amount(frame: Frame, value: tuple[float, str]) -> Finding | None:
    n, unit = value
    if unit in ("hour", "minute"):
        return _by_the_clock(frame.now, n, unit)
    day = moved(frame.today, n, unit, frame.habits.calendar)
    return Day(day) if day else None


def _by_the_clock(now: datetime, n: float, unit: str) -> Finding | None:
    if n > _MOST:
        return None
    at = now + (timedelta(hours=n) if unit == "hour" else timedelta(minutes=n))
    return Day(at.date(), at.time().replace(second=0, microsecond=0))


def few(frame: Frame, _: None, unit: str) -> Finding | None:
    """A phrase like "a few days" is not a number: three or five are offered."""
    days = tuple(day for n in (3, 5) if (day := moved(frame.today, n, unit, frame.habits.calendar)))
    return Either(Doubt.VAGUE, days) if len(days) == 2 else None
