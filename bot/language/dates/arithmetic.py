"""Calendar sums that know nothing of language."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from bot.language.dates.findings import Day, Either, Finding, Frame, Period
from bot.language.dates.values import Doubt, Precision

LATELY = timedelta(days=31)
"""A yearly date this recently gone may be meant as it was; further back, next year's is meant."""


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, n: int) -> date:
    """The same day n months on, or the last day of a month that is too short."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def months(year: int, first: int, length: int, precision: Precision, repeats: int = 0) -> Period:
    start = date(year, first, 1)
    last = add_months(start, length - 1)
    return Period(start, month_end(last.year, last.month), precision, repeats)


def week_of(day: date, week_start: int = 0) -> Period:
    start = day - timedelta(days=(day.weekday() - week_start) % 7)
    return Period(start, start + timedelta(days=6), Precision.WEEK)


def in_period(period: Period, weekday: int, n: int) -> date | None:
    """The nth weekday inside a period; n = -1 is the last one."""
    if n > 0:
        day = period.start + timedelta(days=(weekday - period.start.weekday()) % 7 + 7 * (n - 1))
    else:
        day = period.end - timedelta(days=(period.end.weekday() - weekday) % 7)
    return day if period.start <= day <= period.end else None


def working_day(frame: Frame, period: Period, n: int) -> date | None:
    """The nth working day inside a period; n = -1 is the last one."""
    step = timedelta(days=1 if n > 0 else -1)
    day = period.start if n > 0 else period.end
    left = abs(n)
    while period.start <= day <= period.end:
        left -= frame.habits.calendar.is_working(day)
        if not left:
            return day
        day += step
    return None


def shifted(period: Period) -> Period:
    """The same period, one round later."""
    start = add_months(period.start, period.repeats)
    after = add_months(period.end.replace(day=1), period.repeats)
    return Period(start, month_end(after.year, after.month), period.precision, period.repeats)


def yearly(frame: Frame, month: int, day: int) -> Finding | None:
    """A day and month without a year."""
    this = _valid(frame.today.year, month, day)
    if this == frame.today:
        return Day(frame.today)
    ahead = this if this and this > frame.today else _another_year(frame.today.year, month, day, 1)
    past = this if this and this < frame.today else _another_year(frame.today.year, month, day, -1)
    if ahead is None or past is None:
        return None
    return Day(past) if frame.habits.looks_back else come_round(frame, past, ahead)


def _another_year(year: int, month: int, day: int, step: int) -> date | None:
    """Only 29 February is ever more than one year away, and at most eight."""
    return next((found for n in range(1, 9) if (found := _valid(year + n * step, month, day))), None)


def come_round(frame: Frame, past: date, ahead: date) -> Finding:
    """Between a date gone by and its next return: ask while the one gone by is fresh."""
    if ahead != frame.today and frame.today - past <= LATELY:
        return Either(Doubt.PAST_OR_NEXT, (ahead, past))
    return Day(ahead)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
