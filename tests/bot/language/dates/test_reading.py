"""What people type, and the day it means. Monday 23 November 2026, 2 pm, unless said otherwise."""

# ruff: noqa: DTZ001 - the reader works on the wall clock

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from bot.domain.calendar import Calendar
from bot.domain.people import DateOrder
from bot.language.dates import Doubt, Habits, Precision, Reading, Status, read

MONDAY = datetime(2026, 11, 23, 14, 0)
FRIDAY_MORNING = datetime(2026, 11, 27, 10, 0)
SATURDAY = datetime(2026, 11, 28, 12, 0)
UNKNOWN = Habits()

UNDERSTOOD = """
today                          2026-11-23
tomorrow                       2026-11-24
tmrw                           2026-11-24
tom                            2026-11-24
2morrow                        2026-11-24
tommorow                       2026-11-24
the day after tomorrow         2026-11-25
yesterday                      2026-11-22
now                            2026-11-23
friday                         2026-11-27
by friday                      2026-11-27
on friday                      2026-11-27
due friday                     2026-11-27
Friday.                        2026-11-27
(friday)                       2026-11-27
fri                            2026-11-27
tues                           2026-11-24
weds                           2026-11-25
wendesday                      2026-11-25
thurs                          2026-11-26
thrusday                       2026-11-26
firday                         2026-11-27
sat                            2026-11-28
this friday                    2026-11-27
coming friday                  2026-11-27
coming monday                  2026-11-30
next monday                    2026-11-30
last friday                    2026-11-20
friday next week               2026-12-04
next week friday               2026-12-04
next week on friday            2026-12-04
monday next week               2026-11-30
friday of week 50              2026-12-11
friday week                    2026-12-04
a week on friday               2026-12-04
a week friday                  2026-12-04
a week from today              2026-11-30
a week from friday             2026-12-04
2 weeks from friday            2026-12-11
friday in 2 weeks              2026-12-11
two days before friday         2026-11-25
3 working days after friday    2026-12-02
2 weeks before christmas       2026-12-11
in 3 days                      2026-11-26
3 days                         2026-11-26
3d                             2026-11-26
+3d                            2026-11-26
3 days from now                2026-11-26
in three days' time            2026-11-26
in a couple of days            2026-11-25
couple of weeks                2026-12-07
2 weeks                        2026-12-07
in two weeks                   2026-12-07
within 2 weeks                 2026-12-07
in the next 2 weeks            2026-12-07
2w                             2026-12-07
+2w                            2026-12-07
in a fortnight                 2026-12-07
in a month                     2026-12-23
3 months                       2027-02-23
in half a year                 2027-05-23
in a year                      2027-11-23
in 3 business days             2026-11-26
3 working days                 2026-11-26
in 10 working days             2026-12-07
10wd                           2026-12-07
5 days ago                     2026-11-18
next working day               2026-11-24
eod                            2026-11-23
end of day                     2026-11-23
eod friday                     2026-11-27
friday eod                     2026-11-27
cob tomorrow                   2026-11-24
by close of business friday    2026-11-27
eow                            2026-11-27
end of week                    2026-11-27
end of next week               2026-12-04
beginning of next week         2026-11-30
mid next week                  2026-12-02
eom                            2026-11-30
end of month                   2026-11-30
end of the month               2026-11-30
end-of-month                   2026-11-30
month end                      2026-11-30
end of next month              2026-12-31
end of march                   2027-03-31
start of march                 2027-03-01
mid march                      2027-03-15
mid-march                      2027-03-15
middle of next month           2026-12-15
end of november                2026-11-30
eoq                            2026-12-31
end of the quarter             2026-12-31
end of next quarter            2027-03-31
end of Q2                      2027-06-30
end of Q4                      2026-12-31
end of Q2 2027                 2027-06-30
mid Q2                         2027-05-15
end of second quarter          2027-06-30
end of H1                      2027-06-30
end of H1 2028                 2028-06-30
eoy                            2026-12-31
end of year                    2026-12-31
year-end                       2026-12-31
end of 2027                    2027-12-31
the 15th                       2026-12-15
15th                           2026-12-15
on the 15th                    2026-12-15
the 31st                       2026-12-31
the 30th                       2026-11-30
15th of next month             2026-12-15
next month on the 15th         2026-12-15
first monday of january        2027-01-04
first monday of may            2027-05-03
third thursday in january      2027-01-21
last friday of the month       2026-11-27
last friday of next month      2026-12-25
first working day of next month 2026-12-01
3rd working day of next month  2026-12-03
last working day of the month  2026-11-30
last day of the month          2026-11-30
last day of february           2027-02-28
2026-12-01                     2026-12-01
2026/12/01                     2026-12-01
2026-W50-3                     2026-12-09
Dec 1                          2026-12-01
Dec 1st                        2026-12-01
1 Dec                          2026-12-01
1st of December                2026-12-01
December 1, 2026               2026-12-01
1 Dec 2026                     2026-12-01
Dec. 1                         2026-12-01
1 dec '27                      2027-12-01
nov 23                         2026-11-23
nov 24                         2026-11-24
March 15                       2027-03-15
feb 29                         2028-02-29
fri 27 nov                     2026-11-27
Friday, November 27            2026-11-27
friday the 27th                2026-11-27
Fri 13 Mar 2026                2026-03-13
27 nov friday                  2026-11-27
28.03.                         2027-03-28
28.3.2027                      2027-03-28
01.12.2026                     2026-12-01
13/12/2026                     2026-12-13
12/13                          2026-12-13
5/5                            2027-05-05
christmas                      2026-12-25
xmas                           2026-12-25
christmas eve                  2026-12-24
new year                       2027-01-01
new year’s eve                 2026-12-31
until end of month             2026-11-30
no later than friday           2026-11-27
FRIDAY                         2026-11-27
"""

