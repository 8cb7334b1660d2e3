"""Days given by figures: of a month, of a year, of an ISO week."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from bot.domain.people import DateOrder
from bot.language.dates.arithmetic import add_months, month_end, yearly
from bot.language.dates.findings import Day, Either, Finding, Frame, Period
from bot.language.dates.values import Doubt, Precision

Numeric: TypeAlias = tuple[str, str, str | None, str]
"""First, second and perhaps third figure, and the mark between them."""


def nth_alone(frame: Frame, n: int) -> Finding | None:
    """Such as "the 15th": the next one; on the 15th itself it is asked."""
    if not 1 <= n <= 31:
        return None
    first = frame.today.replace(day=1)
    step = -1 if frame.habits.looks_back else 1
    around = (_day_of(add_months(first, i * step), n) for i in range(4))
    fits = [d for d in around if d and (d <= frame.today if step < 0 else d >= frame.today)]
    if fits[0] == frame.today and step > 0:
        return Either(Doubt.SAME_DAY, (fits[0], fits[1]))
    return Day(fits[0])


def _day_of(first: date, n: int) -> date | None:
    return first.replace(day=n) if n <= month_end(first.year, first.month).day else None


def day_of_month(frame: Frame, day: float, month: int, year: int | None = None) -> Finding | None:
    if not isinstance(day, int) or not 1 <= day <= 31:
        return None
    if year is None:
        return yearly(frame, month, day)
    return Day(date(year, month, day)) if day <= month_end(year, month).day else None


def month_day(frame: Frame, month: int, day: float, year: int | None = None) -> Finding | None:
    return day_of_month(frame, day, month, year)


def named(frame: Frame, value: tuple[int, int], year: int | None = None) -> Finding | None:
    return day_of_month(frame, value[1], value[0], year)


def iso_weekday(frame: Frame, value: tuple[int | None, int, int | None]) -> Finding | None:
    year, week, day = value
    return Day(date.fromisocalendar(year or frame.today.year, week, day)) if day else None


def numeric(frame: Frame, value: Numeric) -> Finding | None:
    """5/6 and 5/6/26, in the person's order when it is known; asked when it is not and both could be."""
    a, b, c, mark = value
    if mark == "-" and not (len(a) == len(b) == 2):
        return None
    orders = _orders(frame.habits.date_order, has_year=c is not None)
    found = [day for order in orders if (day := _ordered(frame, order, a, b, c))]
    distinct = list(dict.fromkeys(_days(day) for day in found))
    if frame.habits.date_order or len(distinct) < 2:
        return found[0] if found else None
    return Either(Doubt.DAY_ORDER, tuple(days[0] for days in distinct))


def _orders(known: DateOrder, has_year: bool) -> tuple[str, ...]:
    """The person's order first; another only helps when theirs makes no date."""
    if known is DateOrder.YMD:
        return ("YMD", "MDY", "DMY") if has_year else ("MDY", "DMY")
    return ("MDY", "DMY") if known is DateOrder.MDY else ("DMY", "MDY")


def _ordered(frame: Frame, order: str, a: str, b: str, c: str | None) -> Finding | None:
    if order == "YMD":
        a, b, c = c or "", b, a
    if c is not None and len(c) == 1:
        return None
    day, month = (int(b), int(a)) if order == "MDY" else (int(a), int(b))
    if not 1 <= month <= 12:
        return None
    return day_of_month(frame, day, month, full_year(c) if c else None)


def _days(finding: Finding) -> tuple[date, ...]:
    match finding:
        case Day(on=on):
            return (on,)
        case Either(days=days):
            return days
        case Period(start=start):
            return (start,)


def full_year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def dotted(frame: Frame, value: tuple[int, int, str | None]) -> Finding | None:
    """With dots the day comes first everywhere, whatever the person does with slashes."""
    day, month, year = value
    return day_of_month(frame, day, month, full_year(year) if year else None) if 1 <= month <= 12 else None


def from_to(frame: Frame, value: Numeric, month: int, year: int | None = None) -> Finding | None:
    """Such as "10-14 June": a stretch of days."""
    if value[2] or value[3] != "-":
        return None
    first, last = (day_of_month(frame, int(n), month, year) for n in value[:2])
    if not isinstance(first, Day) or not isinstance(last, Day) or first.on >= last.on:
        return None
    return Period(first.on, last.on, Precision.DAY)
