"""A workspace with Ana, Boris and a channel, and the adapter connected to it both ways."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from adapters.slack.platform import SlackAdapter
from tests.adapters.slack.core import Core, connected, settings
from tests.fakes.clock import FakeClock
from tests.fakes.slack.state import TALK
from tests.fakes.slack.validators import faults_in_calls
from tests.fakes.slack_server import SlackServer


@pytest.fixture
async def slack(clock: FakeClock) -> AsyncIterator[SlackServer]:
    """Whatever a test made us send, both validators must have nothing against it."""
    async with SlackServer(clock=lambda: clock.now().timestamp()) as server:
        yield server
    sent = [call for call in server.calls if call.outcome != "invalid_blocks"]
    assert faults_in_calls(sent) == []
    assert server.faults.left == {}


@dataclass(frozen=True)
class Cast:
    ana: str
    boris: str
    launch: str


@pytest.fixture
def cast(slack: SlackServer) -> Cast:
    ana = slack.user("ana", real_name="Ana Silva", tz="Europe/Lisbon", locale="pt-PT", is_admin=True)
    boris = slack.user("boris", real_name="Boris Iwanow", tz="Europe/Berlin", locale="de-DE")
    return Cast(ana, boris, slack.channel("launch", ana, boris))


@pytest.fixture
def core() -> Core:
    return Core()


@pytest.fixture(params=["socket", "http"])
def transport(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def adapter(
    slack: SlackServer, cast: Cast, clock: FakeClock, core: Core, transport: str
) -> AsyncIterator[SlackAdapter]:
    slack.subscriptions |= TALK
    made = SlackAdapter(settings(slack, clock, transport))
    async with connected(made, slack, core):
        yield made


@pytest.fixture
async def sender(slack: SlackServer, cast: Cast, clock: FakeClock) -> AsyncIterator[SlackAdapter]:
    """Sending only: nothing is received."""
    made = SlackAdapter(settings(slack, clock))
    yield made
    await made.close()