WITH_TIME = """
fri 17:00            2026-11-27 17:00
friday 5pm           2026-11-27 17:00
friday at 5pm        2026-11-27 17:00
5pm friday           2026-11-27 17:00
friday at 9          2026-11-27 09:00
thurs 3:30pm         2026-11-26 15:30
8 p.m. tomorrow      2026-11-24 20:00
5:30 pm friday       2026-11-27 17:30
tomorrow 5pm         2026-11-24 17:00
tomorrow at noon     2026-11-24 12:00
noon tomorrow        2026-11-24 12:00
tomorrow morning     2026-11-24 09:00
tomorrow evening     2026-11-24 18:00
this evening         2026-11-23 18:00
tonight              2026-11-23 20:00
5pm                  2026-11-23 17:00
9am                  2026-11-24 09:00
17:00                2026-11-23 17:00
17h                  2026-11-23 17:00
17h30                2026-11-23 17:30
midnight             2026-11-24 00:00
in 90 minutes        2026-11-23 15:30
in 1.5 hours         2026-11-23 15:30
in half an hour      2026-11-23 14:30
in 17h               2026-11-24 07:00
the 15th at 10am     2026-12-15 10:00
Dec 1 at 3pm         2026-12-01 15:00
2026-12-01 15:00     2026-12-01 15:00
2026-12-01T15:00     2026-12-01 15:00
monday 5pm           2026-11-23 17:00
monday 9am           2026-11-30 09:00
"""

