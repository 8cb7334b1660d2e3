"""Proposing: a wish on its way to whoever may decide it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.history import Action
from bot.domain.proposal import PROPOSALS_LIMIT, Proposal, Stand
from bot.ports import UnitOfWork
from tests.scenarios.cast import APEX, BORIS, CHEN, EVE, TEAM
from tests.scenarios.conversation import Stage

FRIDAY_20 = date(2026, 3, 20)


async def proposals(stage: Stage, state: Stand = Stand.OPEN) -> list[Proposal]:
    def work(uow: UnitOfWork) -> list[Proposal]:
        everybody = [p.id for p in uow.people.all(TEAM)]
        found = [p for ident in everybody for p in uow.proposals.open_of(TEAM, ident)]
        return [p for p in found if p.state is state]

    return await stage.do(work)


async def test_a_refused_move_is_proposed_in_one_tap_and_accepted_by_the_lead(stage: Stage) -> None:
    boris, chen = stage.person("boris"), stage.person("chen")
    refused = await boris.commands("move APX-1 to 20 March because Truck broke down")
    assert refused.first_line == "Only Chen Wei (lead) or Ana Costa can move Prototype tested."
    assert "Shall I propose Fri 20 Mar to Chen Wei for you?" in refused.text
    assert refused.labels == ("Propose", "Another date", "Leave it")
    assert len(await stage.history()) == 1
    sent = await boris.presses("Propose")
    assert sent.first_line == "Proposed to Chen Wei: Fri 20 Mar for APX-1 Prototype tested."
    told = stage.is_told(
        "chen", "Boris Novak proposes Fri 20 Mar for APX-1 Prototype tested (was Fri 13 Mar)."
    )
    assert "“Truck broke down”" in told.text
    assert [b.label for b in told.card.buttons] == ["Accept", "Other date", "Ask why", "Decline"]
    done = await chen.presses("Accept", told)
    assert "Moved from Fri 13 Mar to Fri 20 Mar." in done.text
    assert (await stage.milestone()).due == FRIDAY_20
    entry = (await stage.history())[-1]
    assert (entry.actor_id, entry.proposed_by, entry.note) == (CHEN.id, BORIS.id, "Truck broke down")
    assert "Chen Wei accepted it: Fri 20 Mar" in stage.is_told("boris", "accepted").text
    stage.shows("APX-1")
    stage.nobody_is_told_anything_else()
    shown = await chen.commands("show APX-1")
    assert (
        "Chen Wei moved it from Fri 13 Mar to Fri 20 Mar, as Boris Novak proposed: Truck broke down"
        in shown.text
    )


async def test_leaving_it_proposes_nothing(stage: Stage) -> None:
    boris = stage.person("boris")
    await boris.commands("move APX-1 to 20 March")
    await boris.presses("Leave it")
    assert await proposals(stage) == []
    stage.nobody_is_told_anything_else()


async def test_another_date_is_asked_for_and_proposed(stage: Stage) -> None:
    boris = stage.person("boris")
    await boris.says("move APX-1 to 20 March")
    asked = await boris.presses("Another date")
    assert asked.first_line == "Which date do you propose for “Prototype tested”, due Fri 13 Mar?"
    await boris.says("25 March")
    (proposal,) = await proposals(stage)
    assert proposal.asked["due"] == "2026-03-25"


async def test_a_date_that_could_be_two_is_asked_before_it_is_proposed(stage: Stage) -> None:
    boris = stage.person("boris")
    asked = await boris.says("propose APX-1 to next friday")
    assert "which one?" in asked.first_line
    await boris.presses("Fri 13")
    assert await proposals(stage) == []
    await boris.says("propose APX-1 to next friday")
    sent = await boris.presses("Fri 6")
    assert sent.first_line.startswith("Proposed to Chen Wei: Fri 6 Mar")


async def test_an_owner_is_proposed_and_given_it(stage: Stage) -> None:
    boris, chen = stage.person("boris"), stage.person("chen")
    refused = await boris.commands("take APX-1")
    assert "Shall I propose Boris Novak to Chen Wei for you?" in refused.text
    await boris.presses("Propose")
    told = stage.is_told(
        "chen", "Boris Novak proposes Boris Novak for APX-1 Prototype tested (now Ana Costa)."
    )
    await chen.presses("Accept", told)
    assert (await stage.milestone()).owner_id == BORIS.id
    assert (await stage.history())[-1].proposed_by == BORIS.id


async def test_any_verb_can_be_proposed(stage: Stage) -> None:
    boris, chen = stage.person("boris"), stage.person("chen")
    refused = await boris.commands("block APX-1 waiting on legal")
    assert refused.labels == ("Propose", "Leave it")
    await boris.presses("Propose")
    told = stage.is_told("chen", "Boris Novak proposes: say it is blocked")
    await chen.presses("Accept", told)
    assert (await stage.milestone()).blocked
    entry = (await stage.history())[-1]
    assert (entry.action, entry.actor_id, entry.proposed_by) == (Action.BLOCKED, CHEN.id, BORIS.id)


async def test_what_one_may_oneself_needs_no_proposal(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.says("propose APX-1 to 20 March")
    assert answer.first_line == "You may do that yourself with APX-1 Prototype tested."
    assert (await stage.milestone()).due == date(2026, 3, 13)
    await ana.presses("Do it")
    assert (await stage.milestone()).due == FRIDAY_20
    assert await proposals(stage) == []


async def test_proposing_nothing_asks_what(stage: Stage) -> None:
    boris = stage.person("boris")
    answer = await boris.says("propose APX-1")
    assert answer.labels == ("Another date", "Another owner", "To drop it")
    await boris.presses("Another date")
    await boris.says("20 March")
    assert len(await proposals(stage)) == 1


async def test_an_outsider_proposes_for_what_is_theirs_and_is_told_no_names(stage: Stage) -> None:
    await stage.person("dora").commands("assign APX-1 to @eve")
    eve = stage.person("eve")
    refused = await eve.says("move APX-1 to 20 March")
    assert refused.first_line == "Only Acme can move Prototype tested."
    await eve.presses("Propose")
    assert "Chen" not in eve.answer.text
    await stage.person("chen").presses("Accept", stage.is_told("chen", "Eve Contractor proposes"))
    told = stage.is_told("eve", "accepted it")
    assert "Chen" not in told.text
    assert (await stage.milestone()).owner_id == EVE.id


async def test_an_outsider_proposes_nothing_for_others(stage: Stage) -> None:
    answer = await stage.person("eve").says("propose APX-1 to 20 March")
    assert answer.first_line == "I don't know a milestone called “APX-1” here."
    assert await proposals(stage) == []


@pytest.mark.parametrize("words", ["move APX-1 to 20 March", "propose APX-1 to 20 March"])
async def test_a_viewer_is_told_who_can_and_proposes_nothing(stage: Stage, words: str) -> None:
    answer = await stage.person("vic").commands(words)
    assert answer.first_line.startswith("Only ")
    assert "Propose" not in answer.labels
    assert await proposals(stage) == []


async def test_nobody_drowns_the_lead(stage: Stage) -> None:
    (first,) = [await stage.milestone()]

    def many(uow: UnitOfWork) -> None:
        for n in range(PROPOSALS_LIMIT):
            asked = {"milestone_id": first.id, "text": f"{n}"}
            wish = Proposal(
                id=f"p{n}",
                workspace_id=TEAM,
                milestone_id=first.id,
                verb=f"v{n}",
                rule="move",
                asked=asked,
                by_id=BORIS.id,
                to_id=CHEN.id,
                made_at=stage.clock.now(),
            )
            uow.proposals.add(wish)

    await stage.do(many)
    answer = await stage.person("boris").says("propose APX-1 to 20 March")
    assert answer.first_line == f"{PROPOSALS_LIMIT} of your proposals wait already."
    assert len(await proposals(stage)) == PROPOSALS_LIMIT


async def test_where_nobody_could_decide_it_says_so(stage: Stage) -> None:
    def alone(uow: UnitOfWork) -> None:
        for person in uow.people.all(TEAM):
            if person.id != BORIS.id:
                uow.people.save(replace(person, active=False))

    await stage.do(alone)
    answer = await stage.person("boris").says("propose APX-1 to 20 March")
    assert answer.first_line.startswith("Nobody here could decide that")
    assert APEX.lead_id == CHEN.id


@pytest.mark.parametrize(
    ("words", "told", "becomes"),
    [
        ("rename APX-1 to Gamma tested", "rename: Gamma tested.", "Gamma tested"),
        ("criteria APX-1 add photos", "criteria add: photos.", "photos"),
        ("task APX-1 add call the office", "task add: call the office.", "call the office"),
        ("hold APX-1 until 1 April because winter", "hold: Wed 1 Apr. “winter”", "On hold"),
    ],
)
async def test_the_decider_reads_what_exactly_would_be_done(
    stage: Stage, words: str, told: str, becomes: str
) -> None:
    boris, chen = stage.person("boris"), stage.person("chen")
    await boris.commands(words)
    await boris.presses("Propose")
    asked = stage.is_told("chen", "Boris Novak proposes")
    assert told in asked.text
    answer = await chen.presses("Accept", asked)
    assert becomes in answer.text
    stage.is_told("boris", "Chen Wei accepted it")
    assert (await stage.history())[-1].proposed_by == BORIS.id


async def test_a_friday_meant_today_is_that_friday_later(stage: Stage) -> None:
    """Accepted two weeks on, it is still the day that was meant."""
    boris, chen = stage.person("boris"), stage.person("chen")
    await boris.commands("hold APX-1 until friday because winter")
    await boris.presses("Propose")
    asked = stage.is_told("chen", "Boris Novak proposes")
    assert "hold: Fri 6 Mar." in asked.text
    assert chen.home == asked.ref.conversation


@pytest.mark.parametrize("words", ["propose to drop APX-1 because gone", "propose drop APX-1 because gone"])
async def test_any_verb_can_be_proposed_in_words(stage: Stage, words: str) -> None:
    boris = stage.person("boris")
    answer = await boris.says(words)
    assert answer.first_line == "Proposed to Chen Wei: drop it for APX-1 Prototype tested."
    (proposal,) = await proposals(stage)
    assert (proposal.verb, proposal.reason) == ("drop", "gone")
    await stage.person("chen").presses("Accept", stage.is_told("chen", "proposes: drop it"))
    assert not (await stage.milestone()).is_open


async def test_what_changes_no_milestone_is_not_proposed(stage: Stage) -> None:
    await stage.person("boris").says("propose help APX-1")
    assert await proposals(stage) == []


async def test_a_friday_in_any_verb_is_settled_before_it_is_sent(stage: Stage) -> None:
    await stage.person("boris").says("propose to hold APX-1 until friday because winter")
    (proposal,) = await proposals(stage)
    assert (proposal.verb, proposal.asked["when"]) == ("hold", "2026-03-06")
