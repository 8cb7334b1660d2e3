"""What people type, and the day it means. Monday 23 November 2026, 2 pm, unless said otherwise."""

# ruff: noqa: DTZ001 - the reader works on the wall clock

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from bot.domain.calendar import Calendar
from bot.domain.people import DateOrder
from bot.language.dates import Doubt, Habits, Precision, Reading, Status, read
from tests.bot.language.tables import table

MONDAY = datetime(2026, 11, 23, 14, 0)
FRIDAY_MORNING = datetime(2026, 11, 27, 10, 0)
SATURDAY = datetime(2026, 11, 28, 12, 0)
UNKNOWN = Habits()


def days(reading: Reading) -> list[str]:
    return [candidate.date.isoformat() for candidate in reading.candidates]


@pytest.mark.parametrize(("phrase", "day"), table("dates_understood"))
def test_a_plain_phrase_is_understood_as_one_day(phrase: str, day: str) -> None:
    reading = read(phrase, MONDAY, UNKNOWN)
    assert (reading.status, reading.date, reading.time) == (Status.UNDERSTOOD, date.fromisoformat(day), None)


@pytest.mark.parametrize(("phrase", "day", "clock"), table("dates_with_time"))
def test_a_time_is_kept_beside_its_day(phrase: str, day: str, clock: str) -> None:
    reading = read(phrase, MONDAY, UNKNOWN)
    assert (reading.date, reading.time) == (date.fromisoformat(day), time.fromisoformat(clock))


@pytest.mark.parametrize(("phrase", "first", "second"), table("dates_asked"))
def test_a_phrase_with_two_meanings_is_asked_with_both(phrase: str, first: str, second: str) -> None:
    reading = read(phrase, MONDAY, UNKNOWN)
    assert (reading.status, days(reading), reading.date) == (Status.AMBIGUOUS, [first, second], None)


@pytest.mark.parametrize("phrase", [row[0] for row in table("dates_refused")])
def test_what_names_no_day_is_refused(phrase: str) -> None:
    assert read(phrase, MONDAY, UNKNOWN).status is Status.NOT_UNDERSTOOD


# --- the person's habits --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "phrase", "day"),
    [
        (DateOrder.DMY, "5/6", "2027-06-05"),
        (DateOrder.MDY, "5/6", "2027-05-06"),
        (DateOrder.YMD, "5/6", "2027-05-06"),
        (DateOrder.YMD, "27/5/6", "2027-05-06"),
        (DateOrder.MDY, "12/07", "2026-12-07"),
        (DateOrder.DMY, "12/07", "2027-07-12"),
        (DateOrder.MDY, "12/07/26", "2026-12-07"),
        (DateOrder.MDY, "12-07", "2026-12-07"),
        (DateOrder.MDY, "13/12/2026", "2026-12-13"),
        (DateOrder.MDY, "01.12.2026", "2026-12-01"),
        (DateOrder.MDY, "28.03.", "2027-03-28"),
        (DateOrder.MDY, "06.05.", "2027-05-06"),
    ],
)
def test_figures_follow_the_persons_order_and_dots_never_do(order: DateOrder, phrase: str, day: str) -> None:
    assert read(phrase, MONDAY, Habits(date_order=order)).date == date.fromisoformat(day)


@pytest.mark.parametrize(("policy", "day"), [("nearest", "2026-11-27"), ("week_after", "2026-12-04")])
def test_next_friday_follows_a_settled_habit(policy: str, day: str) -> None:
    assert read("next friday", MONDAY, Habits(next_weekday=policy)).date == date.fromisoformat(day)


def test_next_friday_is_not_asked_once_this_friday_has_come() -> None:
    assert read("next friday", FRIDAY_MORNING, UNKNOWN).date == date(2026, 12, 4)
    assert read("next friday", SATURDAY, UNKNOWN).date == date(2026, 12, 4)


def test_the_reason_for_asking_is_given() -> None:
    doubts = {
        phrase: read(phrase, MONDAY, UNKNOWN).doubt for phrase in ("next friday", "5/6", "march", "asap")
    }
    assert doubts == {
        "next friday": Doubt.NEXT_WEEKDAY,
        "5/6": Doubt.DAY_ORDER,
        "march": Doubt.PERIOD,
        "asap": Doubt.NOT_A_DATE,
    }


def test_a_day_that_no_calendar_has_is_told_apart_from_nonsense() -> None:
    assert read("Feb 30", MONDAY, UNKNOWN).doubt is Doubt.IMPOSSIBLE
    assert read("13/13/2026", MONDAY, UNKNOWN).doubt is Doubt.IMPOSSIBLE


# --- today's own weekday --------------------------------------------------------------------------


def test_on_a_friday_a_later_time_means_today_and_an_earlier_one_next_week() -> None:
    assert read("friday 5pm", FRIDAY_MORNING, UNKNOWN).date == date(2026, 11, 27)
    assert read("friday 9am", FRIDAY_MORNING, UNKNOWN).date == date(2026, 12, 4)


def test_on_a_friday_bare_friday_is_asked_and_this_friday_is_today() -> None:
    assert days(read("friday", FRIDAY_MORNING, UNKNOWN)) == ["2026-11-27", "2026-12-04"]
    assert read("this friday", FRIDAY_MORNING, UNKNOWN).date == date(2026, 11, 27)


