"""What is held against every card finds what is wrong with a planted one, and nothing in a good one."""

from __future__ import annotations

import pytest

from bot.cards import Actions, Button, Card, RichText, Text, plain
from tests.scenarios.voice_rules import faults, misshapen

TWO = Actions((Button("Show it", "t1"), Button("Mine", "t2")))
GOOD = Card(plain("🟢 On track · APX-1 Prototype tested · Fri 13 Mar"), (Text(plain("Ana")), TWO))


def said(*lines: str, title: str = "Prototype tested is due Fri 13 Mar.") -> Card:
    return Card(plain(title), (*(Text(plain(line)) for line in lines), TWO))


def with_buttons(*labels: str) -> Card:
    buttons = tuple(Button(label, f"t{n}") for n, label in enumerate(labels))
    return Card(plain("Which one?"), (Text(plain("Ana")), Actions(buttons)))


PLANTED = {
    "first line of 91": said(title="x" * 91),
    "first line of 0": said(title=""),
    "says nothing alone": said(title="🟢 · –"),
    "4 lines": said("a", "b", "c", "d"),
    "empty line": said(" "),
    "no line": said("word " * 100),
    "dead end": Card(plain("You may not do that.")),
    "1 buttons": with_buttons("Show it"),
    "5 buttons": with_buttons("a", "b", "c", "d", "e"),
    "say the same": with_buttons("Show", "Show"),
    "does not fit": with_buttons("x" * 76, "Show"),
    "exclamation mark": said("Well done!"),
    "apology": said("Sorry, that did not work."),
    "code": said("Reason: DUE_SOON"),
    "gap": said("Ana  Costa"),
    "unfilled": said("{owner} has it."),
    "space before a stop": said("Ana has it ."),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(fault: str) -> None:
    assert any(fault in found for found in faults(PLANTED[fault]))


def test_nothing_is_held_against_a_good_card() -> None:
    assert faults(GOOD) == []
    assert misshapen(GOOD) == []


def test_a_counted_list_may_have_a_line_for_each() -> None:
    assert misshapen(said("a", "b", "c", "d", "e", title="APX-1 Prototype tested · 5 files")) == []
    assert misshapen(said(*"abcdefghijk", title="APX-1 Prototype tested · 11 files"))


def test_what_people_typed_is_not_held_against_the_shape() -> None:
    shouted = Card(RichText("APX-1 Done at last! · Fri 13 Mar"), GOOD.blocks)
    assert misshapen(shouted) == []
    assert faults(shouted)