ASKED = """
next friday             2026-11-27 2026-12-04
next tuesday            2026-11-24 2026-12-01
friday after next       2026-12-04 2026-12-11
a week after next friday 2026-12-04 2026-12-11
monday                  2026-11-23 2026-11-30
the 23rd                2026-11-23 2026-12-23
5/6                     2027-06-05 2027-05-06
5/6/27                  2027-06-05 2027-05-06
12-07                   2027-07-12 2026-12-07
nov 20                  2027-11-20 2026-11-20
before friday           2026-11-26 2026-11-27
friday, november 28     2026-11-28 2026-11-27
next week               2026-11-30 2026-12-04
this week               2026-11-23 2026-11-27
week after next         2026-12-07 2026-12-11
week 50                 2026-12-07 2026-12-11
W50                     2026-12-07 2026-12-11
2026-W50                2026-12-07 2026-12-11
week of 7 december      2026-12-07 2026-12-11
later this week         2026-11-23 2026-11-27
this weekend            2026-11-28 2026-11-29
the weekend             2026-11-28 2026-11-29
next month              2026-12-01 2026-12-31
march                   2027-03-01 2027-03-31
may                     2027-05-03 2027-05-31
march 2028              2028-03-01 2028-03-31
Q3                      2027-07-01 2027-09-30
Q1 2027                 2027-01-01 2027-03-31
Q1'27                   2027-01-01 2027-03-31
2027-Q1                 2027-01-01 2027-03-31
next quarter            2027-01-01 2027-03-31
second half of 2027     2027-07-01 2027-12-31
2027                    2027-01-01 2027-12-31
next year               2027-01-01 2027-12-31
early january           2027-01-01 2027-01-08
late december           2026-12-21 2026-12-31
early next week         2026-11-30 2026-12-01
early Q2                2027-04-01 2027-04-30
mid-year                2027-06-30 2027-07-01
first week of december  2026-12-01 2026-12-04
Dec 1st week            2026-12-01 2026-12-04
10-14 june              2027-06-10 2027-06-14
10–14 June              2027-06-10 2027-06-14
June 10-14, 2027        2027-06-10 2027-06-14
a few days              2026-11-26 2026-11-28
"""

REFUSED = """
asap
tbd
soon
v2.1
1.2.3
2.1
3.14
next release
sprint 12
beta
QA
M3
#12
15
10
3
24/7
2 of 5
4 of 10
Feb 30
32 Dec
31 November 2026
13/13/2026
2026-13-01
2026-02-30
25:00
friday 25:00
14pm
Q5
2026-W54
?????x
?
the
of
end of
before
at
this
next
a
half
week
day
month
1-2
10:00-11:00
Sat down with Mark
Sun Microsystems
may need 2 reviewers
us-east-1
Phase 2
W1-W22
Mr March
second
sundry
marsh
every friday
friday or monday
friday 5pm 6pm
2pm EST friday
1000000 days
99999 years
9999 weeks of weeks
in 12345678901234567890 days
"""


def rows(table: str, answers: int) -> list[list[str]]:
    """The phrase first, then as many answers as the table has columns for."""
    return [line.rsplit(None, answers) for line in table.strip().splitlines()]


def days(reading: Reading) -> list[str]:
    return [candidate.date.isoformat() for candidate in reading.candidates]


@pytest.mark.parametrize(("phrase", "day"), rows(UNDERSTOOD, 1))
def test_a_plain_phrase_is_understood_as_one_day(phrase: str, day: str) -> None:
    reading = read(phrase, MONDAY, UNKNOWN)
    assert (reading.status, reading.date, reading.time) == (Status.UNDERSTOOD, date.fromisoformat(day), None)


@pytest.mark.parametrize(("phrase", "day", "clock"), rows(WITH_TIME, 2))
def test_a_time_is_kept_beside_its_day(phrase: str, day: str, clock: str) -> None:
    reading = read(phrase, MONDAY, UNKNOWN)
    assert (reading.date, reading.time) == (date.fromisoformat(day), time.fromisoformat(clock))


@pytest.mark.parametrize(("phrase", "first", "second"), rows(ASKED, 2))
def test_a_phrase_with_two_meanings_is_asked_with_both(phrase: str, first: str, second: str) -> None:
    reading = read(phrase, MONDAY, UNKNOWN)
    assert (reading.status, days(reading), reading.date) == (Status.AMBIGUOUS, [first, second], None)


@pytest.mark.parametrize("phrase", REFUSED.splitlines())
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
