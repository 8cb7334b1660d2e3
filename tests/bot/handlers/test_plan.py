"""plan: from one sentence to phases, ends and dates; what is unfinished is kept and shown."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.milestone import State
from bot.domain.people import Project
from bot.refs import ConversationRef
from tests.scenarios.cast import APEX, APEX_HOME, NEIGHBOURS, SECRET, SLACK, TEAM, TENANT
from tests.scenarios.conversation import Stage

SITE = ConversationRef(SLACK, TENANT, "C-riverside")


async def project(stage: Stage, key: str) -> Project:
    found = await stage.do(lambda uow: uow.projects.by_key(TEAM, key))
    assert found, f"no {key}"
    return found


async def test_two_questions_make_something_useful(stage: Stage) -> None:
    ana = stage.person("ana")
    first = await ana.commands("plan", SITE)
    assert first.first_line == "What is C-riverside to bring about? One sentence."
    second = await ana.says("24 flats, ready to move in", SITE)
    assert second.first_line == "Which phases does C-riverside have?"
    await ana.says("Design, Build, Handover", SITE)
    made = await project(stage, "CRV")
    assert made.scope == "24 flats, ready to move in"
    assert [p.name for p in await stage.do(lambda uow: uow.phases.of(TEAM, made.id))] == [
        "Design",
        "Build",
        "Handover",
    ]


async def test_what_ends_a_phase_becomes_its_milestone_with_all_that_was_said(quick_stage: Stage) -> None:
    chen = quick_stage.person("chen")
    await chen.commands("phase add Build")
    await chen.commands("plan")
    await chen.presses("Go on")
    await chen.presses("Skip")
    await chen.says("Shell closed by 12 June @boris", APEX_HOME)
    made = await quick_stage.milestone("APX-3")
    assert (made.title, made.owner_id, made.due, made.state) == (
        "Shell closed",
        "boris",
        date(2026, 6, 12),
        State.PLANNED,
    )
    (build,) = await quick_stage.do(lambda uow: uow.phases.of(TEAM, APEX.id))
    assert build.exit == "Shell closed"
    assert made.phase_id == build.id
    quick_stage.is_told("boris", "Shell closed")


async def test_without_a_date_it_is_a_draft_with_a_guess_that_is_asked_for(quick_stage: Stage) -> None:
    chen = quick_stage.person("chen")
    await chen.commands("phase add Build")
    await chen.commands("plan")
    await chen.presses("Go on")
    await chen.presses("Skip")
    answer = await chen.says("Shell closed", APEX_HOME)
    draft = await quick_stage.milestone("APX-3")
    assert (draft.state, draft.due) == (State.DRAFT, date(2026, 3, 30))
    assert answer.first_line == "When is “Shell closed” to be true?"
    await chen.says("29 May", APEX_HOME)
    settled = await quick_stage.milestone("APX-3")
    assert (settled.state, settled.due, settled.baseline_due) == (
        State.PLANNED,
        date(2026, 5, 29),
        date(2026, 5, 29),
    )


async def test_finishing_later_keeps_what_was_said_and_plan_goes_on_there(quick_stage: Stage) -> None:
    chen = quick_stage.person("chen")
    await chen.commands("plan")
    await chen.says("A faster release", APEX_HOME)
    answer = await chen.presses("Finish later")
    assert answer.first_line == "Apex release: 2 things are unfinished."
    assert "it has no phases" in answer.text
    again = await chen.commands("plan")
    assert again.first_line == answer.first_line
    assert (await chen.presses("Go on")).first_line == "Which phases does Apex release have?"


async def test_a_question_skipped_is_not_asked_again_in_the_same_run(quick_stage: Stage) -> None:
    chen = quick_stage.person("chen")
    await chen.commands("plan")
    assert (await chen.presses("Skip")).first_line == "Which phases does Apex release have?"
    assert (await chen.presses("Skip")).first_line == "Whose public holidays does Apex release keep?"
    assert "3 things are unfinished" in (await chen.presses("Skip")).first_line


async def test_a_plan_that_is_complete_says_so(quick_stage: Stage) -> None:
    chen = quick_stage.person("chen")
    await chen.commands("plan")
    await chen.says("A faster release", APEX_HOME)
    await chen.says("Build", APEX_HOME)
    await chen.says("Beta out by 12 June me", APEX_HOME)
    answer = await chen.says("DE Bavaria", APEX_HOME)
    assert answer.first_line == "Apex release: the plan is complete."


@pytest.mark.parametrize("who", ["ana", "vic"])
async def test_others_see_what_is_unfinished_and_settle_nothing(quick_stage: Stage, who: str) -> None:
    chen, other = quick_stage.person("chen"), quick_stage.person(who)
    await chen.commands("project scope A faster release")
    answer = await other.commands("plan")
    assert "unfinished" in answer.first_line
    assert "Go on" not in answer.labels


async def test_in_a_direct_conversation_the_name_is_asked_first(quick_stage: Stage) -> None:
    olaf = quick_stage.person("olaf", tenant="T2")
    await olaf.says("project archive SEC")
    await olaf.presses("Leave")
    answer = await olaf.says("plan")
    assert answer.first_line == "What is the project called?"
    assert (await olaf.says("Riverside")).first_line == "What is Riverside to bring about? One sentence."
    assert await quick_stage.do(lambda uow: uow.projects.by_key(NEIGHBOURS, "RVR"))


@pytest.mark.parametrize("bad", [", ;", "x" * 200, ", ".join(map(str, range(30)))])
async def test_phases_that_are_none_are_asked_again(quick_stage: Stage, bad: str) -> None:
    chen = quick_stage.person("chen")
    await chen.commands("plan")
    await chen.presses("Skip")
    answer = await chen.says(bad, APEX_HOME)
    assert "Skip" in answer.labels
    assert await quick_stage.do(lambda uow: uow.phases.of(TEAM, APEX.id)) == ()


async def test_plan_with_a_date_still_makes_a_milestone(quick_stage: Stage) -> None:
    await quick_stage.person("ana").commands("plan Roof closed by 12 June @boris")
    assert (await quick_stage.milestone("APX-3")).title == "Roof closed"


async def test_another_teams_plan_is_not_there(quick_stage: Stage) -> None:
    answer = await quick_stage.person("dora").says("plan SEC")
    assert SECRET.name not in answer.text
