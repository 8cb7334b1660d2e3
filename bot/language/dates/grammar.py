"""The whole phrase against the grammar: shapes of tokens, and the few ways one phrase leans on another.

A shape is the kinds of the tokens in order, so a rule is found by one look-up; what is left composes an edge,
a position, a distance or a weekday with the phrase beside it. Every step takes tokens away and none is tried
twice, so the work grows with the length of the phrase and no faster.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TypeAlias

from bot.language.dates.amounts import gathered
from bot.language.dates.arithmetic import in_period, shifted, working_day
from bot.language.dates.days import DAYS, later
from bot.language.dates.distances import moved
from bot.language.dates.edges import edge_of
from bot.language.dates.findings import Day, Either, Finding, Frame, Period
from bot.language.dates.periods import INNER_PERIODS, PERIODS, nth_of, unit_period
from bot.language.dates.values import Doubt, Precision
from bot.language.dates.vocabulary import Token

Tokens: TypeAlias = Sequence[Token]
Composition: TypeAlias = Callable[[Frame, Tokens], Finding | None]


def shape_of(tokens: Tokens) -> str:
    return " ".join([kind for kind, _ in tokens])


def find(frame: Frame, tokens: Tokens) -> Finding | None:
    shape = shape_of(tokens)
    if rule := DAYS.get(shape):
        found = rule(frame, *[value for _, value in tokens])
        if found is not None:
            return found
    if period_rule := PERIODS.get(shape):
        return period_rule(frame, *[value for _, value in tokens])
    joined = gathered(tokens) if "unit" in shape else tokens
    if len(joined) < len(tokens):
        return find(frame, joined)
    return _composed(frame, tokens) if len(tokens) > 1 or shape == "eo" else None


def _composed(frame: Frame, tokens: Tokens) -> Finding | None:
    compose = _BY_FIRST.get(tokens[0][0])
    found = compose(frame, tokens) if compose else None
    return found or _ending(frame, tokens)


def _ending(frame: Frame, tokens: Tokens) -> Finding | None:
    """Phrases led by a period: "month end", "next week friday", "next month on the 15th"."""
    kind, value = tokens[-1]
    period = _period(frame, tokens[:-1]) if kind in ("edge", "weekday", "nth") else None
    if period is None:
        return _checked(frame, tokens[:-1], value) if kind == "weekday" else None
    if kind == "edge":
        return edge_of(frame, value, period)
    return _weekday_in(period, value) if kind == "weekday" else _nth_day(frame, value, period)


def _period(frame: Frame, tokens: Tokens) -> Period | None:
    rule = INNER_PERIODS.get(shape_of(tokens))
    return rule(frame, *[value for _, value in tokens]) if rule else None


# --- edges and positions --------------------------------------------------------------------------


def _edge(frame: Frame, tokens: Tokens) -> Finding | None:
    period = _period(frame, tokens[1:])
    return edge_of(frame, tokens[0][1], period) if period else None


def _end_of(frame: Frame, tokens: Tokens) -> Finding | None:
    """Such as "eom" alone, or with a period beside it: "eom march"."""
    unit = tokens[0][1]
    period = _period(frame, tokens[1:]) if len(tokens) > 1 else INNER_PERIODS["unit"](frame, unit)
    return edge_of(frame, "end", period) if period else None


def _position(frame: Frame, tokens: Tokens) -> Finding | None:
    """Such as "first monday of may", "last working day of the month", "15th of next month"."""
    n = -1 if tokens[0][0] == "last" else tokens[0][1]
    kind, value = tokens[1]
    if kind in ("weekday", "unit") and (period := _period(frame, tokens[2:])):
        return _rolled(frame, period, lambda p: _placed(frame, n, kind, value, p))
    period = _period(frame, tokens[1:]) if n > 0 else None
    return _nth_day(frame, n, period) if period else None


def _placed(frame: Frame, n: int, kind: str, value: str | int, period: Period) -> Finding | None:
    if kind == "weekday" and isinstance(value, int):
        day = in_period(period, value, n)
    elif value == "workday":
        day = working_day(frame, period, n)
    elif value == "day":
        day = period.end if n < 0 else period.start + timedelta(days=n - 1)
    else:
        return nth_of(frame, n, str(value), period)
    return Day(day) if day and day <= period.end else None


def _nth_day(frame: Frame, n: int, period: Period) -> Finding | None:
    if period.precision is not Precision.MONTH:
        return None
    return _rolled(frame, period, lambda p: _placed(frame, n, "unit", "day", p))


def _rolled(frame: Frame, period: Period, place: Callable[[Period], Finding | None]) -> Finding | None:
    """A place in a period that comes round again: the one still ahead."""
    found = place(period)
    if isinstance(found, Day) and found.on < frame.today and period.repeats and not frame.habits.looks_back:
        return place(shifted(period))
    return found


# --- weekdays beside something --------------------------------------------------------------------


def _weekday_beside(frame: Frame, tokens: Tokens) -> Finding | None:
    weekday, rest = tokens[0][1], tokens[1:]
    if rest[0][0] == "amount" and len(rest) == 1:
        return _weekday_after(frame, weekday, rest[0][1])
    period = _period(frame, rest)
    if period and period.precision is Precision.WEEK:
        return _weekday_in(period, weekday)
    return _checked(frame, rest, weekday)


def _weekday_in(period: Period, weekday: int) -> Finding | None:
    day = in_period(period, weekday, 1) if period.precision is Precision.WEEK else None
    return Day(day) if day else None


def _weekday_after(frame: Frame, weekday: int, amount: tuple[float, str]) -> Finding | None:
    """Such as "friday in two weeks": that week, or two on from the coming one; asked if apart."""
    n, unit = amount
    target = moved(frame.today, n, unit, frame.habits.calendar) if unit in ("week", "fortnight") else None
    if target is None:
        return None
    of_week = target + timedelta(days=weekday - target.weekday())
    counted = target + timedelta(days=(weekday - target.weekday()) % 7)
    return Day(of_week) if of_week == counted else Either(Doubt.NEXT_WEEKDAY, (of_week, counted))


def _checked(frame: Frame, rest: Tokens, weekday: int) -> Finding | None:
    """A weekday said beside a date must be that date's own; otherwise both are offered."""
    found = find(frame, rest)
    match found:
        case Day(on=on) if on.weekday() == weekday:
            return found
        case Day(on=on):
            nearest = on + timedelta(days=(weekday - on.weekday() + 3) % 7 - 3)
            return Either(Doubt.WEEKDAY_MISMATCH, (on, nearest))
        case Either(days=days):
            fitting = tuple(day for day in days if day.weekday() == weekday)
            return Day(fitting[0]) if len(fitting) == 1 else found
        case _:
            return None


