"""The days of a rule: what people mean by every month, and that everything ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Calendar
from bot.domain.recurrence import due_on, first_day, next_day
from bot.domain.series import MOST_TIMES, Every, Rule, Series, shifted_rule
from bot.errors import InvalidMilestone

CALENDAR = Calendar()


def series(rule: Rule, starts: date, **more: object) -> Series:
    made = Series(
        id="s", workspace_id="w", project_id="p", rule=rule, title="Report filed", owner_id="ana",
        starts=starts, last=starts, milestone_id="m", created_by="ana",
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def days(rule: Rule, starts: date, most: int = 4) -> list[date]:
    """The days by the rule, one after the other."""
    found, at, made = [starts], starts, 1
    while len(found) < most:
        following = next_day(series(rule, starts, last=at, made=made), CALENDAR, date(2020, 1, 1))
        if following is None:
            break
        at, made = following
        found.append(at)
    return found


@pytest.mark.parametrize(
    ("rule", "on_or_after", "expected"),
    [
        (Rule(every=Every.MONTH, weekday=4, nth=-1), date(2026, 3, 4),
         [date(2026, 3, 27), date(2026, 4, 24), date(2026, 5, 29)]),
        (Rule(every=Every.MONTH, day=31), date(2026, 1, 4),
         [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]),
        (Rule(every=Every.MONTH, day=30), date(2028, 1, 30),
         [date(2028, 1, 30), date(2028, 2, 29), date(2028, 3, 30)]),
        (Rule(every=Every.WEEK, interval=2, weekday=0), date(2026, 3, 4),
         [date(2026, 3, 9), date(2026, 3, 23), date(2026, 4, 6)]),
        (Rule(every=Every.MONTH, interval=3, day=5), date(2026, 3, 4),
         [date(2026, 3, 5), date(2026, 6, 5), date(2026, 9, 5)]),
        (Rule(every=Every.YEAR), date(2028, 2, 29),
         [date(2028, 2, 29), date(2029, 2, 28), date(2030, 2, 28)]),
        (Rule(every=Every.DAY, interval=10), date(2026, 3, 4),
         [date(2026, 3, 4), date(2026, 3, 14), date(2026, 3, 24)]),
    ],
)  # fmt: skip
def test_a_rule_gives_the_days_people_mean(rule: Rule, on_or_after: date, expected: list[date]) -> None:
    assert days(rule, first_day(rule, on_or_after), 3) == expected


def test_so_many_times_and_no_more() -> None:
    assert len(days(Rule(every=Every.WEEK, times=3), date(2026, 3, 4), 10)) == 3


def test_until_a_day_and_no_longer() -> None:
    rule = Rule(every=Every.MONTH, day=5, until=date(2026, 5, 4))
    assert days(rule, date(2026, 3, 5), 10) == [date(2026, 3, 5), date(2026, 4, 5)]


def test_a_day_off_gives_way_as_the_rule_says() -> None:
    sunday = date(2026, 5, 31)
    assert due_on(Rule(every=Every.MONTH, day=31), sunday, CALENDAR) == date(2026, 5, 29)
    assert due_on(Rule(every=Every.MONTH, day=31, follows=True), sunday, CALENDAR) == date(2026, 6, 1)
    holiday = Calendar(holidays=frozenset({date(2026, 5, 29)}))
    assert due_on(Rule(every=Every.MONTH, day=31), sunday, holiday) == date(2026, 5, 28)


def test_days_that_went_by_are_passed_over_and_counted() -> None:
    known = series(Rule(every=Every.WEEK, weekday=0, times=10), date(2026, 3, 2))
    assert next_day(known, CALENDAR, date(2026, 3, 25)) == (date(2026, 3, 30), 5)
    assert next_day(known, CALENDAR, date(2027, 3, 25)) is None


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"interval": 0}, "series_interval"),
        ({"interval": -2}, "series_interval"),
        ({"interval": 5000}, "series_too_rare"),
        ({"times": 10**6}, "series_too_often"),
        ({"times": -1}, "series_too_often"),
        ({"day": 40}, "series_no_day"),
    ],
)
def test_what_nobody_can_mean_is_refused(said: dict[str, int], code: str) -> None:
    with pytest.raises(InvalidMilestone) as refused:
        Rule(every=Every.WEEK, **said)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_a_last_day_before_the_first_is_no_series() -> None:
    with pytest.raises(InvalidMilestone):
        first_day(Rule(every=Every.MONTH, day=5, until=date(2026, 3, 1)), date(2026, 3, 4))


def test_this_and_following_moves_the_rule_to_the_new_day() -> None:
    last_friday = Rule(every=Every.MONTH, weekday=4, nth=-1)
    assert shifted_rule(last_friday, date(2026, 3, 26)) == replace(last_friday, weekday=3)
    assert shifted_rule(Rule(every=Every.MONTH, day=5), date(2026, 3, 9)).day == 9
    assert shifted_rule(Rule(every=Every.WEEK, weekday=0), date(2026, 3, 11)).weekday == 2


rules = st.builds(
    Rule,
    every=st.sampled_from(Every),
    interval=st.integers(1, 60),
    weekday=st.integers(-1, 6),
    nth=st.integers(-1, 4),
    day=st.integers(0, 31),
    times=st.integers(0, MOST_TIMES),
    follows=st.booleans(),
)


@given(rule=rules, starts=st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_every_rule_goes_forward_survives_being_kept_and_ends(rule: Rule, starts: date) -> None:
    assert Rule.from_json(rule.to_json()) == rule
    try:
        first = first_day(rule, starts)
    except InvalidMilestone:
        return
    found = days(rule, first, 5)
    assert all(earlier < later for earlier, later in pairwise(found))
    assert found[-1] - starts < timedelta(days=366 * 62)
