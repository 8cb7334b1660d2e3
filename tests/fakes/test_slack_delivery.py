"""How the fake reaches a bot: envelopes, acknowledgements, redelivery, signatures, retries."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.fakes.slack.delivery import signed
from tests.fakes.slack_server import SlackServer


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer() as server:
        yield server


class Bot:
    """A socket that acknowledges only when told to."""

    def __init__(self, slack: SlackServer) -> None:
        self.slack = slack

    async def connect(self) -> Any:
        headers = {"Authorization": f"Bearer {self.slack.app_token}"}
        async with self.session.post(f"{self.slack.api}apps.connections.open", headers=headers) as answer:
            url = (await answer.json())["url"]
        self.socket = await self.session.ws_connect(url)
        return await self.socket.receive_json()

    async def __aenter__(self) -> "Bot":
        self.session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()

    async def acknowledges(self, envelope: Any, payload: Any = None) -> None:
        await self.socket.send_json({"envelope_id": envelope["envelope_id"], "payload": payload})


async def test_a_socket_says_hello_and_carries_envelopes(slack: SlackServer) -> None:
    ana = slack.user("ana")
    launch = slack.channel("launch", ana)
    async with Bot(slack) as bot:
        assert (await bot.connect())["type"] == "hello"
        command = asyncio.ensure_future(slack.slash(ana, launch, "status"))
        envelope = await bot.socket.receive_json()
        assert (envelope["type"], envelope["payload"]["text"]) == ("slash_commands", "status")
        await bot.acknowledges(envelope, {"text": "here"})
        assert (await command).acked
    assert (await slack.hears(ana)).text == "here"


async def test_an_unacknowledged_event_comes_again_on_the_next_socket(slack: SlackServer) -> None:
    ana = slack.user("ana")
    async with Bot(slack) as bot:
        await bot.connect()
        typed = asyncio.ensure_future(slack.types(ana, slack.direct(ana), "hello"))
        first = await bot.socket.receive_json()
        slack.sockets.cut()
        await bot.connect()
        second = await bot.socket.receive_json()
        assert second["payload"]["event_id"] == first["payload"]["event_id"]
        assert (first["retry_attempt"], second["retry_attempt"]) == (0, 1)
        await bot.acknowledges(second)
        [delivery] = await typed
        assert (delivery.acked, delivery.attempts) == (True, 2)


async def test_an_unacknowledged_command_is_lost(slack: SlackServer) -> None:
    slack.sockets.ack_within = 0.05
    ana = slack.user("ana")
    async with Bot(slack) as bot:
        await bot.connect()
        delivery = await slack.slash(ana, slack.channel("launch", ana), "status")
        assert (delivery.acked, delivery.attempts) == (False, 1)


async def test_a_ticket_opens_one_socket(slack: SlackServer) -> None:
    async with aiohttp.ClientSession() as session:
        url = slack.sockets.new_url()
        async with session.ws_connect(url):
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(url)


async def test_a_disconnect_frame_announces_the_end(slack: SlackServer) -> None:
    async with Bot(slack) as bot:
        await bot.connect()
        await slack.sockets.disconnect("warning")
        assert (await bot.socket.receive_json())["reason"] == "warning"
        await slack.sockets.disconnect()
        assert (await bot.socket.receive_json())["reason"] == "refresh_requested"
        assert (await bot.socket.receive()).type == aiohttp.WSMsgType.CLOSE


class Endpoint:
    """Answers with the statuses it is given, and keeps what it got."""

    def __init__(self, *statuses: int, headers: dict[str, str] | None = None) -> None:
        self.statuses, self.headers = list(statuses), headers or {}
        self.got: list[tuple[Any, bytes]] = []

    async def __aenter__(self) -> str:
        app = web.Application()
        app.router.add_post("/slack/events", self._take)
        self.runner = web.AppRunner(app)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self.runner.addresses[0][1]}/slack/events"

    async def __aexit__(self, *_: object) -> None:
        await self.runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        self.got.append((request.headers, await request.read()))
        return web.Response(status=self.statuses.pop(0), headers=self.headers)


async def test_http_deliveries_are_signed_over_the_raw_body(slack: SlackServer) -> None:
    ana = slack.user("ana")
    endpoint = Endpoint(200)
    async with endpoint as url:
        slack.deliver_to(url)
        assert (await slack.slash(ana, slack.channel("launch", ana), "ship & <go>")).acked
    [(headers, body)] = endpoint.got
    wanted = signed(slack.signing_secret, body, float(headers["X-Slack-Request-Timestamp"]))
    assert headers["X-Slack-Signature"] == wanted["X-Slack-Signature"]
    assert b"text=ship+%26+%3Cgo%3E" in body


async def test_a_failed_event_comes_again_with_its_number(slack: SlackServer) -> None:
    ana = slack.user("ana")
    endpoint = Endpoint(500, 500, 200)
    async with endpoint as url:
        slack.deliver_to(url)
        [delivery] = await slack.types(ana, slack.direct(ana), "hello")
    assert (delivery.acked, delivery.attempts) == (True, 3)
    assert [headers.get("X-Slack-Retry-Num") for headers, _ in endpoint.got] == [None, "1", "2"]
    assert len({json.loads(body)["event_id"] for _, body in endpoint.got}) == 1


async def test_a_bot_can_decline_retries(slack: SlackServer) -> None:
    ana = slack.user("ana")
    endpoint = Endpoint(500, headers={"x-slack-no-retry": "1"})
    async with endpoint as url:
        slack.deliver_to(url)
        [delivery] = await slack.types(ana, slack.direct(ana), "hello")
    assert (delivery.acked, delivery.attempts) == (False, 1)
