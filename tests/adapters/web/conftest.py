"""The page's addresses, answered in this process; what stands behind them is chosen by each test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from adapters.web import WebAdapter, WebSettings, adapter
from bot.messages import Incoming, Reply
from tests.adapters.web.fakes import MemoryBoards, MovingClock, ScriptedReceiver
from tests.adapters.web.server import VERBS
from tests.fakes.clock import FakeClock

HOME = "http://127.0.0.1:8000"


@dataclass
class Site:
    """``get`` and ``post`` behave as the page's own scripts do: same origin, JSON."""

    boards: MemoryBoards
    receiver: ScriptedReceiver
    web: WebAdapter
    client: httpx.AsyncClient
    home: str = HOME

    def __post_init__(self) -> None:
        self._keys = count()

    def key(self) -> str:
        return f"key-{next(self._keys):08d}"

    def answer(self, reply: Reply | Callable[[Incoming], Reply | None] | None) -> None:
        self.receiver.answer = reply if callable(reply) else lambda _incoming: reply

    async def get(self, path: str, headers: dict[str, str] | None = None, **query: str) -> httpx.Response:
        return await self.client.get(path, params=query or None, headers=headers)

    async def post(self, path: str, headers: dict[str, str] | None = None, **body: Any) -> httpx.Response:
        sent = {"Origin": self.home, **(headers or {})}
        return await self.client.post(path, json={"key": self.key(), **body}, headers=sent)

    async def say(self, text: str, *, who: str = "ana", place: str = "site", **more: Any) -> dict[str, Any]:
        return read(await self.post("/chat/send", **{"as": who}, place=place, text=text, **more))

    async def seen(self, *, who: str = "ana", place: str = "site") -> list[dict[str, Any]]:
        """The conversation, as this person sees it."""
        lines: list[dict[str, Any]] = read(await self.get("/chat/state", **{"as": who}, place=place))["lines"]
        return lines


def read(response: httpx.Response) -> dict[str, Any]:
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def refusal(response: httpx.Response) -> tuple[int, str]:
    """Status and code; a refusal always carries a sentence."""
    body = response.json()
    assert body["sentence"].strip().endswith((".", "?")), body
    return response.status_code, body["error"]


def title(line: dict[str, Any]) -> str:
    return "".join(run["text"] for run in line["payload"]["title"])


def build(clock: FakeClock, *, demo: bool = True, bind: str = "127.0.0.1", public_url: str = "") -> Site:
    boards = MemoryBoards(MovingClock(clock), demo=demo)
    receiver = ScriptedReceiver()
    web = adapter(WebSettings(boards, boards.clock, bind=bind, public_url=public_url, verbs=VERBS))
    home = public_url or HOME
    transport = httpx.ASGITransport(Starlette(routes=list(web.routes(receiver))))
    return Site(boards, receiver, web, httpx.AsyncClient(transport=transport, base_url=home), home)


@pytest.fixture
async def demo(clock: FakeClock) -> AsyncIterator[Site]:
    site = build(clock)
    async with site.client:
        yield site


@pytest.fixture
async def private(clock: FakeClock) -> AsyncIterator[Site]:
    """The page of a real workspace, reached by its public address."""
    site = build(clock, demo=False, bind="0.0.0.0", public_url="https://milepost.example.org")
    async with site.client:
        yield site
