"""Beginning, middle and end of a stretch of days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.language.dates.arithmetic import add_months, in_period, shifted, working_day
from bot.language.dates.findings import Day, Either, Finding, Frame, Period
from bot.language.dates.values import Doubt, Precision

_WEDNESDAY = 2
_PARTS_OF_MONTH = {"early": (1, 10), "late": (21, 31)}
_MONTHS_AT_THE_EDGE = {Precision.QUARTER: 1, Precision.HALF: 2, Precision.YEAR: 3}


def edge_of(frame: Frame, edge: str, period: Period) -> Finding | None:
    if period.precision is Precision.DAY:
        return None
    find = _EDGES[edge]
    found = find(frame, period)
    if not period.repeats or frame.habits.looks_back or not _is_over(frame, found):
        return found
    return find(frame, shifted(period))


def _is_over(frame: Frame, found: Finding | None) -> bool:
    match found:
        case Day(on=on):
            return on < frame.today
        case Either(days=days):
            return max(days) < frame.today
        case Period(end=end):
            return end < frame.today
        case None:
            return False


def _start(frame: Frame, period: Period) -> Finding | None:
    return Day(period.start)


def _end(frame: Frame, period: Period) -> Finding | None:
    """The last day; of a week its last working day, which is asked once it has gone by."""
    if period.precision is not Precision.WEEK:
        return Day(period.end)
    last = working_day(frame, period, -1) or period.end
    if last >= frame.today or period.end < frame.today:
        return Day(last)
    following = Period(period.start + timedelta(weeks=1), period.end + timedelta(weeks=1), Precision.WEEK)
    return Either(Doubt.PAST_OR_NEXT, (working_day(frame, following, -1) or following.end, period.end))


def _middle(frame: Frame, period: Period) -> Finding | None:
    match period.precision:
        case Precision.WEEK:
            wednesday = in_period(period, _WEDNESDAY, 1)
            return Day(wednesday) if wednesday else None
        case Precision.MONTH:
            return Day(period.start.replace(day=15))
        case Precision.QUARTER:
            return Day(add_months(period.start, 1).replace(day=15))
        case _:
            return Either(Doubt.VAGUE, _around_the_middle(period))


def _around_the_middle(period: Period) -> tuple[date, ...]:
    half = add_months(period.start, 3 if period.precision is Precision.HALF else 6)
    return half - timedelta(days=1), half


def _early(frame: Frame, period: Period) -> Finding | None:
    return _third(period, "early")


def _late(frame: Frame, period: Period) -> Finding | None:
    return _third(period, "late")


def _third(period: Period, edge: str) -> Period:
    """Early and late are stretches too: asked, with their first and last working day."""
    if period.precision is Precision.WEEK:
        first, last = (0, 1) if edge == "early" else (3, 4)
        start = period.start
        return Period(start + timedelta(days=first), start + timedelta(days=last), Precision.DAY)
    if period.precision is Precision.MONTH:
        first, last = _PARTS_OF_MONTH[edge]
        end = min(last, period.end.day)
        return Period(
            period.start.replace(day=first), period.start.replace(day=end), Precision.WEEK, period.repeats
        )
    length = _MONTHS_AT_THE_EDGE[period.precision]
    if edge == "early":
        return Period(period.start, add_months(period.start, length) - timedelta(days=1), Precision.MONTH)
    return Period(add_months(period.end + timedelta(days=1), -length), period.end, Precision.MONTH)


_EDGES: Mapping[str, Callable[[Frame, Period], Finding | None]] = {
    "start": _start,
    "early": _early,
    "mid": _middle,
    "late": _late,
    "end": _end,
}
