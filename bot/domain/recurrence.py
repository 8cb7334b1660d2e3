"""The days of a rule, by dateutil: the only module that knows it.  Everything here ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

from bot.domain.calendar import Calendar
from bot.domain.series import MOST_YEARS, Every, Rule, Series
from bot.errors import InvalidMilestone

_FREQUENCIES = {Every.DAY: DAILY, Every.WEEK: WEEKLY, Every.MONTH: MONTHLY, Every.YEAR: YEARLY}
_IN_EVERY_MONTH = 28


def first_day(rule: Rule, on_or_after: date) -> date:
    """The first day of the rule.  Raises `InvalidMilestone` when there is none within thirty years."""
    days = _days(replace(rule, interval=1), on_or_after)
    found: datetime | None = days.after(_midnight(on_or_after), inc=True)
    if found is None or _too_late(rule, found.date(), on_or_after):
        raise InvalidMilestone("series_no_day")
    return found.date()


def next_day(series: Series, calendar: Calendar, today: date) -> tuple[date, int] | None:
    """(the day by the rule, how many were made or passed by then) of what comes next; None at the end.

    What lies in the past by now is passed over, not made up for.
    """
    days = _days(series.rule, series.starts)
    last, made = series.last, series.made
    while not (series.rule.times and made >= series.rule.times):
        found: datetime | None = days.after(_midnight(last))
        if found is None or _too_late(series.rule, found.date(), series.starts):
            return None
        last, made = found.date(), made + 1
        if due_on(series.rule, last, calendar) >= today:
            return last, made
    return None


def due_on(rule: Rule, day: date, calendar: Calendar) -> date:
    """The working day that stands for ``day``."""
    return calendar.following(day) if rule.follows else calendar.preceding(day)


def _too_late(rule: Rule, day: date, starts: date) -> bool:
    return (rule.until is not None and day > rule.until) or day.year - starts.year > MOST_YEARS


def _days(rule: Rule, starts: date) -> rrule:
    """Bounded by years, so that asking for what never comes ends."""
    frequency = _FREQUENCIES[rule.every]
    until = _midnight(starts) + timedelta(days=366 * (MOST_YEARS + 1))
    common = {"dtstart": _midnight(starts), "interval": rule.interval, "until": until}
    if rule.weekday >= 0:
        named = weekday(rule.weekday)
        return rrule(frequency, byweekday=named(rule.nth) if rule.nth else named, **common)
    if rule.every is Every.MONTH:
        return _on_day(rule.day or starts.day, common)
    if rule.every is Every.YEAR:
        return rrule(MONTHLY, **{**common, "interval": 12 * rule.interval}, **_month_day(starts.day))
    return rrule(frequency, **common)


def _on_day(day: int, common: dict[str, object]) -> rrule:
    return rrule(MONTHLY, **common, **_month_day(day))


def _month_day(day: int) -> dict[str, object]:
    """In a month that is shorter its last day stands in: the 31st comes every month."""
    if day <= _IN_EVERY_MONTH:
        return {"bymonthday": day}
    return {"bymonthday": tuple(range(_IN_EVERY_MONTH, day + 1)), "bysetpos": -1}


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  # dateutil counts days, no zone is meant
