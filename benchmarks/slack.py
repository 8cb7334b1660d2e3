"""Slack in one process: Bolt's own no-op as the floor, and our adapter with its wire cut off."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from time import perf_counter
from types import SimpleNamespace
from typing import Any, cast

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import SlackSettings
from adapters.slack.answer import Answers
from adapters.slack.desk import Desk, Identity
from adapters.slack.listen import listening
from adapters.slack.order import Errands
from adapters.slack.people import Directory
from adapters.slack.send import Speaker, Wire
from benchmarks.requests import BOT, CHANNEL, SECRET, TEAM, USER, Signed, command
from benchmarks.rounds import Contender
from bot.clock import SystemClock
from bot.ports import Receiver

Texts = Callable[[], str]


class Bolt:
    """One listener that does nothing, in the mode that answers fastest."""

    def __init__(self) -> None:
        self.app = AsyncApp(
            signing_secret=SECRET,
            process_before_response=True,
            authorize=_authorized,
            client=AsyncWebClient(),
        )
        self.app.command("/milestone")(_acknowledge)

    async def answer(self, asked: Signed) -> None:
        response = await self.app.async_dispatch(AsyncBoltRequest(body=asked.body, headers=_lists(asked)))
        assert response.status == 200


class Ours:
    """The signature check, the Bolt app, the desk and the answers of our adapter; ``receiver`` is the core.

    What would go to Slack is made into JSON and dropped."""

    def __init__(self, receiver: Receiver) -> None:
        clock = SystemClock()
        settings = SlackSettings(bot_token="xoxb-bench", clock=clock, signing_secret=SECRET)
        self._wire = _CutWire()
        wire = cast(Wire, self._wire)
        self._desk = Desk(
            receiver, Directory(wire, clock), Answers(wire, Speaker(wire), clock), _identity, clock
        )
        self._errand = self._desk.errands = _Awaited()
        self._app = listening(self._desk, _identity, settings)
        self._verifier = SignatureVerifier(SECRET)

    async def answer(self, asked: Signed) -> None:
        """Returns when the request is acknowledged and its answer has left."""
        await self.acknowledge(asked)
        await self._errand.last

    @property
    def rows_shown(self) -> int:
        """Of the table answered last, without its heading."""
        return sum(len(block["rows"]) - 1 for block in self._wire.said["blocks"] if block["type"] == "table")

    async def catch_up(self) -> None:
        """Answer what was only acknowledged."""
        await self._errand.finish()

    async def acknowledge(self, asked: Signed) -> None:
        """Returns when the request is acknowledged; its answer is left for later."""
        stamp, signature = asked.headers["x-slack-request-timestamp"], asked.headers["x-slack-signature"]
        assert self._verifier.is_valid(asked.body, stamp, signature)
        request = AsyncBoltRequest(body=asked.body, headers=_lists(asked))
        response = await self._app.async_dispatch(request)
        assert response.status == 200


def timed(
    answer: Callable[[Signed], Awaitable[None]],
    text: Texts,
    times: int,
    channel: str = CHANNEL,
    afterwards: Callable[[], Awaitable[None]] | None = None,
) -> Contender:
    """``times`` commands one after the other; seconds for one.  ``afterwards`` is not timed."""

    async def run() -> float:
        asked = [command(text(), channel) for _ in range(times)]
        begun = perf_counter()
        for each in asked:
            await answer(each)
        took = (perf_counter() - begun) / times
        if afterwards:
            await afterwards()
        return took

    return run


def _lists(asked: Signed) -> dict[str, Any]:
    return {name: [value] for name, value in asked.headers.items()}


async def _acknowledge(ack: AsyncAck) -> None:
    await ack()


async def _authorized() -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=None, team_id=TEAM, bot_token="xoxb-bench", bot_id="B0BENCH", bot_user_id=BOT
    )


async def _identity() -> Identity:
    return Identity(TEAM, BOT, "B0BENCH")


class _Awaited(Errands):
    """Tells when the newest errand is over."""

    last: asyncio.Future[None]

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        self.last = asyncio.get_running_loop().create_future()
        super().run(self._noted(work, self.last))

    async def _noted(self, work: Coroutine[Any, Any, None], over: asyncio.Future[None]) -> None:
        await work
        over.set_result(None)


class _CutWire:
    """Slack's answers, without Slack."""

    def __init__(self) -> None:
        self.session = SimpleNamespace(post=self._post)
        self.said: dict[str, Any] = {"blocks": []}

    async def ask(self, method: str, **arguments: Any) -> Any:
        profile = {"id": USER, "name": "ana", "real_name": "Ana Costa", "tz": "Europe/Berlin"}
        return {"ok": True, "user": {**profile, "team_id": TEAM}}

    async def call(self, method: str, **arguments: Any) -> Any:
        self.said = arguments
        json.dumps(arguments)
        return {
            "ok": True,
            "ts": "1.2",
            "channel": {"id": "D0BENCH01"} if method.endswith("open") else "D0BENCH01",
        }

    @asynccontextmanager
    async def _post(self, url: str, **given: Any) -> Any:
        self.said = given["json"]
        json.dumps(self.said)
        yield SimpleNamespace(raise_for_status=lambda: None)
