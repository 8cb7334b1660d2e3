"""Socket Mode holds on: through disconnect frames, cut lines, refusals; nothing that arrived is lost."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest

from adapters.slack.platform import SlackAdapter
from bot.cards import Card, plain
from bot.messages import ChatMessage, Reply, SlashCommand
from tests.adapters.slack.conftest import Cast
from tests.adapters.slack.core import Core, connected, settings
from tests.fakes.clock import FakeClock
from tests.fakes.slack.faults import ErrorCode, Status
from tests.fakes.slack_server import SlackServer


@pytest.fixture
async def running(slack: SlackServer, cast: Cast, clock: FakeClock, core: Core) -> AsyncIterator[None]:
    async with connected(SlackAdapter(settings(slack, clock)), slack, core):
        yield


async def spun(true: Callable[[], object]) -> None:
    """Turns the loop until it is so; a fake clock tells nobody who waits for it."""
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0)


@pytest.mark.usefixtures("running")
async def test_a_disconnect_frame_leads_to_a_new_socket_at_once(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    await slack.sockets.disconnect()
    await slack.until(lambda: slack.sockets.connections_made == 2 and slack.sockets.open)
    assert (await slack.slash(cast.ana, cast.launch, "status")).acked


@pytest.mark.usefixtures("running")
async def test_a_warning_keeps_the_socket(slack: SlackServer, cast: Cast) -> None:
    await slack.sockets.disconnect("warning")
    assert (await slack.slash(cast.ana, cast.launch, "status")).acked
    assert slack.sockets.connections_made == 1


@pytest.mark.usefixtures("running")
async def test_a_cut_line_is_tied_again_and_the_event_arrives(
    slack: SlackServer, cast: Cast, core: Core, clock: FakeClock
) -> None:
    slack.sockets.cut()
    typed = asyncio.ensure_future(slack.types(cast.ana, slack.direct(cast.ana), "status"))
    await spun(lambda: clock.sleeping)
    await clock.advance(timedelta(seconds=2))
    [delivery] = await typed
    assert delivery.acked
    assert (await core.got(ChatMessage)).text.text == "status"


@pytest.mark.usefixtures("running")
async def test_a_lost_acknowledgement_has_one_effect(slack: SlackServer, cast: Cast, core: Core) -> None:
    [first] = await slack.types(cast.ana, slack.direct(cast.ana), "status")
    again = await slack.deliver_again(first)
    assert again.acked
    assert len(core.received) == 1


async def test_slack_being_away_at_the_start_is_waited_out(
    slack: SlackServer, cast: Cast, clock: FakeClock, core: Core
) -> None:
    slack.faults.add("apps.connections.open", Status(503), ErrorCode("internal_error"))
    adapter = SlackAdapter(settings(slack, clock))
    running = asyncio.ensure_future(adapter.run(core))
    for _ in range(2):
        await spun(lambda: clock.sleeping)
        await clock.advance(timedelta(seconds=4))
    await slack.until(lambda: slack.sockets.open)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_stopping_finishes_the_answers_under_way(
    slack: SlackServer, cast: Cast, clock: FakeClock, core: Core
) -> None:
    core.answer = lambda _: Reply(Card(plain("still said")))
    async with connected(SlackAdapter(settings(slack, clock)), slack, core):
        await slack.slash(cast.ana, cast.launch, "status")
        await core.got(SlashCommand)
    assert (await slack.hears(cast.ana)).text == "still said"


@pytest.mark.usefixtures("running")
async def test_frames_that_say_nothing_are_passed_over(slack: SlackServer, cast: Cast, core: Core) -> None:
    for frame in ("not json", "[1]", "{}", '{"type":"events_api"}', '{"type":7,"envelope_id":"x"}'):
        await slack.sockets.open[0].send_str(frame)
    assert (await slack.slash(cast.ana, cast.launch, "status")).acked


@pytest.mark.usefixtures("running")
async def test_a_hundred_commands_at_once_are_all_acknowledged(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    deliveries = await asyncio.gather(*(slack.slash(cast.ana, cast.launch, str(n)) for n in range(100)))
    assert all(delivery.acked for delivery in deliveries)
    await core.got(SlashCommand, 100)
    assert [command.text.text for command in core.all_of(SlashCommand)] == [str(n) for n in range(100)]
