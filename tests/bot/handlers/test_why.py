"""Why one may not: the rule, who can, and the offer to ask them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.access import TABLE
from bot.domain.people import Role
from bot.views.rules import WAYS
from tests.scenarios.conversation import Stage


async def test_why_says_the_rule_who_can_and_offers_to_ask(stage: Stage) -> None:
    boris = stage.person("boris")
    answer = await boris.says("why can't I move APX-1 to 27 March?")
    assert answer.first_line == "Only Chen Wei (lead) or Ana Costa can move Prototype tested."
    assert "That is for its owner, the project's lead or an admin; you are here as member." in answer.text
    assert "Shall I propose Fri 27 Mar to Chen Wei for you?" in answer.text
    assert len(await stage.history()) == 1
    await boris.presses("Propose")
    stage.is_told("chen", "Boris Novak proposes Fri 27 Mar")


@pytest.mark.parametrize(
    "words",
    [
        "why can't I move APX-1",
        "why can’t I move APX-1?",
        "why cant i move prototype",
        "why can i not move APX-1",
        "may I move APX-1?",
        "am I allowed to move APX-1",
        "why can't we postpone APX-1",
    ],
)
async def test_it_is_asked_in_many_ways(stage: Stage, words: str) -> None:
    answer = await stage.person("boris").says(words)
    assert answer.first_line == "Only Chen Wei (lead) or Ana Costa can move Prototype tested."
    assert answer.labels == ("Propose a date", "Show it", "Leave it")


async def test_asking_changes_nothing(stage: Stage) -> None:
    for who in ("ana", "boris", "dora", "vic"):
        for words in ("why can't I block APX-1", "why can't I drop APX-1", "may I assign APX-1 to @boris"):
            await stage.person(who).says(words)
    assert len(await stage.history()) == 1
    assert (await stage.milestone()).due == date(2026, 3, 13)
    stage.nobody_is_told_anything_else()


async def test_who_may_is_told_so_and_can_do_it_at_once(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.says("may I drop APX-1")
    assert answer.first_line.startswith("Only Chen Wei (lead)")
    answer = await ana.says("may I move APX-1")
    assert answer.first_line == "You may: give it another date, for APX-1 Prototype tested."
    assert answer.labels == ("Do it now", "Show it")


async def test_what_the_state_forbids_is_said(stage: Stage) -> None:
    answer = await stage.person("ana").says("why can't I unblock APX-1")
    assert answer.first_line.startswith("You may: say it goes on")
    assert len(answer.text.splitlines()) > 2
    assert "Do it now" not in answer.labels


async def test_a_viewer_is_told_whom_to_talk_to(stage: Stage) -> None:
    answer = await stage.person("vic").says("why can't I move APX-1")
    assert "you are here as viewer" in answer.text
    assert "Propose" not in "".join(answer.labels)


async def test_without_a_verb_it_says_what_one_may(stage: Stage) -> None:
    answer = await stage.person("boris").says("what may I do with APX-1")
    assert answer.first_line == "What you may do with APX-1 Prototype tested."
    assert "move" in answer.text.split("Only ")[1]
    assert "move" in (await stage.person("ana").says("why APX-1")).text.split("Only ")[0]


async def test_an_outsider_learns_of_no_milestone_and_no_name(stage: Stage) -> None:
    eve = stage.person("eve")
    assert "I don't know a milestone" in (await eve.says("why can't I move APX-1")).first_line
    await stage.person("dora").commands("assign APX-1 to @eve")
    answer = await eve.says("why can't I move APX-1")
    assert answer.first_line == "Only Acme can move Prototype tested."
    assert "Chen" not in answer.text


async def test_a_stranger_learns_nothing(stage: Stage) -> None:
    answer = await stage.person("olaf", tenant="T2").says("why can't I move APX-1")
    assert "I don't know a milestone" in answer.first_line


def test_every_rule_has_its_words() -> None:
    """A new way to stand to something cannot be left out of the sentence."""
    reaches = {str(reach) for rule in TABLE for reach in TABLE[rule][Role.MEMBER]} - {"nothing"}
    assert reaches <= set(WAYS)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("assign APX-1 to @boris", "can give Prototype tested away."),
        ("done APX-1", "can mark Prototype tested done."),
        ("block APX-1 waiting on legal", "can say that Prototype tested is blocked."),
        ("drop APX-1 because cancelled", "can drop Prototype tested."),
        ("rename APX-1 to Beta", "can rename Prototype tested."),
        ("hold APX-1 until 1 April because winter", "can put Prototype tested on hold."),
    ],
)
async def test_every_refusal_names_who_can_and_goes_on(stage: Stage, words: str, said: str) -> None:
    answer = await stage.person("boris").commands(words)
    assert answer.first_line.startswith("Only Chen Wei (lead)")
    assert answer.first_line.endswith(said)
    assert answer.labels[-1] == "Leave it"
    assert answer.labels[0] == "Propose"
    assert len(await stage.history()) == 1
