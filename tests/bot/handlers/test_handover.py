"""Everything of one person to another: shown first, one commit, one undo, told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.milestone import Criterion, CriterionKind, Task
from bot.ports import UnitOfWork
from tests.scenarios.cast import ANA, APEX, BORIS, CHEN, DORA, EVE, GUS, LEO, TEAM, add_milestone, milestone
from tests.scenarios.conversation import Stage


async def owners(stage: Stage) -> dict[str, str]:
    def work(uow: UnitOfWork) -> dict[str, str]:
        found = (uow.milestones.by_key(TEAM, "APX", n) for n in range(1, 8))
        return {m.key: m.owner_id for m in found if m}

    return await stage.do(work)


async def give_ana_much(stage: Stage) -> None:
    """Five milestones of her own, a task and two yeses in Boris's."""
    now = stage.clock.now()

    def work(uow: UnitOfWork) -> None:
        for number in range(3, 7):
            made = milestone(number, f"Step {number} done", ANA, date(2026, 3, 20 + number), now)
            add_milestone(uow, made, now, posted=False)
        two = uow.milestones.by_key(TEAM, "APX", 2)
        assert two
        yes = Criterion("y", "signed", kind=CriterionKind.APPROVAL, approver_id=ANA.id)
        tasks = (Task("t1", "call", ANA.id), Task("t2", "paint", ANA.id, ANA.id, now))
        uow.milestones.save(two.next(approver_id=ANA.id, criteria=(yes,), tasks=tasks))

    await stage.do(work)
    stage.hear_everything()


async def test_all_of_mine_goes_over_in_one_commit_and_comes_back_in_one_undo(stage: Stage) -> None:
    await give_ana_much(stage)
    ana = stage.person("ana")
    asked = await ana.says("hand over all of mine to @dora")
    assert asked.first_line == "Hand 5 milestones of Ana Costa to Dora Admin?"
    assert "APX-1 Prototype tested, Fri 13 Mar" in asked.text
    assert "and 2 more" in asked.text
    assert "Also: 1 task, 2 approvals." in asked.text
    assert asked.labels == ("Hand over", "Another person", "Leave it")
    assert set((await owners(stage)).values()) == {ANA.id, BORIS.id}
    await ana.presses("Hand over")
    assert list((await owners(stage)).values()).count(DORA.id) == 5
    two = await stage.milestone("APX-2")
    assert (two.owner_id, two.approver_id) == (BORIS.id, DORA.id)
    assert [t.assignee_id for t in two.tasks] == [DORA.id, ANA.id]
    assert two.criteria[0].approver_id == DORA.id
    batches = {e.batch_id for key in ("APX-1", "APX-2", "APX-3") for e in (await stage.history(key))[1:]}
    assert len(batches) == 1
    told = stage.is_told("dora", "Ana Costa handed 5 milestones over to you.")
    assert len([m for m in stage.adapters["slack"].sent if m.ref.conversation == told.ref.conversation]) == 1
    await ana.presses("Undo all of it")
    assert list((await owners(stage)).values()).count(ANA.id) == 5
    assert (await stage.milestone("APX-2")).approver_id == ANA.id


