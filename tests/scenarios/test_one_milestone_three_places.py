"""One milestone, said in Slack, reminded and blocked in Telegram, moved in Slack, done on the page.

The whole product in one process, against loopback servers that behave like Slack and Telegram; time moves
only when the story says so, and every message anybody gets is accounted for.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date

import pytest

from bot.domain.history import Action, Cause
from bot.domain.milestone import Milestone, State
from tests.fakes.clock import FakeClock
from tests.scenarios.world import World, a_world


@pytest.fixture
async def world(database_url: str, clock: FakeClock) -> AsyncIterator[World]:
    async with a_world(database_url, clock) as made:
        yield made


async def test_a_milestone_lives_in_slack_telegram_and_on_the_page(world: World) -> None:
    slack, telegram = world.slack, world.telegram
    await world.is_live()
    ana = slack.user("ana", real_name="Ana Costa", tz="Europe/Berlin", is_admin=True)
    boris = slack.user("boris", real_name="Boris Novak", tz="Europe/Berlin")
    launch = slack.channel("launch", ana, boris)

    # Ana says it in the channel; the card stands there, and Boris hears where it came from.
    await slack.slash(ana, launch, f"new Prototype tested by 13 March <@{boris}|boris> needs report filed")
    await world.settle()
    await slack.hears(ana, "I keep your milestones")
    anchor = await slack.hears(launch, "Prototype tested")
    assert "LNC-1" in anchor.text
    assert "Fri 13 Mar" in anchor.text
    told = await slack.hears(boris, "Prototype tested")
    assert "Ana Costa" in told.text + str(told.blocks)

    # Boris links Telegram and wants his reminders there.
    await slack.slash(boris, slack.workspace.direct(boris).id, "link")
    code = _code((await slack.hears(boris, "link ")).message)
    boris_there = telegram.user("Boris")
    telegram.starts(boris_there, code)
    await telegram.until(lambda: "Linked" in world.told(boris_there))
    telegram.presses(boris_there, telegram.told(boris_there)[-1], "Remind me here")
    await telegram.until(lambda: "your reminders come here" in world.told(boris_there))

    # Five and two working days before, in his own morning (09:00 in Berlin is 08:00 UTC), and not before.
    await world.morning_of(6, hour=7)
    assert world.told(boris_there).count("Will it hold?") == 0
    await world.morning_of(11, hour=7)
    assert world.told(boris_there).count("Will it hold?") == 1
    await world.morning_of(11)
    assert world.told(boris_there).count("Will it hold?") == 2
    reminder = telegram.told(boris_there)[-1]

    # It is stuck: he presses the reminder's button and says on what.
    telegram.presses(boris_there, reminder, "Blocked")
    await telegram.until(lambda: "wait for" in world.told(boris_there))
    telegram.says(boris_there, "waiting for the lab")
    await telegram.until(lambda: "Blocked since" in world.told(boris_there))
    await world.settle()
    assert "⛔" in anchor.text
    assert "the lab" in str(anchor.blocks)

    # Ana moves it in Slack, says why, and names the cause with one tap.
    await slack.slash(ana, launch, "move LNC-1 to 20 March because the lab is closed")
    answer = await slack.hears(ana, "What held it up")
    await slack.press(ana, answer, "Waiting for someone")
    await slack.until(lambda: "Noted" in answer.text + str(answer.blocks))
    await world.settle()
    assert "Fri 20 Mar" in anchor.text

    # Boris finishes it on the page.
    await slack.slash(boris, slack.workspace.direct(boris).id, "link")
    code = _code((await slack.hears(boris, "link ")).message)
    page = await world.signs_in(code)
    await page.says("unblock LNC-1")
    await page.says("done LNC-1")
    await page.presses("report filed")
    await world.settle()

    milestone = await _milestone(world)
    assert milestone.state is State.ACHIEVED
    assert "✅ Achieved" in anchor.text

    # The history is complete, the baseline stands, and the cause is kept with the reason.
    history = await world.parts.store.read(lambda uow: uow.histories.of(milestone.workspace_id, milestone.id))
    deeds = [entry.action for entry in reversed(history)]
    assert deeds == [Action.CREATED, Action.BLOCKED, Action.MOVED, Action.UNBLOCKED, Action.ACHIEVED]
    moved = history[2]
    assert (moved.cause, moved.note) == (Cause.CLIENT, "the lab is closed")
    assert (milestone.baseline_due, milestone.due) == (date(2026, 3, 13), date(2026, 3, 20))

    # One card in the channel, edited in place; afterwards nothing more is said about it.
    cards = [m for m in slack.messages(launch) if m.text.startswith(anchor.text[:20])]
    assert [m.ts for m in cards] == [anchor.ts]
    before = len(telegram.told(boris_there))
    await world.morning_of(25)
    assert len(telegram.told(boris_there)) == before

    # Every message is accounted for: what was looked at above, and the channel's digest of each working day.
    others = [said for said in slack.unexpected if said.channel != launch]
    assert [said.text for said in others] == []
    digests = [said.text.split(" · ")[0] for said in slack.unexpected]
    assert digests == [f"Launch, {day}" for day in ("Fri 6 Mar", "Mon 9 Mar", "Tue 10 Mar", "Wed 11 Mar")]
    telegram.assert_nothing_else()


async def _milestone(world: World) -> Milestone:
    found = await world.parts.store.read(
        lambda uow: uow.milestones.by_key(uow.workspaces.all()[0].id, "LNC", 1)
    )
    assert found is not None
    return found


def _code(message: object) -> str:
    found = re.search(
        r"link ([\w-]{20})", str(getattr(message, "text", "")) + str(getattr(message, "blocks", ""))
    )
    assert found
    return found[1]
