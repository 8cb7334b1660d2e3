"""The Telegram server when things go wrong, and its second life as a process and behind a webhook."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut

from tests.fakes.clock import FakeClock
from tests.fakes.telegram.faults import Fault
from tests.fakes.telegram.server import TelegramServer
from tests.fakes.telegram.world import User
from tests.fakes.telegram_server import hang, not_json, reset, server_error, too_many_requests


@pytest.fixture
async def telegram(clock: FakeClock) -> AsyncIterator[TelegramServer]:
    async with TelegramServer(now=lambda: clock.now().timestamp(), first_webhook_wait=0.01) as server:
        yield server


@pytest.fixture(autouse=True)
def _durations_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    """What python-telegram-bot will do by itself in its next major version, without its warning."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def bot(telegram: TelegramServer) -> AsyncIterator[Bot]:
    async with Bot(telegram.token, base_url=telegram.base_url) as bot:
        yield bot


@pytest.fixture
def ana(telegram: TelegramServer) -> User:
    ana = telegram.user("Ana")
    telegram.starts(ana)
    return ana


@pytest.mark.parametrize(
    ("fault", "error", "arrived"),
    [
        (server_error(), NetworkError, 0),
        (server_error(after=True), NetworkError, 1),
        (reset(after=False), NetworkError, 0),
        (reset(), NetworkError, 1),
        (not_json(), TelegramError, 1),
    ],
)
async def test_a_fault_comes_before_or_after_the_effect(
    telegram: TelegramServer, bot: Bot, ana: User, fault: Fault, error: type[Exception], arrived: int
) -> None:
    telegram.fail("sendMessage", fault)
    with pytest.raises(error):
        await bot.send_message(ana.id, "x")
    assert len(telegram.told(ana)) == arrived
    await bot.send_message(ana.id, "the next call is well")
    assert len(telegram.told(ana)) == arrived + 1


async def test_a_hanging_answer_times_out_although_the_message_arrived(
    telegram: TelegramServer, bot: Bot, ana: User
) -> None:
    telegram.fail("sendMessage", hang())
    with pytest.raises(TimedOut):
        await bot.send_message(ana.id, "x", read_timeout=0.05)
    assert len(telegram.told(ana)) == 1


async def test_a_429_names_the_wait_and_may_concern_one_chat(
    telegram: TelegramServer, bot: Bot, ana: User
) -> None:
    group = telegram.group("Apex", ana)
    telegram.fail("sendMessage", too_many_requests(7), chat=group)
    await bot.send_message(ana.id, "x")
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(group.id, "x")
    assert "7" in caught.value.message
    assert telegram.told(group) == []


async def test_rates_are_counted_always_and_refused_on_demand(
    telegram: TelegramServer, bot: Bot, ana: User, clock: FakeClock
) -> None:
    for text in ("one", "two"):
        await bot.send_message(ana.id, text)
    assert telegram.state.limits.violations == 1
    telegram.state.limits.enforced = True
    with pytest.raises(RetryAfter):
        await bot.send_message(ana.id, "three")
    await clock.advance(timedelta(seconds=2))
    await bot.send_message(ana.id, "four")


async def test_messages_nobody_asked_for_fail_the_test(telegram: TelegramServer, bot: Bot, ana: User) -> None:
    await bot.send_message(ana.id, "surprise")
    with pytest.raises(AssertionError, match="surprise"):
        telegram.assert_nothing_else()
    telegram.told(ana)
    telegram.assert_nothing_else()
    telegram.fail("sendMessage", reset())
    with pytest.raises(AssertionError, match="never met"):
        telegram.assert_nothing_else()


class Hook:
    """Our side of a webhook: answers with the next status, then with 200."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.secrets: list[str | None] = []
        self.received: list[str] = []
        self._arrived = asyncio.Condition()

    async def has_received(self, *texts: str) -> None:
        async with asyncio.timeout(5), self._arrived:
            await self._arrived.wait_for(lambda: self.received == list(texts))

    async def receive(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            async with self._arrived:
                self.received.append(update["message"]["text"])
                self._arrived.notify_all()
        return web.Response(status=status)


async def listening(hook: Hook) -> tuple[web.AppRunner, str]:
    app = web.Application()
    app.router.add_post("/hook", hook.receive)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"


async def test_a_webhook_is_called_with_its_secret_until_it_accepts(
    telegram: TelegramServer, bot: Bot, ana: User
) -> None:
    hook = Hook(500, 404)
    runner, url = await listening(hook)
    await bot.set_webhook(url, secret_token="s3cret")
    await hook.has_received("/start")
    telegram.says(ana, "second")
    await hook.has_received("/start", "second")
    await runner.cleanup()
    assert hook.secrets == ["s3cret"] * 4
    assert (await bot.get_webhook_info()).last_error_message == "Wrong response from the webhook: 404"


async def test_a_process_logs_every_message_it_accepted(tmp_path: Path) -> None:
    log = tmp_path / "sent.jsonl"
    command = ["-m", "tests.fakes.telegram_server", "--everyone-has-started", "--log", str(log)]
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    where = json.loads(await process.stdout.readline())
    control = where["base_url"].removesuffix("bot") + "control"
    async with aiohttp.ClientSession() as session, Bot(where["token"], base_url=where["base_url"]) as bot:
        await session.post(f"{control}/fault", json={"method": "sendMessage", "way": "reset", "after": True})
        with pytest.raises(NetworkError):
            await bot.send_message(77, "one")
        await bot.send_message(78, "two")
        async with session.post(f"{control}/start", json={"name": "Ana"}) as answer:
            ana = await answer.json()
        await session.post(f"{control}/say", json={"user": ana["id"], "text": "hello"})
        heard = [update.message and update.message.text for update in await bot.get_updates()]
        async with session.get(f"{control}/messages") as answer:
            listed = await answer.json()
    process.kill()
    await process.wait()
    logged = [json.loads(line) for line in log.read_text().splitlines()]
    assert [(line["chat"], line["text"]) for line in logged] == [(77, "one"), (78, "two")]
    assert (listed, heard) == (logged, ["/start", "hello"])