async def test_leaving_it_changes_nothing(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("handover to @dora")
    await ana.presses("Leave it")
    assert (await owners(stage))["APX-1"] == ANA.id


async def test_a_lead_hands_a_colleagues_work_on(stage: Stage) -> None:
    chen = stage.person("chen")
    asked = await chen.says("handover @ana to @boris")
    assert asked.first_line == "Hand 1 milestone of Ana Costa to Boris Novak?"
    await chen.presses("Hand over")
    assert (await owners(stage))["APX-1"] == BORIS.id
    stage.is_told("boris", "Ana Costa handed 1 milestone over to you.")


async def test_what_is_not_the_senders_to_give_is_refused_by_name(stage: Stage) -> None:
    answer = await stage.person("boris").says("handover @ana to @boris")
    assert answer.first_line == "Only Chen Wei (lead) or Ana Costa can hand over what is Ana Costa's."
    assert (await owners(stage))["APX-1"] == ANA.id


async def test_what_may_not_be_given_is_split_out_and_said(stage: Stage) -> None:
    now = stage.clock.now()

    def work(uow: UnitOfWork) -> None:
        second = replace(APEX, id="p-bay", key="BAY", name="Bay", lead_id=LEO.id, home=None)
        uow.projects.add(second)
        made = milestone(1, "Bay closed", ANA, date(2026, 3, 27), now)
        theirs = replace(made, id="bay1", project_id="p-bay", project_key="BAY")
        add_milestone(uow, theirs, now, posted=False)

    await stage.do(work)
    chen = stage.person("chen")
    asked = await chen.says("handover @ana to @boris")
    assert asked.first_line == "Hand 1 milestone of Ana Costa to Boris Novak?"
    assert "1 stays: only Leo Lead (lead) or Ana Costa can give it." in asked.text
    await chen.presses("Hand over")
    assert (await owners(stage))["APX-1"] == BORIS.id
    assert (await stage.milestone("BAY-1")).owner_id == ANA.id


async def test_a_projects_lead_goes_over_and_comes_back(stage: Stage) -> None:
    dora = stage.person("dora")
    asked = await dora.says("handover @chen to @boris")
    assert "leading Apex release" in asked.text
    await dora.presses("Hand over")
    project = await stage.do(lambda uow: uow.projects.get(TEAM, APEX.id))
    assert project
    assert project.lead_id == BORIS.id
    stage.is_told("boris", "Chen Wei handed over to you: you lead Apex release.")
    await dora.presses("Undo all of it")
    project = await stage.do(lambda uow: uow.projects.get(TEAM, APEX.id))
    assert project
    assert project.lead_id == CHEN.id


async def test_what_changed_since_is_shown_again_before_it_is_done(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("handover to @dora")
    before = ana.answer
    await stage.person("chen").commands("move APX-1 to 17 March")
    again = await ana.presses("Hand over", before)
    assert "It changed since, so nothing was done yet." in again.text
    assert (await owners(stage))["APX-1"] == ANA.id
    await ana.presses("Hand over")
    assert (await owners(stage))["APX-1"] == DORA.id


async def test_a_second_press_changes_nothing(stage: Stage) -> None:
    ana = stage.person("ana")
    asked = await ana.says("handover to @dora")
    await ana.presses("Hand over", asked)
    lines = len(await stage.history())
    again = await ana.presses("Hand over", asked)
    assert again.first_line == "Ana Costa has nothing open to hand over."
    assert len(await stage.history()) == lines


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("handover to me", "All of that is Ana Costa's already."),
        ("handover @ana to @ana", "All of that is Ana Costa's already."),
        ("handover to @gus", "Gus Gone is not with the team any more."),
        ("handover to @vic", "Vic Viewer is no member, so a lead must say so."),
        ("handover to @eve", "Eve Contractor is no member, so a lead must say so."),
        ("handover", "Who takes over from Ana Costa?"),
        ("handover to Zoltan", "I don't know anyone called “Zoltan” here. Who should own it?"),
        ("handover @zoltan to @dora", "I don't know anyone called “zoltan” here. Whose shall I hand over?"),
        ("handover @leo to @dora", "Leo Lead has nothing open to hand over."),
        ("handover @gus to @dora", "Gus Gone has nothing open to hand over."),
    ],
)
async def test_whom_it_cannot_go_to_is_said_in_a_sentence(stage: Stage, words: str, said: str) -> None:
    answer = await stage.person("ana").says(words)
    assert answer.first_line == said
    assert len(answer.labels) >= 2
    assert (await owners(stage))["APX-1"] == ANA.id


async def test_whom_is_asked_and_answered(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("handover")
    asked = await ana.says("Boris")
    assert asked.first_line == "Hand 1 milestone of Ana Costa to Boris Novak?"


async def test_a_lead_may_hand_over_to_somebody_from_outside_and_is_told(stage: Stage) -> None:
    dora = stage.person("dora")
    asked = await dora.says("handover @ana to @eve")
    assert "Eve Contractor is from outside the team." in asked.text
    await dora.presses("Hand over")
    assert (await owners(stage))["APX-1"] == EVE.id


async def test_what_somebody_left_behind_can_be_handed_on(stage: Stage) -> None:
    def gone(uow: UnitOfWork) -> None:
        two = uow.milestones.by_key(TEAM, "APX", 2)
        assert two
        uow.milestones.save(two.next(owner_id=GUS.id))

    await stage.do(gone)
    dora = stage.person("dora")
    await dora.says("handover Gus Gone to Boris")
    await dora.presses("Hand over")
    assert (await owners(stage))["APX-2"] == BORIS.id


@pytest.mark.parametrize("who", ["eve", "vic"])
async def test_who_may_create_nothing_hands_nothing_over(stage: Stage, who: str) -> None:
    await stage.person("dora").commands("assign APX-1 to @eve")
    answer = await stage.person(who).says("handover to @boris")
    assert answer.first_line.startswith("Only ")
    assert (await owners(stage))["APX-1"] == EVE.id


async def test_a_stranger_hands_nothing_over(stage: Stage) -> None:
    olaf = stage.person("olaf", tenant="T2")
    answer = await olaf.says("handover @ana to @olaf")
    assert "Ana" not in answer.text
    assert (await owners(stage))["APX-1"] == ANA.id


async def test_one_milestone_by_its_key_is_just_given(stage: Stage) -> None:
    answer = await stage.person("ana").says("handover APX-1 to @boris")
    assert "Boris Novak has it now." in answer.text
    assert (await owners(stage))["APX-1"] == BORIS.id


async def test_one_milestone_of_somebody_else_is_proposed(stage: Stage) -> None:
    answer = await stage.person("boris").says("handover APX-1 to @boris")
    assert answer.labels[0] == "Propose"
    assert (await owners(stage))["APX-1"] == ANA.id
