"""What a grammar rule can find, before it is weighed against now and the calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeAlias

from bot.language.dates.values import Doubt, Habits, Precision


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the reader stands: the local wall clock and the person's habits."""

    now: datetime
    today: date
    habits: Habits


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Either:
    """Several days could be meant; the likeliest comes first."""

    doubt: Doubt
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day. repeats: months until the phrase comes round again, 0 if it never does."""

    start: date
    end: date
    precision: Precision
    repeats: int = 0


Finding: TypeAlias = Day | Either | Period
DayRule: TypeAlias = Callable[..., Finding | None]
"""Takes the frame and the values of its shape's tokens; None when they make no date."""
