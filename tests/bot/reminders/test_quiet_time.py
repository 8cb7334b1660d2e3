from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar import Calendar
from bot.domain.people import Person
from bot.reminders.quiet_time import Hours, end_of, hours_of
from tests.bot.reminders.stage import ANA, APEX, CHEN, utc

LISBON = Hours("Europe/Lisbon", Calendar(), time(9, 0))
NIGHT_SHIFT = Hours("Europe/Lisbon", Calendar(), time(20, 0))

ZONES = (
    "Africa/Cairo", "America/Chicago", "America/Havana", "America/Los_Angeles", "America/New_York",
    "America/Nuuk", "America/Santiago", "America/Sao_Paulo", "America/St_Johns", "Asia/Beirut",
    "Asia/Jerusalem", "Asia/Kathmandu", "Asia/Tokyo", "Australia/Lord_Howe", "Australia/Sydney",
    "Europe/Berlin", "Europe/Dublin", "Europe/London", "Pacific/Auckland", "Pacific/Chatham",
)  # fmt: skip
ODD_TIMES = (time(0, 0), time(0, 30), time(1, 30), time(2, 0), time(2, 15), time(2, 30), time(3, 0))


def test_a_person_may_be_told_from_their_morning_on() -> None:
    assert LISBON.is_open(utc(2, 9))
    assert not LISBON.is_open(utc(2, 8, 59))


def test_nobody_is_told_in_the_evening() -> None:
    assert LISBON.is_open(utc(2, 17, 59))
    assert not LISBON.is_open(utc(2, 18))


def test_nobody_is_told_on_a_day_off() -> None:
    assert not LISBON.is_open(utc(7, 12))  # a Saturday


def test_a_night_shift_lasts_past_midnight() -> None:
    assert NIGHT_SHIFT.is_open(utc(3, 4))
    assert not NIGHT_SHIFT.is_open(utc(3, 6))
    assert NIGHT_SHIFT.is_open(utc(7, 4))  # Saturday morning of Friday's shift


def test_the_opening_is_now_or_the_next_working_morning() -> None:
    assert LISBON.opening(utc(2, 10)) == utc(2, 10)
    assert LISBON.opening(utc(2, 7)) == utc(2, 9)
    assert LISBON.opening(utc(6, 20)) == utc(9, 9)  # over the weekend


def test_the_next_morning_is_later_than_this_one() -> None:
    assert LISBON.morning_after(utc(2, 9)) == utc(3, 9)
    assert LISBON.morning_after(utc(2, 8)) == utc(2, 9)


def test_the_latest_morning_is_the_one_in_progress_or_the_one_before() -> None:
    assert LISBON.latest_morning(utc(2, 9)) == utc(2, 9)
    assert LISBON.latest_morning(utc(3, 8)) == utc(2, 9)
    assert LISBON.latest_morning(utc(8, 12)) == utc(6, 9)


def test_escalations_roll_to_the_following_morning_and_reminders_to_the_one_before() -> None:
    saturday = date(2026, 3, 7)
    assert LISBON.morning_from(saturday, utc(1)) == utc(9, 9)
    assert LISBON.morning_until(saturday, utc(31)) == utc(6, 9)


def test_a_morning_never_lies_beyond_its_bound() -> None:
    assert LISBON.morning_from(date(2026, 3, 2), utc(2, 10)) == utc(3, 9)
    assert LISBON.morning_until(date(2026, 3, 3), utc(3, 9)) == utc(2, 9)


def test_everybody_has_their_own_hours() -> None:
    assert hours_of(CHEN).morning(date(2026, 3, 3)) == utc(2, 23)
    assert hours_of(ANA).morning(date(2026, 3, 3)) == utc(3, 9)
    assert hours_of(APEX).morning(date(2026, 3, 3)) == utc(3, 9)


def test_a_date_is_over_at_local_midnight() -> None:
    assert end_of(date(2026, 3, 13), "Asia/Tokyo") == utc(13, 15)
    assert end_of(date(2026, 3, 13), "Pacific/Honolulu") == utc(14, 10)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", ODD_TIMES)
def test_every_local_day_has_exactly_one_morning_whatever_the_clocks_do(zone: str, at: time) -> None:
    """Daylight saving in both directions, three years, half-hour shifts included."""
    hours = Hours(zone, Calendar(frozenset(range(7))), at)
    instant, expected = hours.morning(date(2025, 12, 31)), date(2026, 1, 1)
    while expected < date(2029, 1, 1):
        instant = hours.morning_after(instant)
        shown = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        assert shown.date() == expected
        assert timedelta() <= shown - datetime.combine(expected, at) <= timedelta(hours=1)
        assert instant == hours.latest_morning(instant)
        expected += timedelta(days=1)


@pytest.mark.parametrize("zone", ZONES)
def test_nine_o_clock_is_nine_o_clock_all_year(zone: str) -> None:
    person = Person("p", "w", "P", zone=zone, week=frozenset(range(7)))
    days = (date(2026, 1, 1) + timedelta(days=n) for n in range(1096))
    assert {hours_of(person).morning(day).astimezone(ZoneInfo(zone)).time() for day in days} == {time(9, 0)}


def test_the_repeated_hour_rings_once_and_the_first_time() -> None:
    hours = Hours("America/New_York", Calendar(frozenset(range(7))), time(1, 30))
    first = hours.morning(date(2026, 11, 1))
    assert first == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert hours.morning_after(first) == datetime(2026, 11, 2, 6, 30, tzinfo=UTC)
