"""Floods are slowed, one by one: whoever floods, and nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.app.parts import registry
from bot.dispatcher import Dispatcher
from bot.dispatcher.pace import Pace
from bot.dispatcher.turn import Setting
from bot.messages import BotAdded, ConversationMoved
from bot.refs import ConversationRef
from tests.bot.dispatcher.test_arrivals import arrives
from tests.scenarios.cast import APEX_HOME
from tests.scenarios.conversation import CAPABILITIES, Stage

SLOW = "That was too much at once; the last thing was not done."


@pytest.fixture
def paced(quick_stage: Stage) -> Stage:
    setting = Setting(registry=registry(), capabilities=CAPABILITIES, new_code=lambda: "c")
    quick_stage.dispatcher = Dispatcher(
        quick_stage.store, setting, quick_stage.clock, lambda: "ref", pace=Pace(each=3, together=5)
    )
    return quick_stage


async def test_the_fourth_in_a_minute_is_not_done_and_said_once(paced: Stage) -> None:
    ana = paced.person("ana")
    for _ in range(3):
        assert "APX-1" in (await ana.says("mine")).text
    assert SLOW in (await ana.says("move APX-1 to 16 March")).first_line
    assert (await ana.says("mine")).reply is None
    assert (await paced.milestone()).due.day == 13


async def test_a_little_later_it_goes_on(paced: Stage) -> None:
    ana = paced.person("ana")
    for _ in range(4):
        await ana.says("mine")
    assert "20 seconds" in ana.answer.text
    paced.clock.jump_to(paced.clock.now() + timedelta(seconds=20))
    assert "APX-1" in (await ana.says("mine")).text


async def test_others_are_served_meanwhile(paced: Stage) -> None:
    for _ in range(5):
        await paced.person("ana").says("mine")
    assert "APX-2" in (await paced.person("boris").says("mine")).text


async def test_one_conversation_has_its_own_measure(paced: Stage) -> None:
    for who in ("ana", "boris", "chen", "dora", "leo"):
        assert "2 open" in (await paced.person(who).commands("status")).text
    assert SLOW in (await paced.person("vic").commands("status")).first_line
    assert "open" in (await paced.person("vic").says("status")).text


async def test_who_floods_alone_does_not_use_up_the_conversation(paced: Stage) -> None:
    for _ in range(9):
        await paced.person("ana").commands("status")
    assert "2 open" in (await paced.person("boris").commands("status")).text


async def test_a_press_too_many_says_so_in_passing(paced: Stage) -> None:
    ana = paced.person("ana")
    shown = await ana.says("show APX-1")
    for _ in range(3):
        await ana.says("mine")
    answer = await ana.presses("Done", shown)
    assert answer.reply
    assert SLOW in answer.reply.toast


async def test_what_happens_around_the_words_is_always_heard(paced: Stage) -> None:
    ana = paced.person("ana")
    for _ in range(4):
        await ana.says("mine")
    moved = ConversationRef("slack", "T1", "C-new")
    await arrives(ana, ConversationMoved, APEX_HOME, new=moved)
    assert (await arrives(ana, BotAdded, moved)).reply is not None
    assert "2 open" in (await paced.person("boris").commands("status", moved)).text


def test_what_is_remembered_is_bounded() -> None:
    pace, now = Pace(), datetime(2026, 3, 2, tzinfo=UTC)
    for number in range(10_050):
        pace._taken(f"p:{number}", 20, now)
    assert len(pace._buckets) == 10_000