def test_end_of_week_said_on_saturday_is_asked() -> None:
    assert days(read("end of week", SATURDAY, UNKNOWN)) == ["2026-12-04", "2026-11-29"]
    assert read("end of week", FRIDAY_MORNING, UNKNOWN).date == date(2026, 11, 27)


def test_this_monday_said_later_in_the_week_is_asked() -> None:
    assert days(read("this monday", FRIDAY_MORNING, UNKNOWN)) == ["2026-11-30", "2026-11-23"]


def test_a_place_in_the_month_that_has_gone_by_moves_to_the_next() -> None:
    assert read("last friday of the month", SATURDAY, UNKNOWN).date == date(2026, 12, 25)
    assert read("first monday of the month", MONDAY, UNKNOWN).date == date(2026, 12, 7)


# --- what has happened ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("yesterday", "2026-11-22"),
        ("friday", "2026-11-20"),
        ("monday", "2026-11-23"),
        ("the 15th", "2026-11-15"),
        ("nov 20", "2026-11-20"),
        ("march 15", "2026-03-15"),
        ("2 days ago", "2026-11-21"),
        ("end of october", "2026-10-31"),
    ],
)
def test_looking_back_finds_the_day_that_was(phrase: str, day: str) -> None:
    reading = read(phrase, MONDAY, Habits(looks_back=True))
    assert reading.date == date.fromisoformat(day)


def test_a_past_day_is_reported_as_past() -> None:
    assert read("yesterday", MONDAY, UNKNOWN).is_past
    assert read("today 9am", MONDAY, UNKNOWN).is_past
    assert not read("today", MONDAY, UNKNOWN).is_past
    assert not read("today 5pm", MONDAY, UNKNOWN).is_past


# --- working days ---------------------------------------------------------------------------------


def test_working_days_are_counted_in_the_persons_calendar() -> None:
    thanksgiving = Calendar(holidays=frozenset([date(2026, 11, 26)]))
    assert read("3 working days", MONDAY, Habits(calendar=thanksgiving)).date == date(2026, 11, 27)


def test_a_day_off_is_understood_and_marked() -> None:
    assert not read("28.03.", MONDAY, UNKNOWN).is_working
    assert read("29.03.", MONDAY, UNKNOWN).is_working


def test_the_end_of_the_week_is_its_last_working_day() -> None:
    sunday_to_thursday = Calendar(week=frozenset((6, 0, 1, 2, 3)))
    assert read("eow", MONDAY, Habits(calendar=sunday_to_thursday, week_start=6)).date == date(2026, 11, 26)


# --- periods --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "precision", "start", "end"),
    [
        ("next week", Precision.WEEK, "2026-11-30", "2026-12-06"),
        ("march", Precision.MONTH, "2027-03-01", "2027-03-31"),
        ("Q3", Precision.QUARTER, "2027-07-01", "2027-09-30"),
        ("H2 2027", Precision.HALF, "2027-07-01", "2027-12-31"),
        ("2027", Precision.YEAR, "2027-01-01", "2027-12-31"),
    ],
)
def test_a_period_says_what_it_covers(phrase: str, precision: Precision, start: str, end: str) -> None:
    reading = read(phrase, MONDAY, UNKNOWN)
    assert reading.precision is precision
    assert (reading.start, reading.end) == (date.fromisoformat(start), date.fromisoformat(end))


def test_what_is_left_of_this_week_is_offered() -> None:
    assert days(read("this week", FRIDAY_MORNING, UNKNOWN)) == ["2026-11-27"]


# --- clocks ---------------------------------------------------------------------------------------


def test_a_bare_small_hour_is_asked() -> None:
    reading = read("friday at 5", MONDAY, UNKNOWN)
    assert [candidate.time for candidate in reading.candidates] == [time(17), time(5)]


def test_midnight_of_a_day_is_asked() -> None:
    assert days(read("friday midnight", MONDAY, UNKNOWN)) == ["2026-11-28", "2026-11-27"]


def test_a_time_with_its_own_offset_keeps_it() -> None:
    assert read("friday 14:00 UTC", MONDAY, UNKNOWN).offset == timedelta(0)
    assert read("2026-12-01T15:00+02:00", MONDAY, UNKNOWN).offset == timedelta(hours=2)
    assert read("friday 14:00", MONDAY, UNKNOWN).offset is None


# --- edges of what may be typed -------------------------------------------------------------------


def test_the_span_is_the_phrase_without_its_surrounding_space() -> None:
    assert read("  next monday ", MONDAY, UNKNOWN).span == (2, 13)


def test_strange_spaces_quotes_and_marks_are_seen_through() -> None:
    assert read("end\u00a0of\u202fmonth", MONDAY, UNKNOWN).date == date(2026, 11, 30)
    assert read("\u200ffriday\u200e", MONDAY, UNKNOWN).date == date(2026, 11, 27)


def test_a_phrase_longer_than_any_date_is_not_even_looked_at() -> None:
    assert read("friday" + " " * 100, MONDAY, UNKNOWN).doubt is Doubt.TOO_LONG
    assert read("9" * 1_000_000, MONDAY, UNKNOWN).doubt is Doubt.TOO_LONG


def test_the_ends_of_time_are_refused_without_a_fuss() -> None:
    last = datetime(9999, 12, 31, 23, 0)
    assert all(
        read(phrase, last, UNKNOWN).status is Status.NOT_UNDERSTOOD
        for phrase in ("tomorrow", "in 2 weeks", "eow next year", "friday", "the 1st", "1/1")
    )
