"""Who is blocking us: what is stuck, on what, since when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.scenarios.conversation import Stage

QUESTIONS = (
    "blockers",
    "who is blocking us?",
    "What is blocked?",
    "what's stuck?",
    "what are we waiting for",
    "is anything blocked?",
)


async def blocked(stage: Stage) -> None:
    await stage.person("boris").commands("block APX-2 waiting on the city office")
    stage.clock.jump_to(stage.clock.now() + timedelta(days=1))
    await stage.person("ana").commands("block APX-1 waiting on legal")


@pytest.mark.parametrize("words", QUESTIONS)
async def test_everyday_questions_list_what_is_stuck(quick_stage: Stage, words: str) -> None:
    await blocked(quick_stage)
    answer = await quick_stage.person("chen").says(words)
    assert "2 blocked" in answer.first_line
    assert answer.text.index("APX-2") < answer.text.index("APX-1")
    assert "the city office" in answer.text


async def test_where_nothing_is_stuck_that_is_said_with_a_way_on(stage: Stage) -> None:
    answer = await stage.person("chen").says("who is blocking us?")
    assert answer.first_line == "Nothing is blocked in Acme."
    assert answer.labels == ("All milestones", "Mine")


async def test_about_one_milestone_it_shows_that_one(stage: Stage) -> None:
    await blocked(stage)
    answer = await stage.person("chen").says("what is blocking Prototype tested?")
    assert "APX-1 Prototype tested" in answer.first_line
    assert "legal" in answer.text


async def test_an_outsider_sees_their_own_only(stage: Stage) -> None:
    await blocked(stage)
    assert "Nothing is blocked" in (await stage.person("eve").says("blockers")).first_line


async def test_asking_changes_nothing(stage: Stage) -> None:
    await stage.person("chen").says("who is blocking us?")
    assert not (await stage.milestone("APX-1")).blocked


async def test_a_title_may_ask_the_same(stage: Stage) -> None:
    await stage.person("ana").commands("new Who is blocking us answered by 6 March me")
    assert (await stage.milestone("APX-3")).title == "Who is blocking us answered"
