"""What goes into reading a date phrase and what comes out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from bot.domain.calendar import Calendar
from bot.domain.people import DateOrder

NextWeekday = Literal["ask", "nearest", "week_after"]

PHRASE_LIMIT = 64
"""Characters of a date phrase; anything longer is not a date and is never parsed."""


class Status(StrEnum):
    UNDERSTOOD = "understood"
    AMBIGUOUS = "ambiguous"
    NOT_UNDERSTOOD = "not_understood"


class Precision(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class Doubt(StrEnum):
    """Why a phrase was not simply understood. A code: the sentence for people is chosen elsewhere.

    NOT_A_DATE: a word means nothing here. NO_DAY: every word does, yet they name no day. IMPOSSIBLE: the day
    does not exist.
    """

    NONE = ""
    NOT_A_DATE = "not_a_date"
    NO_DAY = "no_day"
    TOO_LONG = "too_long"
    IMPOSSIBLE = "impossible"
    NEXT_WEEKDAY = "next_weekday"
    SAME_DAY = "same_day"
    DAY_ORDER = "day_order"
    PERIOD = "period"
    PAST_OR_NEXT = "past_or_next"
    BEFORE = "before"
    WEEKDAY_MISMATCH = "weekday_mismatch"
    VAGUE = "vague"
    HALF_DAY = "half_day"
    MIDNIGHT = "midnight"


@dataclass(frozen=True, slots=True)
class Habits:
    """How this person and team mean their dates.

    date_order   UNKNOWN when nobody has told: 5/6 is then asked.
    next_weekday what "next friday" means while this week's Friday is still ahead.
    looks_back   the date of something that has happened: "friday" is the last one.
    week_start   first weekday of the person's week, Monday is 0.
    """

    date_order: DateOrder = DateOrder.UNKNOWN
    next_weekday: NextWeekday = "ask"
    calendar: Calendar = field(default_factory=Calendar)
    looks_back: bool = False
    week_start: int = 0
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible meaning: a local date, with a wall-clock time only when one was said."""

    date: dt.date
    time: dt.time | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a phrase was read.

    date, time   local wall clock; set only when understood. No time means the whole day.
    candidates   likeliest first; set only when ambiguous.
    start, end   first and last day, when a period was named ("March", "next week").
    offset       distance from UTC, only when the phrase itself named one.
    is_past      of the understood date (and time), seen from now.
    is_working   of the understood date.
    span         half-open slice of the phrase that was used.
    """

    status: Status
    date: dt.date | None = None
    time: dt.time | None = None
    precision: Precision = Precision.DAY
    candidates: tuple[Candidate, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    offset: dt.timedelta | None = None
    is_past: bool = False
    is_working: bool = True
    span: tuple[int, int] = (0, 0)
    doubt: Doubt = Doubt.NONE
    source: Literal["grammar", "dateparser"] = "grammar"

    @property
    def is_understood(self) -> bool:
        return self.status is Status.UNDERSTOOD

    @property
    def is_ambiguous(self) -> bool:
        return self.status is Status.AMBIGUOUS
