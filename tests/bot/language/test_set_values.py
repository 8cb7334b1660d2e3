"""Weeks, hours, zones and switches as people type them."""

from __future__ import annotations

from datetime import time

import pytest

from bot.language.set_values import read_clock, read_hours, read_switch, read_week, read_zone


@pytest.mark.parametrize(
    ("words", "days"),
    [("Mon-Sat", "012345"), ("Sun to Thu", "01236"), ("Mon, Tue and Fri", "014"), ("mon tue", "01"),
     ("Sat–Mon", "056"), ("every day", "0123456"), ("weekdays", "01234"), ("Wed", "2")],
)  # fmt: skip
def test_a_week(words: str, days: str) -> None:
    assert read_week(words) == frozenset(map(int, days))


@pytest.mark.parametrize("words", ["", "t", "Funday", "Mon-Foo", "Mon-Wed-Fri", "8:30", "x" * 500])
def test_no_week(words: str) -> None:
    assert read_week(words) is None


@pytest.mark.parametrize(
    ("words", "clock"),
    [("8:30", time(8, 30)), ("8.30", time(8, 30)), ("8", time(8)), ("17h", time(17)), ("5 pm", time(17)),
     ("12 am", time(0)), ("12pm", time(12)), ("9 Uhr", time(9))],
)  # fmt: skip
def test_a_clock(words: str, clock: time) -> None:
    assert read_clock(words) == clock


@pytest.mark.parametrize("words", ["", "25:00", "8:60", "13 pm", "0 am", "8:3", "late", "8:30 to 9"])
def test_no_clock(words: str) -> None:
    assert read_clock(words) is None


def test_hours_begin_before_they_end() -> None:
    assert read_hours("7:00-16:00") == (time(7), time(16))
    assert read_hours("7 to 4 pm") == (time(7), time(16))
    for words in ("16-7", "7", "7-7", "", "7-8-9"):
        assert read_hours(words) is None


@pytest.mark.parametrize(
    ("words", "zone"),
    [("Berlin", "Europe/Berlin"), ("europe/berlin", "Europe/Berlin"), ("New York", "America/New_York"),
     ("UTC", "UTC"), ("Atlantis", ""), ("", ""), ("Etc/../../passwd", "")],
)  # fmt: skip
def test_a_zone(words: str, zone: str) -> None:
    assert read_zone(words) == zone


def test_a_switch() -> None:
    assert [read_switch(words) for words in ("yes", "OFF", "don't keep", "maybe")] == [
        True,
        False,
        False,
        None,
    ]
