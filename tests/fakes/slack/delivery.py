"""How the server reaches the bot: over a socket if one is open, else signed HTTP to the bot's address."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.fakes.slack.core import Slack

Json = dict[str, Any]
RETRIES = 3
SOCKET_KIND = {"event": "events_api", "command": "slash_commands", "interaction": "interactive"}


@dataclass(eq=False)
class Delivery:
    """One thing handed to the bot. `attempts` counts tries, `acked` turns true with the first good answer."""

    kind: str  # event, command or interaction
    payload: Json
    id: str
    attempts: int = 0
    answer: Any = None
    statuses: list[int] = field(default_factory=list)
    done: asyncio.Event = field(default_factory=asyncio.Event)
    acked: bool = False

    def finish(self, answer: Any) -> None:
        self.acked, self.answer = True, answer
        self.done.set()

    def give_up(self) -> None:
        self.done.set()

    @property
    def retried(self) -> bool:
        """Slack delivers events again; a command or a press that fails is lost."""
        return self.kind == "event"


def signed(secret: str, body: bytes, now: float) -> dict[str, str]:
    timestamp = str(int(now))
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def encoded(delivery: Delivery) -> tuple[bytes, str]:
    if delivery.kind == "event":
        return json.dumps(delivery.payload).encode(), "application/json"
    fields = delivery.payload if delivery.kind == "command" else {"payload": json.dumps(delivery.payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


class HttpDelivery:
    """Posts to one request URL, as Slack does when Socket Mode is off."""

    def __init__(self, slack: Slack, url: str, patience: float = 3.0) -> None:
        self.slack, self.url, self.patience = slack, url, patience
        self._session: aiohttp.ClientSession | None = None
        self._told_to_stop = False

    async def deliver(self, delivery: Delivery) -> None:
        tries = 1 + (RETRIES if delivery.retried else 0)
        for attempt in range(tries):
            if await self._attempt(delivery, attempt) or self._told_to_stop:
                break
        delivery.done.set()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _attempt(self, delivery: Delivery, attempt: int) -> bool:
        body, content_type = encoded(delivery)
        headers = signed(self.slack.signing_secret, body, self.slack.clock()) | {"Content-Type": content_type}
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_error"}
        delivery.attempts += 1
        status, answer = await self.post(body, headers)
        delivery.statuses.append(status)
        if 200 <= status < 300:
            delivery.finish(answer)
        return delivery.acked

    async def post(self, body: bytes, headers: dict[str, str]) -> tuple[int, Any]:
        """Status 0 stands for no answer in time."""
        self._told_to_stop = False
        if self._session is None:
            self._session = aiohttp.ClientSession()
        limit = aiohttp.ClientTimeout(total=self.patience)
        try:
            async with self._session.post(self.url, data=body, headers=headers, timeout=limit) as response:
                self._told_to_stop = response.headers.get("x-slack-no-retry") == "1"
                return response.status, _decoded(await response.text())
        except (TimeoutError, aiohttp.ClientError):
            return 0, None


def _decoded(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text
