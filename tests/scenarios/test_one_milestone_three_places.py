"""One milestone, said in Slack, reminded and blocked in Telegram, moved in Slack, done on the page.

The whole product in one process, against loopback servers that behave like Slack and Telegram; time moves
only when the story says so, and every message anybody gets is accounted for.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import uuid4

import httpx
import pytest

from bot.app.parts import Parts, build
from bot.app.serving import Health, asgi
from bot.config import Settings, load
from bot.domain.history import Action, Cause
from bot.domain.milestone import Milestone, State
from bot.ports import UnitOfWork
from tests.fakes.clock import FakeClock
from tests.fakes.slack.validators import faults_in_calls
from tests.fakes.slack_server import SlackServer
from tests.fakes.telegram.schemas import faults_of_calls
from tests.fakes.telegram_server import TelegramServer

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PAGE = "http://127.0.0.1:8000"


@dataclass
class World:
    """Three platforms around one core."""

    parts: Parts
    slack: SlackServer
    telegram: TelegramServer
    page: httpx.AsyncClient
    clock: FakeClock

    async def settle(self) -> None:
        await self.parts.engine.run_until_quiet()

    async def morning_of(self, day: int, hour: int = 8) -> None:
        """Live through everything up to that hour (UTC) of March 2026."""

        async def forward(to: datetime) -> None:
            self.clock.jump_to(to)

        await self.parts.engine.travel(datetime(2026, 3, day, hour, 1, tzinfo=UTC), forward)

    async def is_live(self) -> None:
        """The rehearsal every new team begins with is over."""

        def work(uow: UnitOfWork) -> None:
            (team,) = uow.workspaces.all()
            uow.workspaces.save(replace(team, rehearsal=False))

        await self.parts.store.write(work)

    async def milestone(self) -> Milestone:
        found = await self.parts.store.read(_first)
        assert found is not None
        return found


def _first(uow: UnitOfWork) -> Milestone | None:
    return uow.milestones.by_key(uow.workspaces.all()[0].id, "LNC", 1)


@asynccontextmanager
async def _world(database_url: str, clock: FakeClock) -> AsyncIterator[World]:
    clock.jump_to(MONDAY)

    def seconds() -> float:
        return clock.now().timestamp()

    async with SlackServer(clock=seconds) as slack, TelegramServer(now=seconds) as telegram:
        parts = await build(_settings(database_url, slack, telegram), clock, migrate=False)
        connections = [asyncio.create_task(a.run(parts.dispatcher)) for a in parts.adapters.values()]
        transport = httpx.ASGITransport(asgi(parts, Health(parts, ticks=False)))
        try:
            await telegram.state.updates.polling.wait()
            async with httpx.AsyncClient(
                transport=transport, base_url=PAGE, headers={"Origin": PAGE}
            ) as page:
                yield World(parts, slack, telegram, page, clock)
        finally:
            for connection in connections:
                connection.cancel()
            await asyncio.gather(*connections, return_exceptions=True)
            await parts.close()
        assert faults_in_calls(slack.calls) == []
        assert faults_of_calls(telegram.calls) == []


def _settings(database_url: str, slack: SlackServer, telegram: TelegramServer) -> Settings:
    return load(
        _env_file=None,
        database_url=database_url,
        slack_bot_token=slack.token,
        slack_app_token=slack.app_token,
        slack_api_url=slack.api,
        telegram_bot_token=telegram.token,
        telegram_api_url=telegram.base_url,
    )


@pytest.fixture
async def world(database_url: str, clock: FakeClock) -> AsyncIterator[World]:
    async with _world(database_url, clock) as made:
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
    await telegram.until(lambda: "Linked" in _words(telegram, boris_there))
    telegram.presses(boris_there, telegram.told(boris_there)[-1], "Remind me here")
    await telegram.until(lambda: "your reminders come here" in _words(telegram, boris_there))

    # Five and two working days before, in his own morning (09:00 in Berlin is 08:00 UTC), and not before.
    await world.morning_of(6, hour=7)
    assert _words(telegram, boris_there).count("Will it hold?") == 0
    await world.morning_of(11, hour=7)
    assert _words(telegram, boris_there).count("Will it hold?") == 1
    await world.morning_of(11)
    assert _words(telegram, boris_there).count("Will it hold?") == 2
    reminder = telegram.told(boris_there)[-1]

    # It is stuck: he presses the reminder's button and says on what.
    telegram.presses(boris_there, reminder, "Blocked")
    await telegram.until(lambda: "wait for" in _words(telegram, boris_there))
    telegram.says(boris_there, "waiting for the lab")
    await telegram.until(lambda: "Blocked since" in _words(telegram, boris_there))
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
    signed_in = await world.page.post("/sign-in", json={"code": code, "key": uuid4().hex})
    assert signed_in.status_code == 200, signed_in.text
    place = (await world.page.get("/chat/state")).json()["place"]["id"]
    await _says(world, place, "unblock LNC-1")
    await _says(world, place, "done LNC-1")
    await _presses(world, place, "report filed")
    await world.settle()

    milestone = await world.milestone()
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


def _code(message: object) -> str:
    found = re.search(
        r"link ([\w-]{20})", str(getattr(message, "text", "")) + str(getattr(message, "blocks", ""))
    )
    assert found
    return found[1]


def _words(telegram: TelegramServer, person: object) -> str:
    return "\n".join(m.words for m in telegram.told(person))  # type: ignore[arg-type]  # users and chats both


async def _says(world: World, place: str, text: str) -> None:
    answer = await world.page.post("/chat/send", json={"place": place, "text": text, "key": uuid4().hex})
    assert answer.status_code == 200, answer.text


async def _presses(world: World, place: str, label: str) -> None:
    lines = (await world.page.get("/chat/state", params={"place": place})).json()["lines"]
    token, line, seq = next(
        (button["token"], line["id"], line["seq"])
        for line in reversed(lines)
        for block in line["payload"].get("blocks", [])
        if block["kind"] == "actions"
        for button in block["buttons"]
        if button["label"] == label
    )
    pressed = {"place": place, "line": line, "seq": seq, "token": token, "key": uuid4().hex}
    answer = await world.page.post("/chat/press", json=pressed)
    assert answer.status_code == 200, answer.text
