"""A Telegram on loopback, an adapter connected to it, and a core that remembers what arrived."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from adapters.telegram import TelegramSettings
from adapters.telegram.platform import Telegram
from bot.messages import Incoming, Reply
from bot.verbs import Verb
from tests.fakes.clock import FakeClock
from tests.fakes.telegram.schemas import faults_of_calls
from tests.fakes.telegram_server import TelegramServer

VERBS = (
    Verb("new", "Add a milestone", "TITLE by DATE", ("new Beta by Friday",), changes=True, menu=True),
    Verb("mine", "What is mine", "", ("mine",), personal=True, menu=True),
    Verb("who-hears", "Who hears what", "", ("who-hears",)),
)

Answer = Callable[[Incoming], Awaitable[Reply | None]]


class WatchedClock(FakeClock):
    """A clock that can be waited for: until somebody sleeps on it."""

    def __init__(self) -> None:
        super().__init__()
        self._asleep = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self._asleep.set()
        await super().sleep(seconds)

    async def rested(self) -> None:
        async with asyncio.timeout(10):
            while not self.sleeping:
                self._asleep.clear()
                await self._asleep.wait()
                await asyncio.sleep(0)


class Core:
    """A `Receiver`: remembers what arrived, answers as told, knows what it has already had."""

    def __init__(self) -> None:
        self.received: list[Incoming] = []
        self.answer: Answer | None = None
        self.down = False
        self._changed = asyncio.Condition()
        self._keys: set[str] = set()

    async def receive(self, incoming: Incoming) -> Reply | None:
        if self.down:
            raise ConnectionError("the database is away")
        reply = await self.answer(incoming) if self.answer and incoming.key not in self._keys else None
        async with self._changed:
            self.received.append(incoming)
            self._keys.add(incoming.key)
            self._changed.notify_all()
        return reply

    def replies(self, reply: Reply) -> None:
        async def same(incoming: Incoming) -> Reply:
            return reply

        self.answer = same

    async def has(self, number: int) -> list[Incoming]:
        async with asyncio.timeout(10), self._changed:
            await self._changed.wait_for(lambda: len(self.received) >= number)
        return self.received


@pytest.fixture
def clock() -> WatchedClock:
    return WatchedClock()


@pytest.fixture
async def telegram(clock: FakeClock) -> AsyncIterator[TelegramServer]:
    """Everything that the adapter sent has Telegram's shape, whatever the test was about."""
    async with TelegramServer(now=lambda: clock.now().timestamp(), first_webhook_wait=0.01) as server:
        yield server
    assert faults_of_calls(server.calls) == []


@pytest.fixture
def core() -> Core:
    return Core()


@pytest.fixture
def settings(telegram: TelegramServer, clock: FakeClock) -> TelegramSettings:
    return TelegramSettings(telegram.token, clock, verbs=VERBS, api_url=telegram.base_url)


@asynccontextmanager
async def built(settings: TelegramSettings) -> AsyncIterator[Telegram]:
    """Not connected: a worker may send before the first update came."""
    adapter = Telegram(settings)
    yield adapter
    await adapter.close()


@asynccontextmanager
async def running(settings: TelegramSettings, core: Core) -> AsyncIterator[Telegram]:
    adapter = Telegram(settings)
    task = asyncio.create_task(adapter.run(core))
    try:
        yield adapter
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def adapter(
    settings: TelegramSettings, core: Core, telegram: TelegramServer
) -> AsyncIterator[Telegram]:
    """Connected and polling."""
    async with running(settings, core) as adapter:
        await telegram.state.updates.polling.wait()
        yield adapter
