"""Phrases that name one day without leaning on another phrase."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from bot.language.dates.distances import amount, few
from bot.language.dates.figures import (
    day_of_month,
    dotted,
    from_to,
    iso_weekday,
    month_day,
    named,
    nth_alone,
    numeric,
)
from bot.language.dates.findings import Day, DayRule, Either, Finding, Frame, Period
from bot.language.dates.values import Doubt


def relative_day(frame: Frame, offset: int) -> Finding:
    return Day(frame.today + timedelta(days=offset))


def absolute(frame: Frame, day: date) -> Finding:
    return Day(day)


def ahead_to(frame: Frame, weekday: int) -> int:
    """Days until the next such weekday; 0 is today."""
    return (weekday - frame.today.weekday()) % 7


def weekday(frame: Frame, number: int) -> Finding:
    """A bare weekday. On that very day it may be today or a week on: asked, unless a time settles it."""
    days = ahead_to(frame, number)
    if frame.habits.looks_back:
        return Day(frame.today - timedelta(days=(7 - days) % 7))
    if days:
        return Day(frame.today + timedelta(days=days))
    return Either(Doubt.SAME_DAY, (frame.today, frame.today + timedelta(weeks=1)))


def coming_weekday(frame: Frame, _: None, number: int) -> Finding:
    return Day(frame.today + timedelta(days=ahead_to(frame, number) or 7))


def which_weekday(frame: Frame, which: int, number: int) -> Finding:
    return _this_weekday(frame, number) if which == 0 else next_weekday(frame, number)


def _this_weekday(frame: Frame, number: int) -> Finding:
    day = _in_week(frame, number)
    if day >= frame.today or frame.habits.looks_back:
        return Day(day)
    return Either(Doubt.PAST_OR_NEXT, (day + timedelta(weeks=1), day))


def next_weekday(frame: Frame, number: int) -> Finding:
    """Two meanings while this week's is still ahead, one afterwards."""
    nearest = frame.today + timedelta(days=ahead_to(frame, number) or 7)
    of_next_week = _in_week(frame, number) + timedelta(weeks=1)
    policy = frame.habits.next_weekday
    if nearest == of_next_week or policy == "week_after":
        return Day(of_next_week)
    return Day(nearest) if policy == "nearest" else Either(Doubt.NEXT_WEEKDAY, (nearest, of_next_week))


def last_weekday(frame: Frame, _: None, number: int) -> Finding:
    return Day(frame.today - timedelta(days=(7 - ahead_to(frame, number)) % 7 or 7))


def weekday_after_next(frame: Frame, number: int, _: None) -> Finding:
    following = next_weekday(frame, number)
    return later(following, timedelta(weeks=1))


def weekday_week(frame: Frame, number: int, unit: str) -> Finding | None:
    """Such as "monday week": a week after Monday."""
    return later(weekday(frame, number), timedelta(weeks=1)) if unit == "week" else None


def later(finding: Finding, by: timedelta) -> Finding:
    match finding:
        case Day(on=on, at=at):
            return Day(on + by, at)
        case Either(doubt=doubt, days=days):
            return Either(doubt, tuple(day + by for day in days))
        case Period():
            return Period(finding.start + by, finding.end + by, finding.precision)


def _in_week(frame: Frame, number: int) -> date:
    first = frame.habits.week_start
    return frame.today + timedelta(days=(number - first) % 7 - (frame.today.weekday() - first) % 7)


def next_workday(frame: Frame, which: int, unit: str) -> Finding | None:
    return Day(frame.habits.calendar.add(frame.today, 1)) if (which, unit) == (1, "workday") else None


DAYS: Mapping[str, DayRule] = {
    "day": relative_day,
    "date": absolute,
    "weekday": weekday,
    "which unit": next_workday,
    "which weekday": which_weekday,
    "coming weekday": coming_weekday,
    "last weekday": last_weekday,
    "weekday afternext": weekday_after_next,
    "weekday unit": weekday_week,
    "amount": amount,
    "count unit": lambda frame, n, unit: amount(frame, (n, unit)),
    "few unit": few,
    "count few unit": lambda frame, _, few_, unit: few(frame, few_, unit),
    "nth": nth_alone,
    "nth month": day_of_month,
    "nth month year": day_of_month,
    "count month": day_of_month,
    "count month year": day_of_month,
    "month nth": month_day,
    "month nth year": month_day,
    "month count": month_day,
    "month count year": month_day,
    "year month count": lambda frame, year, month, day: day_of_month(frame, day, month, year),
    "yearly": named,
    "yearly year": named,
    "isoweek": iso_weekday,
    "numeric": numeric,
    "dotted": dotted,
    "numeric month": from_to,
    "numeric month year": from_to,
    "month numeric": lambda frame, month, value: from_to(frame, value, month),
    "month numeric year": lambda frame, month, value, year: from_to(frame, value, month, year),
}
