"""The same again: what a copy keeps, what it leaves behind, and that a whole project is shown first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.milestone import State
from bot.domain.people import Project
from bot.domain.phases import Phase
from bot.language.copying import Copying, read_copying
from bot.ports import UnitOfWork
from tests.scenarios.cast import ANA, APEX, BORIS, TEAM, add_milestone, milestone
from tests.scenarios.conversation import Stage

COPY = "copy project Apex release as Lakeside starting 4 May"


@pytest.mark.parametrize(
    ("text", "copying"),
    [
        ("APX-3 to 12 June", Copying("APX-3", when="12 June")),
        ("APX-3 as Roof closed to 12 June", Copying("APX-3", "Roof closed", "12 June")),
        ("APX-3 to 12 June @boris", Copying("APX-3", when="12 June", owner="@boris")),
        ("Prototype tested", Copying("Prototype tested")),
        ('APX-3 as "Way to the roof closed"', Copying("APX-3", "Way to the roof closed")),
        ("project Riverside as Lakeside starting 4 May",
         Copying("Riverside", "Lakeside", "4 May", is_project=True)),
        ("the whole project Riverside", Copying("Riverside", is_project=True)),
    ],
)  # fmt: skip
def test_what_is_to_be_copied_is_read(text: str, copying: Copying) -> None:
    assert read_copying(text) == copying


async def dressed(stage: Stage) -> None:
    """APX-3 in phase Build, and Apex begun on Mon 2 Mar."""

    def furnish(uow: UnitOfWork) -> None:
        uow.phases.add(Phase(id="build", workspace_id=TEAM, project_id=APEX.id, name="Build", position=1))
        made = milestone(3, "Walls up", BORIS, date(2026, 3, 11), stage.clock.now(), "photos")
        add_milestone(uow, made, stage.clock.now(), posted=False)
        uow.milestones.save(made.next(phase_id="build"))
        uow.projects.save(replace(APEX, starts=date(2026, 3, 2)))

    await stage.do(furnish)
    await stage.engine.run_until_quiet()
    stage.hear_everything()


async def lakeside(stage: Stage) -> Project | None:
    everything = await stage.do(lambda uow: uow.projects.all(TEAM))
    return next((p for p in everything if p.name == "Lakeside"), None)


async def test_a_copy_is_planned_anew_with_nothing_ticked(stage: Stage) -> None:
    ana = stage.person("ana")
    done = await ana.commands("done APX-1")
    await ana.presses("report filed", done, where=APEX.home)
    assert (await stage.milestone("APX-1")).state is State.ACHIEVED
    answer = await ana.says("copy APX-1 to 12 June")
    assert "Copied from APX-1." in answer.text
    copy = await stage.milestone("APX-3")
    assert (copy.title, copy.owner_id, copy.due) == ("Prototype tested", "ana", date(2026, 6, 12))
    assert (copy.state, copy.actual_done, copy.baseline_due) == (State.PLANNED, None, date(2026, 6, 12))
    assert [(c.text, c.is_done) for c in copy.criteria] == [("report filed", False)]


async def test_a_copy_may_have_another_name_and_owner(stage: Stage) -> None:
    await stage.person("ana").says("copy APX-1 as Second prototype tested to 12 June @boris")
    copy = await stage.milestone("APX-3")
    assert (copy.title, copy.owner_id) == ("Second prototype tested", "boris")
    stage.is_told("boris", "You own APX-3 Second prototype tested now")


async def test_a_missing_date_is_asked_for(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.says("copy APX-1")
    assert answer.first_line == "When is “Prototype tested” due?"
    await ana.says("12 June")
    assert (await stage.milestone("APX-3")).due == date(2026, 6, 12)


async def test_undo_takes_the_copy_back(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("copy APX-1 to 12 June")
    await ana.says("undo")
    assert not await stage.has("APX-3")
    assert await stage.has("APX-1")


@pytest.mark.parametrize("who", ["vic", "eve"])
async def test_who_may_not_add_may_not_copy(stage: Stage, who: str) -> None:
    await stage.person(who).says("copy APX-1 to 12 June")
    assert not await stage.has("APX-3")


async def test_another_teams_milestone_is_not_there_to_copy(stage: Stage) -> None:
    answer = await stage.person("olaf", tenant="T2").says("copy APX-1 to 12 June")
    assert "I don't know" in answer.first_line


async def test_a_project_is_shown_before_it_is_copied(stage: Stage) -> None:
    await dressed(stage)
    shown = await stage.person("chen").says(COPY)
    assert shown.first_line == "Lakeside would get 3 milestones, from Mon 4 May."
    assert shown.labels == ("Copy all 3", "All to me", "Leave it")
    assert "counted from Mon 2 Mar" in shown.text
    assert await lakeside(stage) is None


async def test_a_copied_project_keeps_distances_owners_phases_and_standards(stage: Stage) -> None:
    await dressed(stage)
    chen = stage.person("chen")
    await chen.says(COPY)
    answer = await chen.presses("Copy all 3")
    assert answer.first_line == "Lakeside (LKS) is planned: 3 milestones."
    project = await lakeside(stage)
    assert project is not None
    assert (project.starts, project.home) == (date(2026, 5, 4), None)
    walls = await stage.milestone("LKS-1")
    assert (walls.title, walls.due, walls.owner_id) == ("Walls up", date(2026, 5, 13), "boris")
    phases = await stage.do(lambda uow: uow.phases.of(TEAM, project.id))
    assert [(p.name, p.id == walls.phase_id, p.id == "build") for p in phases] == [("Build", True, False)]
    assert [c.is_done for c in walls.criteria] == [False]
    stage.is_told("boris", "Chen Wei added 2 milestones for you.")


async def test_one_undo_takes_the_whole_copy_back(stage: Stage) -> None:
    await dressed(stage)
    chen = stage.person("chen")
    await chen.says(COPY)
    await chen.presses("Copy all 3")
    await chen.presses("Undo")
    assert await lakeside(stage) is None
    assert not await stage.has("LKS-1")
    assert (await stage.milestone("APX-3")).title == "Walls up"


async def test_pressing_twice_copies_once(stage: Stage) -> None:
    chen = stage.person("chen")
    shown = await chen.says(COPY)
    await chen.presses("Copy all 2", shown)
    again = await chen.presses("Copy all 2", shown)
    assert again.first_line == "This copy was made already."


async def test_all_of_it_can_be_the_senders(stage: Stage) -> None:
    chen = stage.person("chen")
    await chen.says(COPY)
    await chen.presses("All to me")
    assert [(await stage.milestone(f"LKS-{n}")).owner_id for n in (1, 2)] == ["chen", "chen"]


async def test_a_copy_that_is_no_longer_true_is_shown_anew(stage: Stage) -> None:
    chen = stage.person("chen")
    shown = await chen.says(COPY)
    await stage.person("ana").commands("move APX-1 to 16 March")
    answer = await chen.presses("Copy all 2", shown)
    assert "Something changed since I showed this." in answer.text
    assert await lakeside(stage) is None
    await chen.presses("Copy all 2")
    assert await lakeside(stage) is not None


async def test_an_owner_who_left_gives_way_to_the_lead(stage: Stage) -> None:
    await stage.do(lambda uow: uow.people.save(replace(ANA, active=False)))
    chen = stage.person("chen")
    shown = await chen.says(COPY)
    assert "1 owner is here no more; the lead takes over." in shown.text
    await chen.presses("Copy all 2")
    assert (await stage.milestone("LKS-1")).owner_id == "chen"


async def test_a_name_that_is_taken_is_asked_for(stage: Stage) -> None:
    chen = stage.person("chen")
    answer = await chen.says("copy project Apex release as apex RELEASE starting 4 May")
    assert answer.first_line == "There is a project Apex release already. What is the copy called?"
    shown = await chen.says("Lakeside")
    assert shown.first_line == "Lakeside would get 2 milestones, from Mon 4 May."


async def test_a_start_that_is_past_is_asked_again(stage: Stage) -> None:
    answer = await stage.person("chen").says("copy project Apex release as Lakeside starting 2 Feb 2026")
    assert "past" in answer.first_line
    assert await lakeside(stage) is None


async def test_an_unknown_project_is_said(stage: Stage) -> None:
    answer = await stage.person("chen").says("copy project Atlantis as Lakeside starting 4 May")
    assert answer.first_line == "I don't know a project “Atlantis” here."
