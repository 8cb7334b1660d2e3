"""The first message: to whoever installed or added the bot, once, with buttons that lead somewhere."""

from __future__ import annotations

from dataclasses import replace

from bot.messages import BotAdded
from bot.refs import ConversationRef
from tests.bot.dispatcher.test_arrivals import arrives
from tests.scenarios.cast import TEAM
from tests.scenarios.conversation import Stage

HERE = ConversationRef("slack", "T1", "C-site")
FIRST = "I keep your milestones: one owner, one date, one place."


async def test_in_a_channel_three_ways_lead_on(stage: Stage) -> None:
    answer = await arrives(stage.person("ana"), BotAdded, HERE)
    assert answer.labels == ("Set up this channel", "Try an example", "What can I type?")
    assert "the project this channel is about" in answer.text


async def test_setting_up_begins_in_that_channel(stage: Stage) -> None:
    ana = stage.person("ana")
    await arrives(ana, BotAdded, HERE)
    answer = await ana.presses("Set up this channel")
    assert "out of date" not in answer.text
    assert "went wrong" not in answer.text


async def test_the_example_is_a_milestone_that_can_be_taken_back(stage: Stage) -> None:
    ana = stage.person("ana")
    await arrives(ana, BotAdded, HERE)
    await ana.presses("Try an example")
    card = stage.shows("Example: permit issued", HERE)
    assert card.card.buttons[0].label == "Done"
    assert "Taken back" in (await ana.says("undo")).text


async def test_what_can_be_typed_is_shown(stage: Stage) -> None:
    ana = stage.person("ana")
    await arrives(ana, BotAdded, HERE)
    assert "new" in (await ana.presses("What can I type?")).text


async def test_in_a_rehearsal_it_says_who_is_written_to(stage: Stage) -> None:
    async def rehearsing(on: bool) -> str:
        team = await stage.do(lambda uow: uow.workspaces.get(TEAM))
        assert team
        await stage.do(lambda uow: uow.workspaces.save(replace(team, rehearsal=on)))
        return (await arrives(stage.person("ana"), BotAdded, HERE)).text

    assert "Until you press Go live" in await rehearsing(True)
    assert "Go live" not in await rehearsing(False)


async def test_the_first_of_a_new_team_is_welcomed_once(stage: Stage) -> None:
    stage.hear_everything()
    first = stage.person("zoe", tenant="T9")
    await first.says("mine")
    told = [m for a in stage.adapters.values() for m in a.sent if m.first_line == FIRST]
    assert len(told) == 1
    assert [b.label for b in told[0].card.buttons] == [
        "Set up a project",
        "Try an example",
        "What can I type?",
    ]
    await first.says("status")
    await stage.person("yan", tenant="T9").says("mine")
    assert len([m for a in stage.adapters.values() for m in a.sent if m.first_line == FIRST]) == 1


async def test_who_comes_to_an_old_team_is_not_welcomed_in_passing(stage: Stage) -> None:
    stage.hear_everything()
    await stage.person("zoe").says("mine")
    stage.nobody_is_told_anything_else()
