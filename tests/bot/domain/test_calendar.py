from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Calendar
from bot.errors import InvalidMilestone

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 3, 6) + timedelta(days=n) for n in range(4))
EASTER = Calendar(holidays=frozenset({MONDAY}), extra=frozenset({SATURDAY}))
CALENDARS = st.builds(Calendar, st.frozensets(st.integers(0, 6), min_size=1))
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
SPANS = st.integers(-60, 60)


def test_a_weekend_is_off_unless_it_is_worked() -> None:
    assert not Calendar().is_working(SATURDAY)
    assert EASTER.is_working(SATURDAY)


def test_a_holiday_is_off() -> None:
    assert Calendar().is_working(MONDAY)
    assert not EASTER.is_working(MONDAY)


@pytest.mark.parametrize(("days", "expected"), [(1, MONDAY), (-1, date(2026, 3, 5)), (0, FRIDAY)])
def test_working_days_are_added_over_the_weekend(days: int, expected: date) -> None:
    assert Calendar().add(FRIDAY, days) == expected


def test_distance_counts_working_days_after_the_start() -> None:
    assert Calendar().between(FRIDAY, MONDAY) == 1
    assert Calendar().between(MONDAY, FRIDAY) == -1
    assert Calendar().between(SATURDAY, SUNDAY) == 0


def test_a_duration_includes_both_ends() -> None:
    assert Calendar().duration(FRIDAY, MONDAY) == 2
    assert Calendar().duration(SATURDAY, SUNDAY) == 0


def test_a_day_off_rolls_back_or_forward() -> None:
    assert Calendar().preceding(SUNDAY) == FRIDAY
    assert Calendar().following(SUNDAY) == MONDAY
    assert Calendar().preceding(FRIDAY) == Calendar().following(FRIDAY) == FRIDAY


def test_a_week_without_work_is_no_calendar() -> None:
    with pytest.raises(InvalidMilestone):
        Calendar(frozenset())


@pytest.mark.parametrize("week", [frozenset({7}), frozenset({-1, 0})])
def test_a_week_has_seven_days(week: frozenset[int]) -> None:
    with pytest.raises(InvalidMilestone):
        Calendar(week)


def test_a_distance_has_an_end() -> None:
    with pytest.raises(InvalidMilestone):
        Calendar().add(FRIDAY, 20_000)
    with pytest.raises(InvalidMilestone):
        Calendar().between(FRIDAY, date(2199, 1, 1))
    with pytest.raises(InvalidMilestone):
        Calendar().add(date.max, 1)


@given(CALENDARS, DAYS, SPANS)
def test_adding_and_measuring_agree(calendar: Calendar, day: date, days: int) -> None:
    start = calendar.following(day)
    assert calendar.between(start, calendar.add(start, days)) == days


NEAR = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 3, 1)), max_size=12)
EXCEPTIONAL = st.builds(Calendar, st.frozensets(st.integers(0, 6), min_size=1), NEAR, NEAR)


@given(EXCEPTIONAL, st.dates(date(2025, 12, 20), date(2026, 3, 10)), st.integers(0, 90))
def test_a_distance_is_what_counting_day_by_day_gives(calendar: Calendar, start: date, days: int) -> None:
    counted = sum(calendar.is_working(start + timedelta(days=n)) for n in range(1, days + 1))
    assert calendar.between(start, start + timedelta(days=days)) == counted


@given(CALENDARS, DAYS)
def test_rolling_lands_on_the_nearest_working_day(calendar: Calendar, day: date) -> None:
    before, after = calendar.preceding(day), calendar.following(day)
    assert before <= day <= after
    assert calendar.is_working(before)
    assert calendar.is_working(after)
    assert calendar.between(before, day) == 0
