"""A key needs no verb: with a date it moves, with a person it is given away, in a question it is shown."""

from __future__ import annotations

import pytest

from bot.refs import PersonRef
from tests.bot.language.spoken import mentioning, said


@pytest.mark.parametrize(
    ("text", "pointer", "when"),
    [
        ("RIV-4 to Friday", "RIV-4", "Friday"),
        ("riv-4 to friday", "riv-4", "friday"),
        ("RIV-4 -> 12 June", "RIV-4", "12 June"),
        ("RIV-4 by end of month", "RIV-4", "end of month"),
        ("RIV-4 is due 12 June", "RIV-4", "12 June"),
        ("RIV-4 is now due 12 June", "RIV-4", "12 June"),
        ("RIV-4, 5 and 7 to Friday", "RIV-4, 5 and 7", "Friday"),
        ("RIV-4 two days later", "RIV-4", "+2 days"),
        ("RIV-4, 5 and 7 a week earlier", "RIV-4, 5 and 7", "-1 weeks"),
        ("RIV-4 to next Friday because the crane broke", "RIV-4", "next Friday"),
    ],
)
def test_a_key_with_a_date_moves_it(text: str, pointer: str, when: str) -> None:
    sentence = said(text)
    assert (sentence.verb, sentence.pointer, sentence.when) == ("move", pointer, when)


def test_the_reason_of_such_a_move_is_kept() -> None:
    assert said("RIV-4 to Friday because the crane broke").reason == "the crane broke"


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("RIV-4 to @boris", "@boris"),
        ("RIV-4 to Boris", "Boris"),
        ("RIV-4 to me", "me"),
        ("RIV-4 for Ana Costa", "Ana Costa"),
        ("RIV-4 @boris", "@boris"),
    ],
)
def test_a_key_with_a_person_gives_it_away(text: str, owner: str) -> None:
    sentence = said(text)
    assert (sentence.verb, sentence.pointer, sentence.owner) == ("assign", "RIV-4", owner)


def test_a_mention_of_the_platform_is_a_person() -> None:
    boris = PersonRef("slack", "T1", "U2")
    sentence = mentioning("RIV-4 to ", "@Boris N", boris)
    assert (sentence.verb, sentence.owner_ref) == ("assign", boris)


@pytest.mark.parametrize(
    "text",
    [
        "when is RIV-4 due?",
        "who owns RIV-4",
        "why is RIV-4 red?",
        "is RIV-4 done?",
        "who is blocking RIV-4?",
        "does RIV-4 still hold?",
        "RIV-4?",
    ],
)
def test_a_question_about_a_key_shows_it(text: str) -> None:
    sentence = said(text)
    assert (sentence.verb, sentence.pointer) == ("show", "RIV-4")


@pytest.mark.parametrize("text", ["RIV-4 to Friday?", "RIV-4 to Boris?"])
def test_a_change_that_was_asked_is_proposed_and_not_done(text: str) -> None:
    sentence = said(text)
    assert sentence.verb is None
    assert sentence.suggestions[0] in ("move", "assign")


@pytest.mark.parametrize(
    "text",
    [
        "B-2 to hangar moved",
        "B-2 to Friday",  # nobody's project
        "RIV-4 to Friday market opened",
        "RIV-4 to the moon",
        "RIV-4 to Zoltan",
        "Walls up to Friday",
        "COVID-19 to Boris",
        "Handover RIV-4 to Boris",
        "RIV-4 Friday market opened",
    ],
)
def test_anything_less_certain_changes_nothing(text: str) -> None:
    assert said(text).verb is None


@pytest.mark.parametrize(
    "text",
    ["new RIV-4 to Friday explained by 12 June", "add Is RIV-4 done answered by 12 June"],
)
def test_a_title_keeps_its_keys(text: str) -> None:
    sentence = said(text)
    assert sentence.verb == "new"
    assert "RIV-4" in sentence.title


@pytest.mark.parametrize("text", ["new Landing page 2 designed by Friday", "add Page 12 printed by Friday"])
def test_a_page_in_a_title_stays_there(text: str) -> None:
    assert "age " in said(text).title


@pytest.mark.parametrize("text", ["RIV-4 two days later than planned", "RIV-4 later", "two days later RIV-4"])
def test_a_distance_moves_only_when_it_is_all_that_follows(text: str) -> None:
    assert said(text).verb != "move"
