"""phase: adding, naming, ordering, what ends one, and which milestones are in it."""

from __future__ import annotations

import pytest

from bot.domain.phases import Phase
from tests.scenarios.cast import APEX, NEIGHBOURS, SECRET, TEAM
from tests.scenarios.conversation import Stage


async def phases(stage: Stage) -> tuple[Phase, ...]:
    return await stage.do(lambda uow: uow.phases.of(TEAM, APEX.id))


async def names(stage: Stage) -> list[str]:
    return [phase.name for phase in await phases(stage)]


@pytest.mark.parametrize("words", ["phase add Design, Build, Handover", "add phases Design; Build; Handover"])
async def test_phases_are_added_in_order_and_undone_together(stage: Stage, words: str) -> None:
    chen = stage.person("chen")
    answer = await chen.commands(words)
    assert await names(stage) == ["Design", "Build", "Handover"]
    assert "3 phases added." in answer.text
    await chen.presses("Undo")
    assert await names(stage) == []


async def test_a_phase_knows_what_is_true_when_it_ends(quick_stage: Stage) -> None:
    chen = quick_stage.person("chen")
    await chen.commands("phase add Design, Build")
    await chen.commands("phase Build ends when the shell is closed, roof on")
    assert (await phases(quick_stage))[1].exit == "the shell is closed, roof on"
    await chen.says("phase exit Design", quick_stage.person("chen").place(APEX.home).ref)
    await chen.says("Move-in plan: signed by the client", APEX.home)
    assert (await phases(quick_stage))[0].exit == "Move-in plan: signed by the client"


async def test_phases_are_renamed_and_put_in_another_order(quick_stage: Stage) -> None:
    chen = quick_stage.person("chen")
    await chen.commands("phase add Design, Build, Handover")
    await chen.commands("phase rename Build to Construction")
    await chen.commands("phase order Handover, 1")
    assert await names(quick_stage) == ["Handover", "Design", "Construction"]
    await chen.commands("undo")
    assert await names(quick_stage) == ["Design", "Construction", "Handover"]


async def test_a_phase_that_is_removed_leaves_its_milestones_and_comes_back_with_them(stage: Stage) -> None:
    chen = stage.person("chen")
    await chen.commands("phase add Design, Build")
    await chen.commands("phase APX-1 Build")
    (_, build) = await phases(stage)
    assert (await stage.milestone("APX-1")).phase_id == build.id
    await chen.commands("phase remove Build")
    assert await names(stage) == ["Design"]
    assert (await stage.milestone("APX-1")).phase_id == ""
    await chen.commands("undo")
    assert await names(stage) == ["Design", "Build"]
    assert (await stage.milestone("APX-1")).phase_id == build.id


async def test_a_milestone_is_made_in_a_phase(quick_stage: Stage) -> None:
    chen = quick_stage.person("chen")
    await chen.commands("phase add Design, Build")
    await chen.commands("new Roof closed by 12 June @boris in phase Build")
    made = await quick_stage.milestone("APX-3")
    assert made.title == "Roof closed"
    assert made.phase_id == (await phases(quick_stage))[1].id


async def test_a_phase_that_is_none_stays_in_the_name(quick_stage: Stage) -> None:
    await quick_stage.person("chen").commands("new Users in phase two interviewed by 12 June @boris")
    assert (await quick_stage.milestone("APX-3")).title == "Users in phase two interviewed"


async def test_status_tells_phase_by_phase(quick_stage: Stage) -> None:
    chen = quick_stage.person("chen")
    await chen.commands("phase add Design, Build")
    await chen.commands("phase APX-1 Build")
    await chen.commands("phase APX-2 Design")
    text = (await chen.commands("status")).text
    assert "Phase" in text
    assert text.index("APX-2") < text.index("APX-1")


@pytest.mark.parametrize("who", ["ana", "vic"])
async def test_who_does_not_lead_adds_none(quick_stage: Stage, who: str) -> None:
    answer = await quick_stage.person(who).commands("phase add Design")
    assert answer.first_line == "Only Chen Wei (lead) or an admin can change Apex release."
    assert await names(quick_stage) == []


async def test_who_owns_a_milestone_may_say_its_phase_and_nobody_else(quick_stage: Stage) -> None:
    await quick_stage.person("chen").commands("phase add Design, Build")
    await quick_stage.person("boris").commands("phase APX-1 Build")
    assert (await quick_stage.milestone("APX-1")).phase_id == ""
    await quick_stage.person("ana").commands("phase APX-1 Build")
    assert (await quick_stage.milestone("APX-1")).phase_id


@pytest.mark.parametrize(
    "words",
    ["phase add", "phase add  , ;", f"phase add {'x' * 300}", "phase Nowhere", "phase rename Nowhere to X",
     "phase remove", "phase APX-1 Nowhere", "phase order Nowhere"],
)  # fmt: skip
async def test_what_means_no_phase_changes_nothing(quick_stage: Stage, words: str) -> None:
    chen = quick_stage.person("chen")
    await chen.commands("phase add Design")
    answer = await chen.commands(words)
    assert answer.text
    assert await names(quick_stage) == ["Design"]
    assert (await quick_stage.milestone("APX-1")).phase_id == ""


async def test_a_phase_is_there_once(quick_stage: Stage) -> None:
    chen = quick_stage.person("chen")
    await chen.commands("phase add Design, DESIGN")
    answer = await chen.commands("phase add design")
    assert answer.first_line == "There is a phase called design already."
    assert await names(quick_stage) == ["DESIGN"]


async def test_names_in_four_scripts(quick_stage: Stage) -> None:
    await quick_stage.person("chen").commands("phase add 設計, بناء, Стройка, Übergabe")
    assert await names(quick_stage) == ["設計", "بناء", "Стройка", "Übergabe"]


async def test_another_teams_milestone_and_project_are_not_there(quick_stage: Stage) -> None:
    dora = quick_stage.person("dora")
    await dora.commands("phase add Design")
    await dora.commands("phase SEC-1 Design")
    assert (await quick_stage.milestone("SEC-1", NEIGHBOURS)).phase_id == ""
    await dora.commands("phase SEC add Takeover")
    assert await quick_stage.do(lambda uow: uow.phases.of(NEIGHBOURS, SECRET.id)) == ()


async def test_twenty_one_phases_are_too_many(quick_stage: Stage) -> None:
    many = ", ".join(f"Phase {n}" for n in range(21))
    answer = await quick_stage.person("chen").commands(f"phase add {many}")
    assert answer.first_line == "At most 20 phases fit one project."
    assert await names(quick_stage) == []
