"""Ways out of a question, and questions that nobody asks any more."""

from __future__ import annotations

import pytest

from tests.scenarios.conversation import Stage

LEFT = "All right, left as it was."


@pytest.mark.parametrize("words", ["leave it", "Leave it", "not yet", "forget it"])
async def test_the_words_of_the_button_leave_a_question_too(stage: Stage, words: str) -> None:
    ana = stage.person("ana")
    await ana.says("new Roof closed me")
    assert (await ana.says(words)).first_line == LEFT
    await ana.says("6 March")
    assert not await stage.has("APX-3")


async def test_a_typed_command_may_leave_a_question(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("block APX-1")
    assert (await ana.commands("no")).first_line == LEFT
    await ana.commands("the city office")
    assert not (await stage.milestone()).blocked


@pytest.mark.parametrize("words", ["no", "cancel", "never mind"])
async def test_where_nothing_was_asked_a_no_is_no_riddle(stage: Stage, words: str) -> None:
    assert (await stage.person("ana").says(words)).first_line == LEFT


async def test_the_same_deed_said_whole_answers_the_question_before_it(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("assign APX-1 to Zoltan")
    await ana.says("assign APX-1 to Boris")
    owner = (await stage.milestone()).owner_id
    answer = await ana.says("Ana")
    assert "I didn't get" in answer.first_line
    assert (await stage.milestone()).owner_id == owner


async def test_another_deed_leaves_the_question_waiting(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("new Roof closed me")
    await ana.says("show APX-1")
    await ana.says("6 March")
    assert await stage.has("APX-3")
