"""project: starting, describing, giving a home, putting away and bringing back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.milestone import State
from bot.domain.people import Project
from bot.refs import ConversationRef
from tests.scenarios.cast import APEX, APEX_HOME, NEIGHBOURS, SECRET, SLACK, TEAM, TENANT
from tests.scenarios.conversation import Stage

SITE = ConversationRef(SLACK, TENANT, "C-site")


async def project(stage: Stage, key: str = "APX", workspace: str = TEAM) -> Project:
    found = await stage.do(lambda uow: uow.projects.by_key(workspace, key))
    assert found is not None, f"no {key}"
    return found


async def keys(stage: Stage) -> list[str]:
    return [p.key for p in await stage.do(lambda uow: uow.projects.all(TEAM))]


@pytest.mark.parametrize(
    "words", ["new project Riverside", "start project Riverside", "project new Riverside"]
)
async def test_starting_a_project_derives_and_shows_its_key(quick_stage: Stage, words: str) -> None:
    ana = quick_stage.person("ana")
    answer = await ana.says(words)
    assert answer.first_line == "Riverside is started. Its key is RVR."
    assert answer.labels == ("Plan it", "Settings", "Undo")
    made = await project(quick_stage, "RVR")
    assert (made.name, made.lead_id, made.home) == ("Riverside", "ana", None)


async def test_a_project_started_in_a_free_channel_lives_there(quick_stage: Stage) -> None:
    await quick_stage.person("ana").commands("new project Riverside", SITE)
    assert (await project(quick_stage, "RVR")).home == SITE


async def test_a_project_started_in_another_projects_channel_leaves_it_there(quick_stage: Stage) -> None:
    await quick_stage.person("ana").commands("new project Riverside", APEX_HOME)
    assert (await project(quick_stage, "RVR")).home is None
    assert (await project(quick_stage)).home == APEX_HOME


async def test_undo_takes_a_new_project_back_and_its_key_is_not_given_again(quick_stage: Stage) -> None:
    ana = quick_stage.person("ana")
    await ana.says("new project Riverside")
    assert (await ana.presses("Undo")).first_line == "Undone: Ana Costa added the project Riverside."
    assert await keys(quick_stage) == ["APX"]
    await ana.says("new project Riverside")
    assert await keys(quick_stage) == ["APX", "RVR2"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Österreich Süd", "OST"),
        ("日本橋の橋", "PRJ"),
        ("بناء المدرسة", "PRJ"),
        ("Стройка", "PRJ"),
        ("Q", "QP"),
        ("2026", "PRJ"),
    ],
)
async def test_names_in_any_script_get_a_key(quick_stage: Stage, name: str, key: str) -> None:
    await quick_stage.person("ana").says(f"new project {name}")
    assert (await project(quick_stage, key)).name == name


@pytest.mark.parametrize("name", ["x" * 300, "", "!!!", "   "])
async def test_a_name_that_is_none_is_asked_for_and_saves_nothing(quick_stage: Stage, name: str) -> None:
    ana = quick_stage.person("ana")
    answer = await ana.says(f"new project {name}")
    assert answer.first_line.endswith("called?") or "too long" in answer.first_line
    assert await keys(quick_stage) == ["APX"]
    assert (await ana.says("Riverside")).first_line == "Riverside is started. Its key is RVR."


async def test_a_name_that_is_taken_is_asked_about(quick_stage: Stage) -> None:
    ana = quick_stage.person("ana")
    answer = await ana.says("new project apex RELEASE")
    assert answer.first_line == "There is a project called Apex release (APX) already."
    assert await keys(quick_stage) == ["APX"]
    await ana.presses("Start another")
    assert await keys(quick_stage) == ["APX", "APX2"]


@pytest.mark.parametrize("who", ["eve", "vic"])
async def test_outsiders_and_viewers_start_none(quick_stage: Stage, who: str) -> None:
    await quick_stage.person(who).says("new project Riverside")
    assert await keys(quick_stage) == ["APX"]


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("project rename Apex 3", "name", "Apex 3"),
        ("project scope Move everybody into the new office by Friday", "scope",
         "Move everybody into the new office by Friday"),
        ("project APX client Harbour Homes", "client", "Harbour Homes"),
        ("project department Construction", "department", "Construction"),
        ("project goals fewer calls; faster releases", "goals", ("fewer calls", "faster releases")),
        ("project zone New York", "zone", "America/New_York"),
        ("project lead Ana", "lead_id", "ana"),
        ("project start 9 March", "starts", "2026-03-09"),
    ],
)  # fmt: skip
async def test_its_lead_says_what_it_is_about(
    quick_stage: Stage, words: str, field: str, value: object
) -> None:
    chen = quick_stage.person("chen")
    answer = await chen.commands(words)
    changed = getattr(await project(quick_stage), field)
    assert (changed.isoformat() if field == "starts" else changed) == value
    await chen.presses("Undo", answer)
    assert await project(quick_stage) == APEX


@pytest.mark.parametrize("part", ["rename X", "scope X", "lead me", "channel here", "archive", "zone Berlin"])
async def test_who_does_not_lead_it_changes_nothing_and_hears_who_can(quick_stage: Stage, part: str) -> None:
    answer = await quick_stage.person("ana").commands(f"project {part}")
    assert answer.first_line == "Only Chen Wei (lead) or an admin can change Apex release."
    assert await project(quick_stage) == APEX


async def test_an_admin_may_as_well(quick_stage: Stage) -> None:
    await quick_stage.person("dora").commands("project rename Apex 3")
    assert (await project(quick_stage)).name == "Apex 3"


@pytest.mark.parametrize(
    "words", ["project SEC scope X", "project Secret archive", "project show Secret", "project SEC"]
)
async def test_another_teams_project_is_not_there(quick_stage: Stage, words: str) -> None:
    answer = await quick_stage.person("dora").says(words)
    assert "Merger" not in answer.text
    assert await project(quick_stage, "SEC", NEIGHBOURS) == SECRET


@pytest.mark.parametrize(
    "bad", ["zone Atlantis", "start someday", "lead Zoe", "lead Eve", f"rename {'x' * 300}"]
)
async def test_what_cannot_be_read_is_asked_again_and_changes_nothing(quick_stage: Stage, bad: str) -> None:
    chen = quick_stage.person("chen")
    await chen.commands(f"project {bad}")
    assert await project(quick_stage) == APEX
    assert (await chen.says("never mind", APEX_HOME)).first_line == "All right, left as it was."


async def test_the_answer_to_a_question_may_begin_like_a_verb(quick_stage: Stage) -> None:
    chen = quick_stage.person("chen")
    await chen.says("project scope", APEX_HOME)
    await chen.says("Move the office", APEX_HOME)
    assert (await project(quick_stage)).scope == "Move the office"


async def test_a_channel_that_is_taken_is_asked_about(quick_stage: Stage) -> None:
    dora = quick_stage.person("dora")
    await dora.says("new project Riverside")
    answer = await dora.commands("project RVR channel here", APEX_HOME)
    assert answer.first_line == "This channel is the home of Apex release. Make it Riverside's?"
    assert (await project(quick_stage)).home == APEX_HOME
    await dora.presses("Make it", answer)
    assert (await project(quick_stage, "RVR")).home == APEX_HOME
    assert (await project(quick_stage)).home is None
    await dora.presses("Undo")
    assert (await project(quick_stage)).home == APEX_HOME
    assert (await project(quick_stage, "RVR")).home is None


async def test_a_channel_is_not_taken_from_somebody_elses_project(quick_stage: Stage) -> None:
    ana = quick_stage.person("ana")
    await ana.says("new project Riverside")
    answer = await ana.commands("project RVR channel here", APEX_HOME)
    assert (await ana.presses("Make it", answer)).first_line.startswith("Only Chen Wei (lead)")
    assert (await project(quick_stage)).home == APEX_HOME


async def test_archiving_asks_what_becomes_of_what_is_open(stage: Stage) -> None:
    chen = stage.person("chen")
    answer = await chen.commands("project archive")
    assert answer.first_line == "Apex release: what becomes of 2 open milestones?"
    assert not (await project(stage)).archived
    assert (await chen.presses("Drop all 2")).first_line.startswith("Apex release is archived")
    assert (await stage.milestone("APX-1")).state is State.CANCELLED
    assert (await project(stage)).archived


async def test_one_undo_brings_back_the_project_and_all_that_was_dropped(stage: Stage) -> None:
    chen = stage.person("chen")
    await chen.commands("project archive")
    await chen.presses("Drop all 2")
    await chen.presses("Undo")
    assert not (await project(stage)).archived
    assert (await stage.milestone("APX-1")).state is State.PLANNED
    assert (await stage.milestone("APX-2")).state is State.PLANNED


async def test_what_is_archived_is_in_no_list_and_changes_no_more(stage: Stage) -> None:
    chen = stage.person("chen")
    await chen.commands("project archive")
    await chen.presses("Leave")
    assert (await stage.milestone("APX-1")).state is State.PLANNED
    assert "APX-1" not in (await stage.person("ana").says("mine")).text
    assert "APX" not in (await stage.person("ana").says("status all")).text
    assert (await chen.says("project APX scope X")).first_line.startswith("Apex release is archived.")
    assert (await stage.person("ana").says("done APX-1")).first_line.startswith("Apex release is archived.")
    assert (await stage.milestone("APX-1")).state is State.PLANNED


async def test_what_is_archived_sends_nothing_until_it_is_back(stage: Stage) -> None:
    chen = stage.person("chen")
    await chen.commands("project archive")
    await chen.presses("Leave")
    heard = {(m.ref, m.edits) for m in stage.adapters[SLACK].sent}
    await stage.advance(timedelta(days=7))
    assert not [
        m.text for m in stage.adapters[SLACK].sent if "APX-" in m.text and (m.ref, m.edits) not in heard
    ]
    await chen.says("project back APX")
    assert "APX-1" in (await stage.person("ana").says("mine")).text
    await stage.advance(timedelta(days=4))
    stage.is_told("ana", "Prototype tested")


async def test_a_project_comes_back_without_a_channel_that_is_taken(quick_stage: Stage) -> None:
    dora = quick_stage.person("dora")
    await dora.commands("project archive")
    await dora.presses("Leave")
    await dora.commands("new project Riverside", APEX_HOME)
    answer = await dora.says("project back Apex release")
    assert "It is back, without a channel: Riverside lives there now." in answer.text
    assert (await project(quick_stage)).home is None


async def test_projects_are_listed(quick_stage: Stage) -> None:
    answer = await quick_stage.person("ana").says("projects")
    assert answer.first_line == "1 project"
    assert "Apex release" in answer.text
    assert "Secret" not in answer.text


async def test_an_outsider_reads_nothing_about_projects(quick_stage: Stage) -> None:
    answer = await quick_stage.person("eve").says("project APX")
    assert "Chen" not in answer.text


async def test_nothing_new_is_put_into_what_is_archived(quick_stage: Stage) -> None:
    chen = quick_stage.person("chen")
    await chen.says("new project Riverside")
    await chen.says("project archive APX")
    await chen.presses("Leave")
    await chen.says("new Roof closed by 12 June me in APX")
    assert not await quick_stage.has("APX-3")
