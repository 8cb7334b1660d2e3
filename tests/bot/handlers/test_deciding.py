"""Deciding: a proposal is answered once, and its proposer hears of it once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

from bot.domain.people import Identity
from bot.domain.proposal import Proposal, Stand
from bot.ports import StoredAction, UnitOfWork
from bot.reminders.proposing import pass_all_on
from tests.scenarios.cast import ANA, BORIS, CHEN, SLACK, TEAM, TELEGRAM, account
from tests.scenarios.conversation import Stage

FRIDAY_20 = date(2026, 3, 20)


async def proposals(stage: Stage, state: Stand = Stand.OPEN) -> list[Proposal]:
    def work(uow: UnitOfWork) -> list[Proposal]:
        everybody = [p.id for p in uow.people.all(TEAM)]
        found = [p for ident in everybody for p in uow.proposals.open_of(TEAM, ident)]
        return [p for p in found if p.state is state]

    return await stage.do(work)


async def test_the_other_date_of_the_lead_is_done_and_told(stage: Stage) -> None:
    boris, chen = stage.person("boris"), stage.person("chen")
    await boris.commands("propose APX-1 to 20 March")
    asked = await chen.presses("Other date", stage.is_told("chen", "proposes"))
    assert asked.first_line == "Which date instead of Fri 20 Mar for APX-1?"
    await chen.says("18 March")
    assert (await stage.milestone()).due == date(2026, 3, 18)
    told = stage.is_told("boris", "Chen Wei decided otherwise about APX-1")
    assert "It is due Wed 18 Mar now" in told.text
    assert (await stage.history())[-1].proposed_by == BORIS.id


async def test_a_past_other_date_changes_nothing(stage: Stage) -> None:
    boris, chen = stage.person("boris"), stage.person("chen")
    await boris.commands("propose APX-1 to 20 March")
    await chen.presses("Other date", stage.is_told("chen", "proposes"))
    answer = await chen.says("1 March 2026")
    assert "is past" in answer.first_line
    assert len(await proposals(stage)) == 1


async def test_asking_why_brings_the_answer_back_with_the_buttons(stage: Stage) -> None:
    boris, chen = stage.person("boris"), stage.person("chen")
    await boris.commands("propose APX-1 to 20 March")
    await chen.presses("Ask why", stage.is_told("chen", "proposes"))
    question = stage.is_told("boris", "Chen Wei asks why")
    await boris.presses("Answer", question)
    await boris.says("the axle broke")
    again = stage.is_told("chen", "the axle broke")
    assert [b.label for b in again.card.buttons] == ["Accept", "Other date", "Decline"]
    await chen.presses("Accept", again)
    assert (await stage.milestone()).due == FRIDAY_20


async def test_a_declined_proposal_moves_nothing_and_offers_another(stage: Stage) -> None:
    boris, chen = stage.person("boris"), stage.person("chen")
    await boris.commands("propose APX-1 to 20 March")
    await chen.presses("Decline", stage.is_told("chen", "proposes"))
    told = stage.is_told("boris", "Chen Wei declined it")
    assert [b.label for b in told.card.buttons] == ["Propose another date", "Show it", "My proposals"]
    assert (await stage.milestone()).due == date(2026, 3, 13)
    assert await proposals(stage) == []


async def test_it_is_accepted_once_however_many_press(stage: Stage) -> None:
    boris, chen, dora = stage.person("boris"), stage.person("chen"), stage.person("dora")
    await boris.commands("propose APX-1 to 20 March")
    told = stage.is_told("chen", "proposes")
    (proposal,) = await proposals(stage)
    mine = await dora.says("proposals")
    assert mine.first_line == "No proposal waits, neither for you nor for others."
    await chen.presses("Accept", told)
    again = await chen.presses("Accept", told)
    assert again.first_line.startswith("Chen Wei accepted it: Fri 20 Mar")
    assert len(await stage.history()) == 2
    assert proposal.is_open
    stage.is_told("boris", "accepted")
    assert len([m for m in stage.adapters[SLACK].sent if "accepted it" in m.text]) == 1


async def test_the_same_wish_of_two_is_one_question(stage: Stage) -> None:
    boris, leo, chen = stage.person("boris"), stage.person("leo"), stage.person("chen")
    await boris.commands("propose APX-1 to 20 March")
    stage.is_told("chen", "Boris Novak proposes")
    joined = await leo.commands("propose APX-1 to 20 March because the client asks")
    assert joined.first_line == "Boris Novak proposed the same: Fri 20 Mar for APX-1 Prototype tested."
    stage.nobody_is_told_anything_else()
    listed = await chen.says("proposals")
    assert listed.first_line == "1 proposal waits for you"
    assert "Boris Novak and 1 more" in listed.text
    await chen.presses("APX-1")
    await chen.presses("Accept")
    stage.is_told("boris", "accepted")
    stage.is_told("leo", "accepted")
    assert await proposals(stage) == []


async def test_the_same_wish_again_is_not_sent_again(stage: Stage) -> None:
    boris = stage.person("boris")
    await boris.commands("propose APX-1 to 20 March")
    stage.is_told("chen", "proposes")
    again = await boris.commands("propose APX-1 to 20 March")
    assert again.first_line.startswith("Chen Wei has it since Mon 2 Mar: Fri 20 Mar")
    stage.nobody_is_told_anything_else()


async def test_a_second_wish_of_one_person_replaces_the_first(stage: Stage) -> None:
    boris, chen = stage.person("boris"), stage.person("chen")
    await boris.commands("propose APX-1 to 20 March")
    first = stage.is_told("chen", "Fri 20 Mar")
    await boris.commands("propose APX-1 to 25 March")
    stage.is_told("chen", "Wed 25 Mar")
    old = await chen.presses("Accept", first)
    assert old.first_line.startswith("Boris Novak proposed something else")
    assert (await stage.milestone()).due == date(2026, 3, 13)
    assert [p.asked["due"] for p in await proposals(stage)] == ["2026-03-25"]


async def test_a_milestone_that_changed_says_what_and_asks_again(stage: Stage) -> None:
    boris, chen = stage.person("boris"), stage.person("chen")
    await boris.commands("propose APX-1 to 20 March")
    told = stage.is_told("chen", "proposes")
    await stage.person("ana").commands("move APX-1 to 16 March")
    stale = await chen.presses("Accept", told)
    assert "Nothing was changed. Since then: Ana Costa moved it from Fri 13 Mar to Mon 16 Mar." in stale.text
    assert (await stage.milestone()).due == date(2026, 3, 16)
    await chen.presses("Accept")
    assert (await stage.milestone()).due == FRIDAY_20


async def test_the_same_change_by_hand_answers_it_too(stage: Stage) -> None:
    await stage.person("boris").commands("propose APX-1 to 20 March")
    await stage.person("dora").commands("move APX-1 to 20 March")
    assert "Dora Admin accepted it" in stage.is_told("boris", "accepted").text
    assert await proposals(stage) == []


async def test_another_change_by_hand_leaves_it_open(stage: Stage) -> None:
    await stage.person("boris").commands("propose APX-1 to 20 March")
    await stage.person("dora").commands("move APX-1 to 18 March")
    assert len(await proposals(stage)) == 1


async def test_it_lapses_when_the_milestone_is_done(stage: Stage) -> None:
    boris, chen = stage.person("boris"), stage.person("chen")
    await boris.commands("propose APX-1 to 20 March")
    told = stage.is_told("chen", "proposes")
    ana = stage.person("ana")
    await ana.commands("done APX-1 today")
    if (await stage.milestone()).is_open:
        await ana.presses("report filed")
    assert "lapsed" in stage.is_told("boris", "APX-1").text
    answer = await chen.presses("Accept", told)
    assert "lapsed" in answer.first_line
    assert (await stage.milestone()).due == date(2026, 3, 13)


async def test_its_proposer_may_withdraw_it_and_nobody_else(stage: Stage) -> None:
    boris, ana = stage.person("boris"), stage.person("ana")
    await boris.commands("propose APX-1 to 20 March")
    token = boris.answer.token("Withdraw")
    kept = await ana.presses_token(token, boris.place(None).ref)
    assert "withdrew" not in kept.text
    assert len(await proposals(stage)) == 1
    gone = await boris.presses("Withdraw")
    assert gone.first_line == "Boris Novak withdrew it: Fri 20 Mar for APX-1 Prototype tested."
    answer = await stage.person("chen").presses("Accept", stage.is_told("chen", "proposes"))
    assert "withdrew it" in answer.first_line
    assert (await stage.milestone()).due == date(2026, 3, 13)


async def test_who_may_not_decide_is_told_who_can(stage: Stage) -> None:
    await stage.person("boris").commands("propose APX-1 to 20 March")
    told = stage.is_told("chen", "proposes")
    token = next(b.token for b in told.card.buttons if b.label == "Accept")
    leo = stage.person("leo")
    answer = await leo.presses_token(token, told.ref.conversation)
    assert answer.first_line.startswith("Only Chen Wei (lead) or Ana Costa can")
    assert (await stage.milestone()).due == date(2026, 3, 13)


async def test_a_stranger_learns_nothing_of_it(stage: Stage) -> None:
    await stage.person("boris").commands("propose APX-1 to 20 March")
    told = stage.is_told("chen", "proposes")
    token = next(b.token for b in told.card.buttons if b.label == "Accept")
    olaf = stage.person("olaf", tenant="T2")
    answer = await olaf.presses_token(token, olaf.home)
    assert "APX" not in answer.text
    assert "No proposal waits" in (await olaf.says("proposals")).first_line
    assert (await stage.milestone()).due == date(2026, 3, 13)


async def test_a_lead_who_left_is_passed_over(stage: Stage) -> None:
    await stage.do(lambda uow: uow.people.save(replace(CHEN, active=False)))
    boris = stage.person("boris")
    refused = await boris.commands("move APX-1 to 20 March")
    assert refused.first_line == "Only Ana Costa can move Prototype tested."
    await boris.presses("Propose")
    stage.is_told("ana", "Boris Novak proposes")


async def test_when_the_decider_leaves_before_it_is_sent_the_next_one_gets_it(stage: Stage) -> None:
    await stage.person("boris").commands("propose APX-1 to 20 March")
    stage.is_told("chen", "proposes")
    (proposal,) = await proposals(stage)

    def leaves(uow: UnitOfWork) -> None:
        uow.people.save(replace(CHEN, active=False))
        pass_all_on(uow, TEAM, CHEN.id, stage.clock.now())

    await stage.do(leaves)
    await stage.engine.run_until_quiet()
    stage.is_told("ana", "Boris Novak proposes Fri 20 Mar")
    assert [p.to_id for p in await proposals(stage)] == [ANA.id]
    assert proposal.to_id == CHEN.id


async def test_a_proposer_who_left_hears_nothing(stage: Stage) -> None:
    await stage.person("boris").commands("propose APX-1 to 20 March")
    told = stage.is_told("chen", "proposes")
    await stage.do(lambda uow: uow.people.save(replace(BORIS, active=False)))
    await stage.person("chen").presses("Accept", told)
    assert (await stage.milestone()).due == FRIDAY_20
    stage.shows("APX-1")
    stage.nobody_is_told_anything_else()


async def test_the_lead_answers_in_telegram_what_was_asked_in_slack(stage: Stage) -> None:
    there = account("chen-tg", TELEGRAM)

    def moves(uow: UnitOfWork) -> None:
        uow.people.add_identity(Identity(CHEN.id, TEAM, there, "chen"), stage.clock.now())
        uow.people.save(replace(CHEN, preferred_platform=TELEGRAM, zone="Asia/Tokyo"))

    await stage.do(moves)
    await stage.person("boris").commands("propose APX-1 to 20 March")
    chen = stage.person("chen-tg", TELEGRAM)
    await chen.presses("Other date", stage.is_told("chen-tg", "proposes", TELEGRAM))
    await chen.says("19 March")
    assert (await stage.milestone()).due == date(2026, 3, 19)
    stage.is_told("boris", "decided otherwise")


async def test_the_same_wish_of_another_outlives_the_first_ones_change_of_mind(stage: Stage) -> None:
    boris, leo, chen = stage.person("boris"), stage.person("leo"), stage.person("chen")
    await boris.commands("propose APX-1 to 20 March")
    stage.is_told("chen", "Boris Novak proposes")
    await leo.commands("propose APX-1 to 20 March")
    await boris.says("proposals")
    await boris.presses("APX-1")
    await boris.presses("Withdraw")
    await chen.presses("Accept", stage.is_told("chen", "Leo Lead proposes"))
    assert (await stage.history())[-1].proposed_by == "leo"


async def test_two_who_press_at_the_same_moment_decide_once(stage: Stage) -> None:
    await stage.person("boris").commands("propose APX-1 to 20 March")
    told = stage.is_told("chen", "proposes")
    (proposal,) = await proposals(stage)
    wanted = {"proposal_id": proposal.id, "step": "accept", "milestone_id": "m1"}

    def button(uow: UnitOfWork) -> str:
        offered = StoredAction(workspace_id=TEAM, verb="proposals", asked=wanted, conversation="")
        return uow.actions.offer(offered, stage.clock.now())

    token = await stage.do(button)
    ana, dora = stage.person("ana"), stage.person("dora")
    answers = await asyncio.gather(ana.presses_token(token, ana.home), dora.presses_token(token, dora.home))
    assert len(await stage.history()) == 2
    assert sum("Moved from" in a.text for a in answers) == 1
    assert sum("accepted it" in a.first_line for a in answers) == 1
    assert len([m for m in stage.adapters[SLACK].sent if "accepted it" in m.text]) == 1
    assert told.card.buttons
