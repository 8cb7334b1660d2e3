"""The guard around dateparser: it may only add a question, never an answer, and only for a date word."""

# ruff: noqa: DTZ001 - the reader works on the wall clock

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime

import pytest

from bot.language.dates import Habits, Status, read
from bot.language.dates.english import ENGLISH

NOW = datetime(2026, 11, 23, 14, 0)


@pytest.mark.parametrize(
    ("phrase", "day"), [("about 3 days", "2026-11-26"), ("21 december 2026 AD", "2026-12-21")]
)
def test_what_only_dateparser_reads_is_asked_never_assumed(phrase: str, day: str) -> None:
    reading = read(phrase, NOW, Habits())
    assert (reading.source, reading.status, reading.date) == ("dateparser", Status.AMBIGUOUS, None)
    assert [candidate.date for candidate in reading.candidates] == [date.fromisoformat(day)]


@pytest.mark.parametrize(
    "phrase",
    [
        "M3",
        "#12",
        "15",
        "10",
        "2027-13",
        "v2.1 friday",
        "Q9 2027 march",
        "ship the beta",
        "Kickoff 2026-12-01 10:00-11:00",
    ],
)
def test_numbers_names_and_versions_never_become_days(phrase: str) -> None:
    assert read(phrase, NOW, Habits()).status is Status.NOT_UNDERSTOOD


def test_dateparser_is_not_loaded_before_it_is_needed() -> None:
    program = (
        "import sys, datetime; from bot.language.dates import read, Habits; "
        "now = datetime.datetime(2026, 11, 23); "
        "[read(p, now, Habits()) for p in ('friday', 'Feb 30', 'ship the beta', 'in 2 weeks', '?????x')]; "
        "sys.exit('dateparser' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_every_word_of_the_vocabulary_is_lower_case() -> None:
    assert all(word == word.lower() for word in ENGLISH.words)
