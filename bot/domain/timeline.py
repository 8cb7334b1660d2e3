"""What a timeline picture shows: rows of dated diamonds.  The drawing itself is `bot.pictures`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.health import Light

MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """``baseline`` is the first promise, None when it never moved."""

    label: str
    start: date
    due: date
    baseline: date | None
    light: Light
    done: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """At most `MOST_ROWS` rows; ``today`` draws the line; ``left_out`` rows are counted, not drawn."""

    title: str
    today: date
    rows: tuple[TimelineRow, ...]
    left_out: int = 0
    dark: bool = False
