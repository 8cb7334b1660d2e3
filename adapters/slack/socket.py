"""Socket Mode: one connection outward, each envelope acknowledged on the socket that brought it."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

import aiohttp
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack.send import Wire
from bot.clock import Clock
from bot.errors import DeliveryError

Dispatch = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]
PING_EVERY: Final = 10.0  # seconds; a socket that does not answer is given up after half of it
LONGEST_PAUSE: Final = 60.0
log = logging.getLogger(__name__)


class Socket:
    """Reconnects for ever: on a disconnect frame at once, after a failure with growing pauses."""

    def __init__(self, wire: Wire, app_token: str, dispatch: Dispatch, clock: Clock) -> None:
        self._wire, self._app_token = wire, app_token
        self._dispatch, self._clock = dispatch, clock
        self._envelopes: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        failures = 0
        while True:
            try:
                await self._one_connection()
                failures = 0
            except (DeliveryError, aiohttp.ClientError, OSError, TimeoutError) as error:
                failures += 1
                pause = min(LONGEST_PAUSE, 2.0 ** min(failures, 6))
                log.warning("Slack's socket is closed (%s); again in %.0f s", error, pause)
                await self._clock.sleep(pause)

    async def _one_connection(self) -> None:
        """Returns when Slack asks for a new connection; raises when this one failed."""
        answer = await self._wire.call_as(self._app_token, "apps.connections.open")
        async with self._wire.session.ws_connect(answer["url"], heartbeat=PING_EVERY) as socket:
            async for frame in socket:
                if frame.type is aiohttp.WSMsgType.TEXT and not await self._frame(socket, frame.data):
                    break
            await self._finished()
        if socket.close_code is None or socket.close_code == aiohttp.WSCloseCode.ABNORMAL_CLOSURE:
            raise ConnectionError("the connection was lost")

    async def _frame(self, socket: aiohttp.ClientWebSocketResponse, text: str) -> bool:
        """False when this connection is over."""
        frame = _decoded(text)
        match frame.get("type"):
            case "disconnect":
                return frame.get("reason") == "warning"
            case str() if "envelope_id" in frame:
                self._start(self._envelope(socket, frame))
        return True

    def _start(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._envelopes.add(task)
        task.add_done_callback(self._over)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._envelopes.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("an envelope was not acknowledged", exc_info=error)

    async def _envelope(self, socket: aiohttp.ClientWebSocketResponse, frame: dict[str, Any]) -> None:
        """Without an acknowledgement Slack delivers an event again, which is what a failure wants."""
        headers: dict[str, str | Sequence[str]] = (
            {"x-slack-retry-num": [str(frame["retry_attempt"])]} if frame.get("retry_attempt") else {}
        )
        request = AsyncBoltRequest(mode="socket_mode", body=frame.get("payload", {}), headers=headers)
        answer = await self._dispatch(request)
        if answer.status == 200 and not socket.closed:
            await socket.send_json(_acknowledgement(frame["envelope_id"], answer))

    async def _finished(self) -> None:
        """What has arrived is acknowledged before the socket goes."""
        if self._envelopes:
            await asyncio.wait(self._envelopes, timeout=3.0)


def _decoded(text: str) -> dict[str, Any]:
    try:
        frame = json.loads(text)
    except ValueError:
        log.warning("Slack sent a frame that is not JSON")
        return {}
    return frame if isinstance(frame, dict) else {}


def _acknowledgement(envelope_id: str, answer: BoltResponse) -> dict[str, Any]:
    if not answer.body:
        return {"envelope_id": envelope_id}
    is_json = answer.headers.get("content-type", [""])[0].startswith("application/json")
    return {
        "envelope_id": envelope_id,
        "payload": json.loads(answer.body) if is_json else {"text": answer.body},
    }
