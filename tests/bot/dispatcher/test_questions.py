"""Questions that wait: what answers them, what does not, and for how long."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.scenarios.cast import APEX_HOME, BORIS
from tests.scenarios.conversation import Stage


async def test_an_answer_within_four_hours_counts(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("new Roof closed me")
    stage.clock.jump_to(stage.clock.now() + timedelta(hours=4))
    await ana.says("6 March")
    assert await stage.has("APX-3")


async def test_later_it_is_a_new_message(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("new Roof closed me")
    stage.clock.jump_to(stage.clock.now() + timedelta(hours=4, seconds=1))
    answer = await ana.says("6 March")
    assert "I didn't get “6 March”" in answer.first_line
    assert not await stage.has("APX-3")


@pytest.mark.parametrize("word", ["cancel", "Never mind", "no", "STOP"])
async def test_a_question_can_be_taken_back(stage: Stage, word: str) -> None:
    ana = stage.person("ana")
    await ana.says("new Roof closed me")
    answer = await ana.says(word)
    assert answer.first_line == "All right, left as it was."
    assert "I didn't get" in (await ana.says("6 March")).first_line
    assert not await stage.has("APX-3")


async def test_a_question_can_be_left_by_button(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("new Roof closed me")
    answer = await ana.presses("Leave it")
    assert answer.first_line == "All right, left as it was."
    assert "I didn't get" in (await ana.says("6 March")).first_line


@pytest.mark.parametrize("command", ["status", "show APX-2", "mine", "move APX-1 to 16 March"])
async def test_a_command_is_done_and_the_question_keeps_waiting(stage: Stage, command: str) -> None:
    ana = stage.person("ana")
    await ana.says("new Roof closed me")
    other = await ana.says(command)
    assert "Roof" not in other.text
    await ana.says("6 March")
    assert (await stage.milestone("APX-3")).due == date(2026, 3, 6)


async def test_a_command_about_a_milestone_is_no_name(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("new")
    answer = await ana.says("move APX-1 to 16 March")
    assert "Moved from" in answer.text


async def test_a_button_answers_its_question_so_a_later_word_does_not(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("new Roof closed me")
    await ana.presses("Fri 6 Mar")
    answer = await ana.says("9 March")
    assert "I didn't get" in answer.first_line
    assert not await stage.has("APX-4")


async def test_a_form_answers_its_question_so_a_later_word_does_not(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("block APX-1")
    asked = ana.answer
    await ana.presses("Blocked", await stage.person("ana").says("show APX-1"), ana.home, form=True)
    await ana.submits(reason="the lab")
    assert "I didn't get" in (await ana.says("the weather")).first_line
    assert asked.first_line == "What does “Prototype tested” wait for?"


async def test_the_button_of_another_matter_leaves_the_question_waiting(stage: Stage) -> None:
    ana = stage.person("ana")
    shown = await ana.says("show APX-1")
    await ana.says("new Roof closed me")
    await ana.presses("Done", shown)
    await ana.says("6 March")
    assert not await stage.has("APX-3"), "the newer question is about what proves APX-1"
    await ana.says("new Roof closed me")
    listed = await ana.says("mine")
    await ana.presses("Show", listed)
    await ana.says("6 March")
    assert await stage.has("APX-3")


async def test_questions_wait_for_one_person_in_one_place(stage: Stage) -> None:
    ana, boris = stage.person("ana"), stage.person("boris")
    await ana.says("new Roof closed me", APEX_HOME)
    assert "I didn't get" in (await boris.says("6 March", APEX_HOME)).first_line
    assert "I didn't get" in (await ana.says("6 March")).first_line
    await ana.says("6 March", APEX_HOME)
    assert await stage.has("APX-3")


async def test_a_wrong_answer_keeps_everything_that_was_said(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("new Roof closed by 6 March needs report filed")
    wrong = await ana.says("Zoltan")
    assert wrong.first_line == "I don't know anyone called “Zoltan” here. Who should own it?"
    await ana.says("Boris")
    made = await stage.milestone("APX-3")
    assert (made.owner_id, made.due, made.criteria[0].text) == (BORIS.id, date(2026, 3, 6), "report filed")


async def test_a_mistyped_verb_is_proposed_ready_to_run(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.commands("mvoe APX-1 to 16 March because of rain")
    assert answer.first_line == "I didn't get “mvoe APX-1 to 16 March because of rain”. Did you mean"
    assert answer.labels == ("Move", "Leave it")
    await ana.presses("Move")
    assert (await stage.milestone()).due == date(2026, 3, 16)
    assert (await stage.history())[-1].note == "rain"


async def test_a_sentence_without_a_verb_is_proposed_as_new(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.says("Roof closed by 6 March @boris")
    assert answer.labels[0] == "Add it"
    await ana.presses("Add it")
    assert (await stage.milestone("APX-3")).owner_id == BORIS.id


async def test_unknown_words_are_answered_with_three_things_one_can_do(stage: Stage) -> None:
    answer = await stage.person("ana").says("frobnicate the widget")
    assert answer.text.splitlines() == [
        "I didn't get “frobnicate the widget”.",
        "I can move a date, tell you what is due, or add a milestone.",
        "[Mine] [All milestones] [Add…] [Help]",
    ]
