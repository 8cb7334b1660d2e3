"""The core as the Slack adapter sees it: keeps what arrives, answers what a test says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import uvicorn
from starlette.applications import Starlette

from adapters.slack.config import SlackSettings
from adapters.slack.platform import SlackAdapter
from bot.clock import Clock
from bot.messages import Incoming, Reply
from tests.fakes.slack_server import SlackServer

T = TypeVar("T")


class Core:
    """``down``: storage is unavailable, so that nothing can be kept."""

    def __init__(self) -> None:
        self.received: list[Incoming] = []
        self.answer: Callable[[Incoming], Reply | None] = lambda _: None
        self.down = False
        self._arrived = asyncio.Condition()

    async def receive(self, incoming: Incoming) -> Reply | None:
        if self.down:
            raise RuntimeError("the database is away")
        self.received.append(incoming)
        async with self._arrived:
            self._arrived.notify_all()
        return self.answer(incoming)

    async def got(self, kind: type[T], number: int = 1) -> T:
        """The ``number``-th of its kind, once it is there."""
        async with self._arrived, asyncio.timeout(5):
            await self._arrived.wait_for(lambda: len(self.all_of(kind)) >= number)
        return self.all_of(kind)[number - 1]

    def all_of(self, kind: type[T]) -> list[T]:
        return [incoming for incoming in self.received if isinstance(incoming, kind)]


def settings(slack: SlackServer, clock: Clock, transport: str = "socket") -> SlackSettings:
    by_socket = transport == "socket"
    return SlackSettings(
        bot_token=slack.token,
        clock=clock,
        app_token=slack.app_token if by_socket else "",
        signing_secret="" if by_socket else slack.signing_secret,
        api_url=slack.api,
    )


@asynccontextmanager
async def connected(adapter: SlackAdapter, slack: SlackServer, core: Core) -> AsyncIterator[None]:
    """Over the socket, or behind a real HTTP server when the adapter has routes."""
    running = asyncio.ensure_future(adapter.run(core))
    try:
        if routes := list(adapter.routes(core)):
            async with served(Starlette(routes=routes)) as base:
                slack.deliver_to(f"{base}/slack/events")
                yield
        else:
            await slack.until(lambda: slack.sockets.open)
            yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@asynccontextmanager
async def served(app: Starlette) -> AsyncIterator[str]:
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", lifespan="off")
    )
    serving = asyncio.ensure_future(server.serve())
    while not server.started:  # noqa: ASYNC110 uvicorn has no event for it
        await asyncio.sleep(0)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await serving
