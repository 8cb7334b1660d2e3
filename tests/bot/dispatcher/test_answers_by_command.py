"""A question in a channel is answered where a bot hears only its command: ``/ms 27 Nov``."""

from __future__ import annotations

from datetime import date

import pytest

from tests.scenarios.cast import APEX_HOME
from tests.scenarios.conversation import Stage

WAITS = "My question still waits for an answer."


async def test_another_day_typed_as_a_command_is_the_answer(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("move APX-1")
    answer = await ana.commands("27 March")
    assert "Moved from Fri 13 Mar to Fri 27 Mar." in answer.text
    assert (await stage.milestone()).due == date(2026, 3, 27)


@pytest.mark.parametrize("words", ["27 march", "Friday 27 March", "2026-03-27", "in 19 working days"])
async def test_every_way_to_say_a_day_answers(quick_stage: Stage, words: str) -> None:
    ana = quick_stage.person("ana")
    await ana.commands("move APX-1")
    await ana.commands(words)
    assert (await quick_stage.milestone()).due == date(2026, 3, 27)


async def test_a_reason_typed_as_a_command_is_the_answer(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("block APX-1")
    await ana.commands("the city office")
    blocked = (await stage.milestone()).blocked
    assert blocked
    assert blocked.reason == "the city office"


async def test_me_answers_who(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("new Roof closed by 6 March")
    await ana.commands("me")
    assert (await stage.milestone("APX-3")).owner_id == "ana"


async def test_a_key_answers_which_milestone(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("block")
    await ana.commands("APX-1")
    await ana.commands("the city office")
    assert (await stage.milestone()).blocked


async def test_a_mistyped_verb_is_no_answer(quick_stage: Stage) -> None:
    ana = quick_stage.person("ana")
    await ana.commands("block APX-1")
    answer = await ana.commands("assing APX-2 to boris")
    assert "Did you mean" in answer.first_line
    assert not (await quick_stage.milestone()).blocked


@pytest.mark.parametrize("verb", ["status", "mine", "show APX-2", "help", "me"])
async def test_a_verb_is_done_and_the_question_keeps_waiting(quick_stage: Stage, verb: str) -> None:
    ana = quick_stage.person("ana")
    await ana.commands("block APX-1")
    answer = await ana.commands(verb)
    assert "I didn't get" not in answer.text
    await ana.commands("the city office")
    assert (await quick_stage.milestone()).blocked


async def test_nobody_elses_question_is_answered(stage: Stage) -> None:
    await stage.person("ana").commands("block APX-1")
    answer = await stage.person("chen").commands("the city office")
    assert "I didn't get" in answer.first_line
    assert not (await stage.milestone()).blocked


async def test_without_a_question_a_date_alone_is_not_understood(quick_stage: Stage) -> None:
    assert "I didn't get “27 March”" in (await quick_stage.person("ana").commands("27 March")).first_line


async def test_an_unrelated_sentence_leaves_the_question_alive_with_a_way_out(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("block", APEX_HOME)
    answer = await ana.says("lunch is at noon", APEX_HOME)
    assert WAITS in answer.text
    assert answer.labels[0] == "Leave it"
    await ana.says("APX-1", APEX_HOME)
    await ana.says("the city office", APEX_HOME)
    assert (await stage.milestone()).blocked


async def test_the_way_out_ends_the_question(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("block", APEX_HOME)
    await ana.says("lunch is at noon", APEX_HOME)
    await ana.presses("Leave it")
    assert "I didn't get" in (await ana.says("the moon", APEX_HOME)).first_line


async def test_without_a_question_there_is_none_to_leave(quick_stage: Stage) -> None:
    answer = await quick_stage.person("ana").says("show lunch menu", APEX_HOME)
    assert WAITS not in answer.text
    assert "Leave it" not in answer.labels
