from __future__ import annotations

import pytest

from bot.domain.history import Action
from tests.scenarios.conversation import Stage


async def tasks(stage: Stage, key: str = "APX-1") -> list[tuple[str, str, bool]]:
    return [(t.text, t.assignee_id, t.is_done) for t in (await stage.milestone(key)).tasks]


@pytest.mark.parametrize(
    "words",
    [
        "task APX-1 order steel @boris",
        "task add APX-1 order steel to @boris",
        "task APX-1 order steel to Boris",
        "task Prototype tested: order steel @boris",
        "task order steel @boris for APX-1",
    ],
)
async def test_a_task_is_added_with_whose_it_is(quick_stage: Stage, words: str) -> None:
    answer = await quick_stage.person("ana").commands(words)
    assert "Added for Boris Novak: order steel." in answer.text
    assert answer.first_line == "APX-1 Prototype tested · 0 of 1 task done"
    assert await tasks(quick_stage) == [("order steel", "boris", False)]


async def test_whose_it_is_hears_of_it_once(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("task APX-1 order steel @boris")
    told = stage.is_told("boris", "A task for you: order steel.")
    assert "Ana Costa gave it to you for APX-1 Prototype tested, due Fri 13 Mar" in told.text
    assert [b.label for b in told.card.buttons] == ["Done", "All tasks", "Show it"]
    stage.shows("APX-1")
    await ana.commands("task give APX-1 order steel to @chen")
    stage.is_told("chen", "A task for you: order steel.")
    stage.shows("APX-1")
    await ana.commands("task give APX-1 order steel to @boris")
    stage.shows("APX-1")
    stage.nobody_is_told_anything_else()


async def test_whose_it_is_may_tick_it_without_owning_the_milestone(stage: Stage) -> None:
    ana, boris = stage.person("ana"), stage.person("boris")
    await ana.commands("task APX-1 order steel @boris")
    answer = await boris.presses("Done", stage.is_told("boris", "A task for you"))
    assert "Done: order steel." in answer.text
    assert await tasks(stage) == [("order steel", "boris", True)]
    assert (await stage.history())[-1].action is Action.TASK_DONE
    assert "1 of 1 task" in stage.shows("APX-1").text
    await boris.says("undo")
    assert await tasks(stage) == [("order steel", "boris", False)]


async def test_somebody_from_outside_may_tick_theirs_and_take_it_back(stage: Stage) -> None:
    await stage.person("ana").commands("task APX-1 order steel @eve")
    eve = stage.person("eve")
    await eve.presses("Done", stage.is_told("eve", "A task for you"))
    assert await tasks(stage) == [("order steel", "eve", True)]
    await eve.says("undo")
    assert await tasks(stage) == [("order steel", "eve", False)]
    answer = await eve.says("task APX-1 paint")
    assert answer.first_line.startswith("Only ")


@pytest.mark.parametrize("who", ["boris", "vic"])
async def test_anybody_else_may_not(stage: Stage, who: str) -> None:
    await stage.person("ana").commands("task APX-1 order steel @chen")
    for words in ("task done APX-1 order steel", "task APX-1 paint", "task remove APX-1 order steel"):
        answer = await stage.person(who).commands(words)
        assert answer.first_line.startswith("Only "), words
        assert answer.labels
    assert await tasks(stage) == [("order steel", "chen", False)]


async def test_tasks_are_listed_and_done_by_button(stage: Stage) -> None:
    ana = stage.person("ana")
    for step in ("order steel", "pour", "cure"):
        await ana.commands(f"task APX-1 {step}")
    answer = await ana.commands("task APX-1")
    assert answer.labels == ("✓ order steel", "✓ pour", "Add…", "More ›")
    await ana.presses("More ›")
    assert ana.answer.labels == ("✓ cure", "Add…", "Change…")
    answer = await ana.presses("✓ cure")
    assert answer.first_line == "APX-1 Prototype tested · 1 of 3 tasks done"
    await ana.presses("Undo")
    assert not any(done for _, _, done in await tasks(stage))


async def test_a_task_is_done_opened_given_and_removed_in_words(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("task APX-1 order steel")
    await ana.commands("task APX-1 order steel done")
    assert await tasks(stage) == [("order steel", "", True)]
    await ana.commands("task not done APX-1 1")
    assert await tasks(stage) == [("order steel", "", False)]
    await ana.commands("tick APX-1 steel")
    assert await tasks(stage) == [("order steel", "", True)]
    await ana.commands("task remove APX-1 steel")
    assert await tasks(stage) == []
    actions = [e.action for e in await stage.history()][1:]
    assert actions == [
        Action.TASK_ADDED,
        Action.TASK_DONE,
        Action.TASK_OPENED,
        Action.TASK_DONE,
        Action.TASK_REMOVED,
    ]


async def test_to_whom_is_asked_when_it_was_not_said(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("task APX-1 order steel")
    await ana.says("task give APX-1 steel")
    assert ana.answer.first_line == "Who does “order steel”?"
    await ana.says("Boris")
    assert await tasks(stage) == [("order steel", "boris", False)]


async def test_nobody_called_that_adds_nothing_until_it_is_known_who(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.says("task APX-1 order steel @zoltan")
    assert "I don't know anyone called “zoltan” here." in answer.first_line
    assert await tasks(stage) == []
    await ana.says("Boris")
    assert await tasks(stage) == [("order steel", "boris", False)]


async def test_the_same_task_twice_and_the_fifty_first_are_refused(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("task APX-1 order steel")
    answer = await ana.commands("task APX-1 Order  Steel")
    assert answer.first_line == "“Prototype tested” has that task already."
    for n in range(49):
        await ana.commands(f"task APX-1 step {n}")
    answer = await ana.commands("task APX-1 one more")
    assert answer.first_line == "“Prototype tested” has room for 50 tasks, no more."
    assert len(await tasks(stage)) == 50


async def test_my_open_tasks_are_in_one_list_and_in_mine(stage: Stage) -> None:
    ana, boris = stage.person("ana"), stage.person("boris")
    await ana.commands("task APX-1 order steel @boris")
    await ana.commands("task APX-1 pour @boris")
    answer = await boris.says("tasks")
    assert answer.first_line == "You have 2 open tasks, soonest first."
    assert answer.labels == ("✓ order steel", "✓ pour", "Mine")
    assert "Your tasks: order steel (APX-1), pour (APX-1)" in (await boris.says("mine")).text
    await boris.says("tasks")
    await boris.presses("✓ pour")
    assert "Your tasks: order steel (APX-1)" in (await boris.says("mine")).text
    assert "Your tasks" not in (await ana.says("mine")).text


async def test_without_any_the_list_says_so(stage: Stage) -> None:
    answer = await stage.person("ana").says("my tasks")
    assert answer.first_line == "You have no open tasks."
    assert answer.labels == ("Mine", "All milestones")


async def test_tasks_count_for_those_who_own_no_milestone(stage: Stage) -> None:
    await stage.person("ana").commands("task APX-1 order steel @chen")
    answer = await stage.person("chen").says("mine")
    assert answer.first_line == "You have 1 open task, soonest first."


async def test_an_achieved_milestone_keeps_its_tasks(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("task APX-1 order steel")
    await ana.commands("done APX-1")
    await ana.presses("report filed")
    before = await tasks(stage)
    for words in ("task done APX-1 steel", "task APX-1 paint", "task remove APX-1 steel"):
        answer = await ana.commands(words)
        assert answer.labels, words
    assert await tasks(stage) == before


async def test_another_command_is_no_answer_to_what_the_next_step_is(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("task add APX-1")
    await ana.says("task APX-1 pour")
    assert await tasks(stage) == [("pour", "", False)]


async def test_the_same_task_of_two_milestones_is_told_apart(stage: Stage) -> None:
    chen, ana = stage.person("chen"), stage.person("ana")
    await chen.commands("task APX-1 add paint the wall @ana")
    await chen.commands("task APX-2 add paint the wall @ana")
    answer = await ana.says("tasks")
    assert answer.labels[:2] == ("✓ paint the wall (APX-1)", "✓ paint the wall (APX-2)")
