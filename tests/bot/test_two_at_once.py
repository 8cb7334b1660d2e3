"""Two people, two conversations, the same moment: one event, and the other hears what happened."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.milestone import State
from tests.scenarios.conversation import Stage

PREPARED = {
    "begin APX-1": (),
    "submit APX-1 to @boris": (),
    "hold APX-1 until 16 March because of x": (),
    "drop APX-1 because of x": (),
    "resume APX-1": ("hold APX-1 until 16 March because of x",),
    "reopen APX-1 because of x": ("drop APX-1 because of y",),
    "send back APX-1 because of x": ("submit APX-1 to @boris",),
}
BECOMES = {
    "begin": State.IN_PROGRESS,
    "submit": State.IN_REVIEW,
    "hold": State.ON_HOLD,
    "drop": State.CANCELLED,
    "resume": State.PLANNED,
    "reopen": State.PLANNED,
    "send": State.IN_PROGRESS,
}


@pytest.mark.parametrize("words", PREPARED)
async def test_the_same_wish_twice_at_once_is_one_event(stage: Stage, words: str) -> None:
    chen, dora = stage.person("chen"), stage.person("dora")
    for before in PREPARED[words]:
        await chen.commands(before)
    count = len(await stage.history())
    one, other = await asyncio.gather(chen.says(words), dora.says(words))
    assert len(await stage.history()) == count + 1
    assert (await stage.milestone()).state is BECOMES[words.split()[0]]
    texts = [one.text, other.text]
    told = [text for text in texts if "Mon 2 Mar · " in text or "already" in text]
    assert len(told) == 1, texts


async def test_different_wishes_at_once_leave_one_of_them_and_a_reason(stage: Stage) -> None:
    chen, dora = stage.person("chen"), stage.person("dora")
    await asyncio.gather(
        chen.says("drop APX-1 because of x"), dora.says("hold APX-1 until 16 March because of x")
    )
    found = await stage.milestone()
    assert found.state in (State.CANCELLED, State.ON_HOLD)
    assert found.version in (2, 3)
    assert len(await stage.history()) == found.version


async def test_the_same_button_pressed_by_two_is_one_event(stage: Stage) -> None:
    card = stage.shows("APX-1")
    ana, chen = stage.person("ana"), stage.person("chen")
    await asyncio.gather(ana.presses("More", card), chen.presses("More", card))
    await asyncio.gather(ana.presses("Begin"), chen.presses("Begin"))
    assert len(await stage.history()) == 2
    assert any("Since then" in voice.answer.text for voice in (ana, chen))
