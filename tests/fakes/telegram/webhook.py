"""Delivery by webhook: in order within a chat, side by side across chats, tried again until a 2xx."""

import asyncio
from collections import defaultdict, deque
from contextlib import suppress
from typing import cast

import aiohttp

from tests.fakes.telegram.state import State
from tests.fakes.telegram.updates import Update
from tests.fakes.telegram.world import Json

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_WAIT_SECONDS = 60.0


class WebhookDelivery:
    def __init__(self, state: State, first_wait: float) -> None:
        self._state = state
        self._first_wait = first_wait
        self._lanes: dict[object, deque[Update]] = defaultdict(deque)
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._closed = asyncio.Event()
        state.updates.listeners.append(self._accept)

    def begin(self) -> None:
        """Delivers what was waiting when the webhook was set."""
        for update in self._state.updates.waiting():
            self._accept(update)

    async def close(self) -> None:
        self._closed.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _accept(self, update: Update) -> None:
        if not self._state.webhook.url:
            return
        lane = _lane(update)
        self._lanes[lane].append(update)
        if len(self._lanes[lane]) == 1:
            task = asyncio.get_running_loop().create_task(self._drain(lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _drain(self, lane: object) -> None:
        while self._lanes[lane]:
            await self._deliver(self._lanes[lane][0])
            self._lanes[lane].popleft()

    async def _deliver(self, update: Update) -> None:
        wait = self._first_wait
        while self._state.webhook.url and update in self._state.updates.waiting():
            if await self._accepted(update):
                self._state.updates.drop(update)
                return
            await self._rest(wait)
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)

    async def _rest(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closed.wait(), seconds)

    async def _accepted(self, update: Update) -> bool:
        hook = self._state.webhook
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        self._session = self._session or aiohttp.ClientSession()
        try:
            async with self._session.post(hook.url, json=update.as_json(), headers=headers) as answer:
                status = answer.status
        except aiohttp.ClientError as error:
            hook.last_error = (self._state.second, str(error))
            return False
        if not 200 <= status < 300:
            hook.last_error = (self._state.second, f"Wrong response from the webhook: {status}")
        return 200 <= status < 300


def _lane(update: Update) -> object:
    content = cast(Json, update.content) if isinstance(update.content, dict) else {}
    message = content.get("message", content)
    chat = message.get("chat", {}) if isinstance(message, dict) else {}
    return chat.get("id") if isinstance(chat, dict) else None
