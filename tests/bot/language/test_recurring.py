"""How often, said in a sentence."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.domain.series import Every, Rule
from bot.errors import InvalidMilestone
from bot.language.dates import Habits
from bot.language.recurring import find_repeat
from bot.language.roles import find_role

NOW = datetime(2026, 3, 4, 10)  # noqa: DTZ001  # a naive wall clock is what the reader takes


@pytest.mark.parametrize(
    ("text", "rule", "rest"),
    [
        ("Monthly report filed every last Friday @ana",
         Rule(every=Every.MONTH, weekday=4, nth=-1), "Monthly report filed @ana"),
        ("Report filed every month on the 5th, 6 times @ana",
         Rule(every=Every.MONTH, day=5, times=6), "Report filed @ana"),
        ("Review held every 2 weeks on Monday", Rule(every=Every.WEEK, interval=2, weekday=0), "Review held"),
        ("Review held every other Tuesday", Rule(every=Every.WEEK, interval=2, weekday=1), "Review held"),
        ("Report filed monthly on the last Friday",
         Rule(every=Every.MONTH, weekday=4, nth=-1), "Report filed"),
        ("Tax filed every quarter by 5 May", Rule(every=Every.MONTH, interval=3), "Tax filed by 5 May"),
        ("Payroll done every last working day of the month", Rule(every=Every.MONTH, day=31), "Payroll done"),
        ("Safety walk done every 15th", Rule(every=Every.MONTH, day=15), "Safety walk done"),
        ("Rent paid every month on the 31st until 5 June 2027",
         Rule(every=Every.MONTH, day=31, until=date(2027, 6, 5)), "Rent paid"),
        ("Report filed every 5th or the next working day",
         Rule(every=Every.MONTH, day=5, follows=True), "Report filed"),
        ("Tax filed yearly by 31 May", Rule(every=Every.YEAR), "Tax filed by 31 May"),
    ],
)  # fmt: skip
def test_how_often_is_cut_out_of_the_sentence(text: str, rule: Rule, rest: str) -> None:
    found = find_repeat(text, NOW, Habits())
    assert found is not None
    assert (found.rule, found.rest) == (rule, rest)


def test_the_day_to_begin_on_is_read() -> None:
    found = find_repeat("Standup held every Monday from 1 June", NOW, Habits())
    assert found is not None
    assert (found.starts, found.rest) == (date(2026, 6, 1), "Standup held")


@pytest.mark.parametrize(
    "text",
    [
        "Every child safe by Friday",
        '"Report filed every Friday" by 5 May',
        "Weekly report filed by Friday",
        "Beta",
    ],
)
def test_a_name_that_only_sounds_like_it_stays_whole(text: str) -> None:
    assert find_repeat(text, NOW, Habits()) is None


@pytest.mark.parametrize(
    "text",
    [
        "A every 0 weeks",
        "A every -2 weeks",
        "A every week 1000000 times",
        "A every 5000 years",
        "A every 40th",
    ],
)
def test_nonsense_is_refused_and_not_guessed(text: str) -> None:
    with pytest.raises(InvalidMilestone):
        find_repeat(text, NOW, Habits())


@pytest.mark.parametrize(
    ("text", "role", "rest"),
    [
        ("Wiring checked by 3 May @Electrician tbd", "Electrician", "Wiring checked by 3 May"),
        ("Wiring checked by 3 May, Electrician, tbd", "Electrician", "Wiring checked by 3 May"),
        ("Wiring checked by 3 May Electrician, tbd", "Electrician", "Wiring checked by 3 May"),
        ("Wiring checked by 3 May @Site Engineer (tbd)", "Site Engineer", "Wiring checked by 3 May"),
        ("Wiring checked by 3 May owner tbd", "owner", "Wiring checked by 3 May"),
        ("Wiring checked by 3 May electrician to be named", "electrician", "Wiring checked by 3 May"),
    ],
)
def test_a_role_to_be_filled_is_cut_out(text: str, role: str, rest: str) -> None:
    assert find_role(text) == (role, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Wiring by tbd @ana",
        "Wiring due tbd",
        "Plan of what is to come by Friday me",
        "Report approved by 5 May, to be confirmed",
        "Vendor to be named by Friday @ana",
    ],
)
def test_an_open_date_is_no_role(text: str) -> None:
    assert find_role(text) == ("", text)
