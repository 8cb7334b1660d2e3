"""The whole product in one process, with loopback servers that behave like Slack and Telegram around it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx

from bot.app.parts import Parts, build
from bot.app.serving import Health, asgi
from bot.config import Settings, load
from bot.ports import UnitOfWork
from tests.fakes.clock import FakeClock
from tests.fakes.slack.validators import faults_in_calls
from tests.fakes.slack_server import SlackServer
from tests.fakes.telegram.schemas import faults_of_calls
from tests.fakes.telegram_server import TelegramServer, User

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PAGE = "http://127.0.0.1:8000"


def _words(part: Any) -> str:
    """The words of runs, cells and blocks, in their order."""
    if isinstance(part, dict):
        return str(part["text"]) if "text" in part else " ".join(filter(None, map(_words, part.values())))
    return "".join(map(_words, part)) if isinstance(part, list) else ""


@dataclass(frozen=True)
class Line:
    """What the page shows as one answer."""

    payload: dict[str, Any]

    @property
    def text(self) -> str:
        """Everything that can be read of it, buttons aside."""
        blocks = [b for b in self.payload.get("blocks", []) if b["kind"] != "actions"]
        return "\n".join((self.first_line, *map(_words, blocks)))

    @property
    def first_line(self) -> str:
        return _words(self.payload.get("title", ()))

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(button["label"] for button in self.buttons)

    @property
    def buttons(self) -> list[dict[str, Any]]:
        blocks = self.payload.get("blocks", [])
        return [b for block in blocks if block["kind"] == "actions" for b in block["buttons"]]


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in at the page."""

    page: httpx.AsyncClient
    place: str

    async def says(self, text: str) -> Line:
        answer = await self.page.post(
            "/chat/send", json={"place": self.place, "text": text, "key": uuid4().hex}
        )
        assert answer.status_code == 200, answer.text
        return await self.reads()

    async def presses(self, label: str) -> Line:
        line, button = next(
            (line, button)
            for line in reversed(await self._lines())
            for button in Line(line["payload"]).buttons
            if button["label"].startswith(label)
        )
        pressed = {"place": self.place, "line": line["id"], "seq": line["seq"], "token": button["token"]}
        answer = await self.page.post("/chat/press", json=pressed | {"key": uuid4().hex})
        assert answer.status_code == 200, answer.text
        return await self.reads()

    async def reads(self) -> Line:
        """The newest line."""
        return Line((await self._lines())[-1]["payload"])

    async def _lines(self) -> list[dict[str, Any]]:
        state = await self.page.get("/chat/state", params={"place": self.place})
        lines: list[dict[str, Any]] = state.json()["lines"]
        return lines


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

    def told(self, person: User) -> str:
        """Everything that somebody in Telegram has been told, as it stands now."""
        return "\n".join(m.words for m in self.telegram.told(person))

    async def signs_in(self, code: str, name: str = "") -> Visitor:
        signed_in = await self.page.post("/sign-in", json={"code": code, "name": name, "key": uuid4().hex})
        assert signed_in.status_code == 200, signed_in.text
        return Visitor(self.page, (await self.page.get("/chat/state")).json()["place"]["id"])


@asynccontextmanager
async def a_world(database_url: str, clock: FakeClock) -> AsyncIterator[World]:
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