# --- distances from something ---------------------------------------------------------------------


def _distance(frame: Frame, tokens: Tokens) -> Finding | None:
    """Such as "3 days ago", "two weeks from friday", "2 working days before the 12th", "a week on monday"."""
    (n, unit), kind = tokens[0][1], tokens[1][0]
    if kind == "ago":
        return _shifted(frame, Day(frame.today), -n, unit) if len(tokens) == 2 else None
    if kind == "afternext" and len(tokens) > 2:
        return _shifted(frame, find(frame, [("which", 1), *tokens[2:]]), n, unit)
    if kind in ("from", "before") and len(tokens) > 2:
        return _shifted(frame, find(frame, tokens[2:]), n if kind == "from" else -n, unit)
    return _shifted(frame, find(frame, tokens[1:]), n, unit) if kind in ("weekday", "day", "which") else None


def _shifted(frame: Frame, base: Finding | None, n: float, unit: str) -> Finding | None:
    match base:
        case Day(on=on, at=None):
            day = moved(on, n, unit, frame.habits.calendar)
            return Day(day) if day else None
        case Either(doubt=doubt, days=days):
            found = tuple(day for on in days if (day := moved(on, n, unit, frame.habits.calendar)))
            return Either(doubt, found) if len(found) == len(days) else None
        case _:
            return None


def _in_the_next(frame: Frame, tokens: Tokens) -> Finding | None:
    """A span: "in the next two weeks" ends where "in two weeks" does."""
    is_span = tokens[0][1] == 1 and tokens[1][0] == "amount" and len(tokens) == 2
    return find(frame, tokens[1:]) if is_span else None


def _before(frame: Frame, tokens: Tokens) -> Finding | None:
    """Such as "before friday": the working day before it, or that day after all; asked."""
    found = find(frame, tokens[1:])
    if isinstance(found, Day) and found.at is None:
        return Either(Doubt.BEFORE, (frame.habits.calendar.add(found.on, -1), found.on))
    return found if isinstance(found, Either) else None


def _some_time(frame: Frame, tokens: Tokens) -> Finding | None:
    return _period(frame, tokens[1:])


def _week_of(frame: Frame, tokens: Tokens) -> Finding | None:
    """Such as "week of 7 december"."""
    found = find(frame, tokens[1:]) if tokens[0][1] == "week" else None
    if not isinstance(found, Day):
        return None
    weeks = (found.on - frame.today).days // 7
    near = unit_period(Frame(frame.now, frame.today + timedelta(weeks=weeks), frame.habits), "week")
    return near if near is None or near.end >= found.on else later(near, timedelta(weeks=1))


_BY_FIRST: Mapping[str, Composition] = {
    "edge": _edge,
    "eo": _end_of,
    "nth": _position,
    "last": _position,
    "weekday": _weekday_beside,
    "amount": _distance,
    "which": _in_the_next,
    "before": _before,
    "later": _some_time,
    "unit": _week_of,
}
