"""Dates in words: `read` turns a phrase, a wall clock and a person's habits into a `Reading`.

Our own grammar goes first and takes the whole phrase or nothing; dateparser, guarded, is asked only about
what the grammar does not know. Where two readings exist the candidates are given; nothing is guessed.
"""

from bot.language.dates.reader import read, recognise
from bot.language.dates.shifts import Shift, distance, may_be_dated, read_shift
from bot.language.dates.values import (
    PHRASE_LIMIT,
    Candidate,
    Doubt,
    Habits,
    NextWeekday,
    Precision,
    Reading,
    Status,
)

__all__ = [
    "PHRASE_LIMIT",
    "Candidate",
    "Doubt",
    "Habits",
    "NextWeekday",
    "Precision",
    "Reading",
    "Shift",
    "Status",
    "distance",
    "may_be_dated",
    "read",
    "read_shift",
    "recognise",
]
