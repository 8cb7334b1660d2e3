"""Whatever arrives twice has one effect; whoever is second is told who was first."""

from __future__ import annotations

import asyncio

from bot.domain.history import Action
from tests.scenarios.cast import APEX_HOME
from tests.scenarios.conversation import Stage


async def test_a_redelivered_command_has_one_effect_and_one_answer(stage: Stage) -> None:
    ana = stage.person("ana")
    first = await ana.commands("new Roof closed by 6 March me", key="event-1")
    again = await ana.commands("new Roof closed by 6 March me", key="event-1")
    assert (first.text, again.reply) == ("Added", None)
    assert not await stage.has("APX-4")


async def test_an_edited_command_carries_its_key_and_makes_no_second_milestone(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("new Roof closed by 6 March me", key="message-7")
    edited = await ana.says("new Roof tightly closed by 6 March me", key="message-7")
    assert edited.reply is None
    assert not await stage.has("APX-4")


async def test_a_redelivered_refusal_is_said_once(stage: Stage) -> None:
    boris = stage.person("boris")
    first = await boris.commands("move APX-1 to 16 March", key="event-2")
    again = await boris.commands("move APX-1 to 16 March", key="event-2")
    assert first.first_line.startswith("Only")
    assert again.reply is None


async def test_the_same_key_from_another_platform_is_another_event(stage: Stage) -> None:
    await stage.person("ana").commands("new Roof closed by 6 March me", key="1")
    answer = await stage.person("mallory", "telegram").says("hello", key="1")
    assert answer.reply is not None


async def test_reads_are_answered_each_time(stage: Stage) -> None:
    vic = stage.person("vic")
    first = await vic.commands("status", key="event-3")
    assert (await vic.commands("status", key="event-3")).text == first.text


async def test_a_second_press_changes_nothing(stage: Stage) -> None:
    ana = stage.person("ana")
    asked = await ana.commands("done APX-1")
    await ana.presses("report filed", asked)
    again = await ana.presses("report filed", asked)
    assert "Ana Costa marked it done" in again.text
    assert [e.action for e in await stage.history()] == [Action.CREATED, Action.ACHIEVED]


async def test_two_people_completing_at_once_leave_one_line(stage: Stage) -> None:
    ana, chen = stage.person("ana"), stage.person("chen")
    by_ana = await ana.says("done APX-1")
    by_chen = await chen.says("done APX-1")
    answers = await asyncio.gather(ana.presses("report filed", by_ana), chen.presses("report filed", by_chen))
    assert [e.action for e in await stage.history()] == [Action.CREATED, Action.ACHIEVED]
    assert sorted("marked it done" in a.text for a in answers) == [False, True]


async def test_many_at_once_are_numbered_without_gaps(stage: Stage) -> None:
    people = [stage.person(name) for name in ("ana", "boris", "chen", "dora", "leo")]
    await asyncio.gather(*(p.says(f"new Step {n} done by 6 March me") for n, p in enumerate(people)))
    titles = {(await stage.milestone(f"APX-{n}")).title for n in range(3, 8)}
    assert titles == {f"Step {n} done" for n in range(5)}


async def test_one_conversation_is_answered_in_order(stage: Stage) -> None:
    ana = stage.person("ana")
    words = ["move APX-1 to 16 March", "block APX-1 waiting on legal", "unblock APX-1", "undo"]
    await asyncio.gather(*(ana.commands(text) for text in words))
    assert [e.action for e in await stage.history()][1:] == [
        Action.MOVED, Action.BLOCKED, Action.UNBLOCKED, Action.UNDONE,
    ]  # fmt: skip
    assert (await stage.milestone()).blocked
    stage.shows("⛔ Blocked", APEX_HOME)
