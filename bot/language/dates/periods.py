"""Phrases that name a stretch of days: "next week", "Q2 2027", "March", "week 50"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TypeAlias

from bot.language.dates.arithmetic import add_months, months, week_of
from bot.language.dates.findings import Frame, Period
from bot.language.dates.values import Precision

PeriodRule: TypeAlias = Callable[..., Period | None]
Part: TypeAlias = tuple[int, int | None]
"""Number of a quarter or half, and its year when the figure holds it."""
IsoWeek: TypeAlias = tuple[int | None, int, int | None]
"""Year, week and weekday (1 is Monday)."""

_MONTHS_LONG = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_PRECISION = {
    "month": Precision.MONTH,
    "quarter": Precision.QUARTER,
    "half": Precision.HALF,
    "year": Precision.YEAR,
}


def unit_period(frame: Frame, unit: str, ahead: int = 0) -> Period | None:
    """This, next or last week, month, quarter, half or year."""
    if unit == "day":
        day = frame.today + timedelta(days=ahead)
        return Period(day, day, Precision.DAY)
    if unit == "week":
        return week_of(frame.today + timedelta(weeks=ahead), frame.habits.week_start)
    if unit == "weekend":
        return _weekend(frame, ahead)
    if unit not in _MONTHS_LONG:
        return None
    length = _MONTHS_LONG[unit]
    first = (frame.today.month - 1) // length * length + 1
    start = add_months(date(frame.today.year, first, 1), ahead * length)
    return months(start.year, start.month, length, _PRECISION[unit])


def _weekend(frame: Frame, ahead: int) -> Period:
    saturday = week_of(frame.today).start + timedelta(days=5, weeks=ahead)
    return Period(saturday, saturday + timedelta(days=1), Precision.DAY)


def the_unit(frame: Frame, unit: str) -> Period | None:
    """Such as "the month": this one, and the next when its day has gone by."""
    period = unit_period(frame, unit)
    if period is None or unit not in _MONTHS_LONG:
        return period
    return Period(period.start, period.end, period.precision, _MONTHS_LONG[unit])


def which_unit(frame: Frame, which: int, unit: str) -> Period | None:
    return unit_period(frame, unit, which)


def last_unit(frame: Frame, _: None, unit: str) -> Period | None:
    return unit_period(frame, unit, -1)


def coming_unit(frame: Frame, _: None, unit: str) -> Period | None:
    return unit_period(frame, unit, 0 if unit == "weekend" else 1)


def unit_after_next(frame: Frame, unit: str, _: None) -> Period | None:
    return unit_period(frame, unit, 2)


def _recurring(frame: Frame, first: int, length: int, precision: Precision) -> Period:
    """A named part of the year: the one that is not over yet (for a look back: that has begun)."""
    this = months(frame.today.year, first, length, precision, repeats=12)
    if frame.habits.looks_back:
        return this if this.start <= frame.today else months(frame.today.year - 1, first, length, precision)
    return this if this.end >= frame.today else months(frame.today.year + 1, first, length, precision, 12)


def month(frame: Frame, number: int) -> Period:
    return _recurring(frame, number, 1, Precision.MONTH)


def month_of_year(frame: Frame, number: int, year: int) -> Period:
    return months(year, number, 1, Precision.MONTH)


def quarter(frame: Frame, value: Part, year: int | None = None) -> Period:
    return _part(frame, value, year, 3, Precision.QUARTER)


def half(frame: Frame, value: Part, year: int | None = None) -> Period:
    return _part(frame, value, year, 6, Precision.HALF)


def _part(frame: Frame, value: Part, year: int | None, length: int, precision: Precision) -> Period:
    first = (value[0] - 1) * length + 1
    at = value[1] or year
    return months(at, first, length, precision) if at else _recurring(frame, first, length, precision)


def nth_unit(frame: Frame, n: int, unit: str, year: int | None = None) -> Period | None:
    """Such as "second quarter"."""
    return quarter(frame, (n, None), year) if unit == "quarter" and 1 <= n <= 4 else None


def nth_half(frame: Frame, n: int, _: None, year: int | None = None) -> Period | None:
    return half(frame, (n, None), year) if 1 <= n <= 2 else None


def whole_year(frame: Frame, number: int) -> Period:
    return months(number, 1, 12, Precision.YEAR)


def which_month(frame: Frame, which: int, number: int) -> Period | None:
    """Such as "this march" is the coming one; "next march" only when this year's is over or under way."""
    if which == 0:
        return month(frame, number)
    return month(frame, number) if number <= frame.today.month else None


def iso_week(frame: Frame, value: IsoWeek, year: int | None = None) -> Period | None:
    at = value[0] or year
    if value[2] is not None or not 1 <= value[1] <= 53:
        return None
    if at:
        return week_of(date.fromisocalendar(at, value[1], 1))
    this, following = (week_of(date.fromisocalendar(frame.today.year + n, value[1], 1)) for n in (0, 1))
    return this if this.end >= frame.today else following


def numbered_week(frame: Frame, unit: str, number: float, year: int | None = None) -> Period | None:
    """Such as "week 50", "week 50 2026"."""
    if unit != "week" or not isinstance(number, int):
        return None
    return iso_week(frame, (year, number, None))


def calendar_week(frame: Frame, _: None, number: float, year: int | None = None) -> Period | None:
    return numbered_week(frame, "week", number, year)


def nth_of(frame: Frame, n: int, unit: str, within: Period) -> Period | None:
    """Such as "first week of december": what lies of that calendar week inside the month."""
    if unit != "week" or within.precision is not Precision.MONTH or n > 5:
        return None
    if n == -1:
        return Period(week_of(within.end, frame.habits.week_start).start, within.end, Precision.WEEK)
    found = week_of(within.start + timedelta(weeks=n - 1), frame.habits.week_start)
    return Period(max(found.start, within.start), min(found.end, within.end), Precision.WEEK)


def weekend(frame: Frame, unit: str) -> Period | None:
    """Such as "the weekend". No other unit says anything on its own."""
    return unit_period(frame, unit) if unit == "weekend" else None


def month_week(frame: Frame, number: int, n: int, unit: str) -> Period | None:
    """Such as "Dec 1st week"."""
    return nth_of(frame, n, unit, month(frame, number))


PERIODS: Mapping[str, PeriodRule] = {
    "unit": weekend,
    "month nth unit": month_week,
    "which unit": which_unit,
    "last unit": last_unit,
    "coming unit": coming_unit,
    "unit afternext": unit_after_next,
    "month": month,
    "month year": month_of_year,
    "year month": lambda frame, year, number: month_of_year(frame, number, year),
    "which month": which_month,
    "quarterno": quarter,
    "quarterno year": quarter,
    "year quarterno": lambda frame, year, value: quarter(frame, value, year),
    "halfno": half,
    "halfno year": half,
    "nth unit": nth_unit,
    "nth unit year": nth_unit,
    "nth half": nth_half,
    "nth half year": nth_half,
    "year": whole_year,
    "isoweek": iso_week,
    "isoweek year": iso_week,
    "unit count": numbered_week,
    "unit count year": numbered_week,
    "isoword count": calendar_week,
    "isoword count year": calendar_week,
}
"""Periods that stand on their own."""

INNER_PERIODS: Mapping[str, PeriodRule] = {**PERIODS, "unit": the_unit}
"""Periods inside another phrase, where "the month" is enough."""
