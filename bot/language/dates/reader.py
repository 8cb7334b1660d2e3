"""A phrase and a clock become a `Reading`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from bot.errors import MilepostError
from bot.language.dates import clock as clocks
from bot.language.dates import library
from bot.language.dates.arithmetic import working_day
from bot.language.dates.clock import Clock
from bot.language.dates.english import ENGLISH
from bot.language.dates.findings import Day, Either, Finding, Frame, Period
from bot.language.dates.grammar import find
from bot.language.dates.scanner import tidy, tokens
from bot.language.dates.values import PHRASE_LIMIT, Candidate, Doubt, Habits, Precision, Reading, Status
from bot.language.dates.vocabulary import Token, Vocabulary

_FIGURES = frozenset(("impossible", "numeric", "dotted", "month", "nth", "isoweek"))
"""Kinds that can only be a date: when they make none, there is no such day."""

VOCABULARIES: Mapping[str, Vocabulary] = {"en": ENGLISH}


def read(phrase: str, now: datetime, habits: Habits) -> Reading:
    """What day the phrase means. now: naive local wall clock of the reader. Never raises."""
    reading = recognise(phrase, now, habits)
    if reading.doubt is not Doubt.NOT_A_DATE:
        return reading
    language = _language(habits)
    try:
        found = library.read(tidy(phrase), now, habits, VOCABULARIES[language], language, _span(phrase))
    except (ValueError, OverflowError):
        return reading
    return found or reading


def recognise(phrase: str, now: datetime, habits: Habits) -> Reading:
    """Like `read`, by the grammar alone: quick enough to try every part of a sentence."""
    if len(phrase) > PHRASE_LIMIT:
        return _not_understood(Doubt.TOO_LONG)
    scanned = tokens(tidy(phrase), VOCABULARIES[_language(habits)])
    if scanned is None:
        return _not_understood(Doubt.NOT_A_DATE)
    try:
        reading = _by_grammar(Frame(now, now.date(), habits), scanned, _span(phrase))
    except (ValueError, OverflowError, MilepostError):
        return _not_understood(Doubt.IMPOSSIBLE)
    return reading or _not_understood(Doubt.NO_DAY)


def _language(habits: Habits) -> str:
    return habits.language if habits.language in VOCABULARIES else "en"


def _not_understood(doubt: Doubt) -> Reading:
    return Reading(Status.NOT_UNDERSTOOD, doubt=doubt)


def _span(phrase: str) -> tuple[int, int]:
    start = len(phrase) - len(phrase.lstrip())
    return start, start + len(phrase.strip())


def _by_grammar(frame: Frame, scanned: Sequence[Token], span: tuple[int, int]) -> Reading | None:
    parted = clocks.split(scanned)
    if parted is None:
        return None
    dates, clock = parted
    found = find(frame, dates) if dates else _clock_alone(frame, clock)
    if found is None:
        return (
            _not_understood(Doubt.IMPOSSIBLE)
            if not _FIGURES.isdisjoint(kind for kind, _ in scanned)
            else None
        )
    return _weighed(frame, found, clock, span)


def _clock_alone(frame: Frame, clock: Clock) -> Finding | None:
    """Such as "5pm": today, or tomorrow when that has gone by."""
    if clock.whole_day or clock.midnight:
        return Day(frame.today)
    if clock.at is None:
        return None
    has_passed = clock.at <= frame.now.time()
    if frame.habits.looks_back:
        return Day(frame.today if has_passed else frame.today - timedelta(days=1))
    return Day(frame.today + timedelta(days=1) if has_passed else frame.today)


# --- weighing -------------------------------------------------------------------------------------


def _weighed(frame: Frame, found: Finding, clock: Clock, span: tuple[int, int]) -> Reading | None:
    if isinstance(found, Either):
        found = _settled_by_time(frame, found, clock)
    match found:
        case Day():
            return None if found.at and clock.at else _day(frame, found, clock, span)
        case Either(doubt=doubt, days=days):
            return _ambiguous(doubt, tuple(Candidate(day, clock.at) for day in days), clock, span)
        case Period():
            return _period(frame, found, clock, span)


def _settled_by_time(frame: Frame, found: Either, clock: Clock) -> Finding:
    """Said on a Friday, "friday 5pm" is today while five has not struck."""
    if found.doubt is not Doubt.SAME_DAY or clock.at is None or clock.other is not None:
        return found
    return Day(found.days[0] if clock.at > frame.now.time() else found.days[1])


def _day(frame: Frame, found: Day, clock: Clock, span: tuple[int, int]) -> Reading:
    at = found.at if found.at is not None else clock.at
    if clock.midnight:
        return _midnight(frame, found.on, clock, span)
    if clock.other is not None:
        both = tuple(Candidate(found.on, hour) for hour in (clock.at, clock.other))
        return _ambiguous(Doubt.HALF_DAY, both, clock, span)
    return understood(frame.now, found.on, at, frame.habits, span, clock.offset)


def _midnight(frame: Frame, on: date, clock: Clock, span: tuple[int, int]) -> Reading:
    """Midnight today is the coming one; of another day it may be either end."""
    after = on + timedelta(days=1)
    if on == frame.today:
        return understood(frame.now, after, time(0), frame.habits, span, clock.offset)
    return _ambiguous(Doubt.MIDNIGHT, (Candidate(after, time(0)), Candidate(on, time(0))), clock, span)


def understood(
    now: datetime,
    on: date,
    at: time | None,
    habits: Habits,
    span: tuple[int, int],
    offset: timedelta | None = None,
) -> Reading:
    return Reading(
        Status.UNDERSTOOD,
        on,
        at,
        offset=offset,
        is_past=_is_past(now, on, at, offset),
        is_working=habits.calendar.is_working(on),
        span=span,
    )


def _is_past(now: datetime, on: date, at: time | None, offset: timedelta | None) -> bool:
    """A time in another zone is only compared by its date: the reader's own zone is not known here."""
    if at is None or offset is not None:
        return on < now.date()
    return datetime.combine(on, at) < now


def _ambiguous(
    doubt: Doubt, candidates: tuple[Candidate, ...], clock: Clock, span: tuple[int, int]
) -> Reading:
    distinct = tuple(dict.fromkeys(candidates))
    return Reading(Status.AMBIGUOUS, candidates=distinct, doubt=doubt, offset=clock.offset, span=span)


def _period(frame: Frame, period: Period, clock: Clock, span: tuple[int, int]) -> Reading:
    if period.start == period.end:
        return _day(frame, Day(period.start), clock, span)
    days = tuple(dict.fromkeys(_ends(frame, period)))
    return Reading(
        Status.AMBIGUOUS,
        precision=period.precision,
        candidates=tuple(Candidate(day, clock.at) for day in days),
        start=period.start,
        end=period.end,
        offset=clock.offset,
        span=span,
        doubt=Doubt.PERIOD,
    )


def _ends(frame: Frame, period: Period) -> tuple[date, date]:
    """The first and last working day of what is left of a period; of all of it when nothing is."""
    left = period
    if period.start < frame.today <= period.end and not frame.habits.looks_back:
        left = Period(frame.today, period.end, Precision.DAY)
    first, last = working_day(frame, left, 1), working_day(frame, left, -1)
    return first or left.start, last or left.end
