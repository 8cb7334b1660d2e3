"""Countries and regions in words, and the days off they mean."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.calendar import Calendar
from bot.domain.public_holidays import Where, days_off, named_days, regions, where


@pytest.mark.parametrize(
    ("words", "country", "region"),
    [
        ("DE", "DE", ""),
        ("Germany", "DE", ""),
        ("de-by", "DE", "BY"),
        ("DE Bavaria", "DE", "BY"),
        ("germany, Hessen", "DE", "HE"),
        ("Germany Baden-Württemberg", "DE", "BW"),
        ("United Kingdom Scotland", "GB", "SCT"),
        ("US-CA", "US", "CA"),
        ("AT Wien", "AT", "9"),
    ],
)
def test_a_place_is_read_as_people_type_it(words: str, country: str, region: str) -> None:
    assert where(words) == Where(country, region)


@pytest.mark.parametrize(
    "words", ["", "Narnia", "DE Mordor", "Bavaria", "x" * 500, "日本橋", "DE DE DE DE DE DE DE"]
)
def test_what_is_no_place_is_none(words: str) -> None:
    assert where(words) is None


def test_regions_are_those_of_the_country() -> None:
    assert "BY" in regions("DE")
    assert regions("XX") == ()
    assert Where("DE", "BY").label == "Germany, Bayern"


def test_days_reach_from_last_year_to_five_years_ahead() -> None:
    days = days_off(Where("DE", "BY"), 2026)
    assert {day.year for day in days} == set(range(2025, 2032))
    assert date(2026, 4, 3) in days
    assert date(2026, 4, 4) not in days
    assert (date(2026, 4, 3), "Good Friday") in named_days(Where("DE", "BY"), 2026)


@pytest.mark.parametrize(
    ("place", "start", "n", "end"),
    [
        (Where("US"), date(2026, 7, 2), 1, date(2026, 7, 6)),
        (Where("US"), date(2026, 7, 6), -3, date(2026, 6, 30)),
        (Where("US"), date(2026, 12, 31), 1, date(2027, 1, 4)),
        (Where("GB", "ENG"), date(2027, 12, 24), 1, date(2027, 12, 29)),
    ],
)
def test_working_days_are_counted_around_them(place: Where, start: date, n: int, end: date) -> None:
    calendar = Calendar(holidays=days_off(place, 2026))
    assert calendar.add(start, n) == end


def test_new_years_day_is_observed_in_the_year_before() -> None:
    assert date(2027, 12, 31) in days_off(Where("US"), 2026)
