"""Slack's own JavaScript clients hold a conversation with the fake, so it agrees with others than us."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.fakes.slack.javascript import Node, install
from tests.fakes.slack_server import SlackServer

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    await asyncio.to_thread(install)
    async with SlackServer() as server:
        yield server


async def test_bolt_for_javascript_talks_with_the_fake(slack: SlackServer) -> None:
    ana = slack.user("ana")
    launch = slack.channel("launch", ana)
    async with Node("bolt_bot.cjs", slack.api) as bot:
        assert await bot.says() == {"got": "started"}
        await slack.until(lambda: slack.sockets.open)

        [typed] = await slack.types(ana, slack.direct(ana), "hello")
        assert typed.acked
        assert await bot.says() == {"got": "message", "text": "hello"}
        assert (await slack.hears(ana)).message.metadata is not None

        [typed] = await slack.types(ana, launch, f"{slack.mention} status")
        assert (await bot.says())["got"] == "mention"
        assert (await slack.hears(launch)).thread_ts == slack.messages(launch)[0].ts

        assert (await slack.slash(ana, launch, "status")).acked
        assert await bot.says() == {"got": "command", "text": "status"}
        answer = await slack.hears(ana)
        assert (await slack.press(ana, answer, "Go")).acked
        assert await bot.says() == {"got": "press", "value": "token"}
        await slack.until(lambda: answer.text == "pressed")
    slack.nobody_hears_anything_else()


async def test_bolt_for_javascript_opens_and_validates_a_modal(slack: SlackServer) -> None:
    ana = slack.user("ana")
    launch = slack.channel("launch", ana)
    async with Node("bolt_bot.cjs", slack.api) as bot:
        assert await bot.says() == {"got": "started"}
        await slack.until(lambda: slack.sockets.open)
        await slack.slash(ana, launch, "form")
        view = await slack.opens_modal(ana)
        assert (await slack.submits(ana, title="bad")).errors == {"title": "Say more"}
        assert view.open
        await slack.submits(ana, title="good")
        assert not view.open


async def test_the_javascript_socket_client_comes_back_after_a_disconnect(slack: SlackServer) -> None:
    ana = slack.user("ana")
    async with Node("socket_client.cjs", slack.api) as bot:
        assert await bot.says() == {"got": "connected"}
        assert (await slack.opens_home(ana)).acked
        assert (await bot.says())["event"] == "app_home_opened"
        await slack.sockets.disconnect()
        assert await bot.says() == {"got": "connected"}
        assert (await slack.opens_home(ana)).acked
        assert slack.sockets.connections_made == 2
