"""Whatever is typed: no exception, no long wait, nothing outside the phrase."""

# ruff: noqa: DTZ001 - the reader works on the wall clock

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.people import DateOrder
from bot.language.dates import PHRASE_LIMIT, Habits, Status, read
from bot.language.dates.english import ENGLISH
from tests.bot.language.effort import calls_made

NOW = datetime(2026, 11, 23, 14, 0)
WORDS = sorted(
    {*ENGLISH.words, "15th", "5/6", "28.03.", "2026-12-01", "w50", "3d", "17:00", "5pm", "q2", "2027", "31"}
)
FIGURES = st.text(alphabet="0123456789./-:thndwqh+' #pmkv", max_size=14)
PHRASES = st.lists(st.sampled_from(WORDS) | FIGURES, max_size=8).map(" ".join)
HABITS = st.builds(
    Habits,
    date_order=st.sampled_from(DateOrder),
    next_weekday=st.sampled_from(["ask", "nearest", "week_after"]),
    looks_back=st.booleans(),
    week_start=st.integers(0, 6),
)
MOMENTS = st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2200, 1, 1))


@given(PHRASES | st.text(max_size=80), MOMENTS, HABITS)
@settings(max_examples=600, deadline=None)
def test_any_phrase_gets_a_reading_that_holds_together(phrase: str, now: datetime, habits: Habits) -> None:
    reading = read(phrase, now, habits)
    start, end = reading.span
    assert 0 <= start <= end <= len(phrase)
    assert (reading.date is not None) == (reading.status is Status.UNDERSTOOD)
    assert bool(reading.candidates) == (reading.status is Status.AMBIGUOUS)
    assert len(set(reading.candidates)) == len(reading.candidates)


@given(PHRASES)
@settings(max_examples=300, deadline=None)
def test_a_reading_is_past_only_when_the_phrase_points_back(phrase: str) -> None:
    reading = read(phrase, NOW, Habits())
    points_back = any(
        word in phrase for word in ("yesterday", "last", "past", "previous", "ago", "before", "final")
    )
    says_a_date = any(figure in phrase for figure in "0123456789'") or "today" in phrase or "this" in phrase
    assert (
        not reading.is_past
        or points_back
        or says_a_date
        or "start" in phrase
        or "begin" in phrase
        or "now" in phrase
    )


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["%a %d %b %Y", "%A, %d %B %Y", "%Y-%m-%d", "%d.%m.%Y", "%B %d, %Y"]),
)
def test_every_way_we_print_a_date_is_read_back_as_that_date(day: date, form: str) -> None:
    assert read(day.strftime(form), NOW, Habits()).date == day


@given(st.integers(1, 300))
def test_a_date_of_the_coming_year_printed_without_its_year_is_read_back(days: int) -> None:
    day = NOW.date() + timedelta(days=days)
    assert read(f"{day:%a %d %b}", NOW, Habits()).date == day


@given(
    st.sampled_from(
        ["friday", "tomorrow", "in 2 weeks", "3 days", "coming monday", "next week friday", "eow"]
    ),
    MOMENTS,
)
def test_moving_the_clock_by_four_weeks_moves_a_relative_answer_by_four_weeks(
    phrase: str, now: datetime
) -> None:
    shift = timedelta(weeks=4)
    before, after = read(phrase, now, Habits()), read(phrase, now + shift, Habits())
    assert before.status is after.status
    assert before.date is None or after.date == before.date + shift


@pytest.mark.timeout(5)
def test_the_worst_phrases_that_fit_are_little_work() -> None:
    hostile = [
        "end " * 16, "a " * 32, "1-" * 32, "9" * 64, "first " * 10,
        "friday " * 9, "before " * 9, "2 days after " * 5,
        "'" * 64, "." * 64, "-" * 64, "the of " * 9, "week of " * 8, "half a " * 9, "a-" * 32, "1." * 32,
    ]  # fmt: skip
    for phrase in hostile:
        read(phrase[:PHRASE_LIMIT], NOW, Habits())  # whoever asks dateparser first pays for loading it
        assert calls_made(lambda text=phrase[:PHRASE_LIMIT]: read(text, NOW, Habits())) < 6_000, phrase
