"""Arrivals: in order within a conversation, each once, and finished before an orderly stop."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Final
from weakref import WeakValueDictionary

REMEMBERED: Final = 10_000
log = logging.getLogger(__name__)


class Turns:
    """Who comes first is served first, also while their profile is still being asked for."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        lock = self._locks.get(key)
        if lock is None:
            self._locks[key] = lock = asyncio.Lock()
        async with lock:
            yield


class Once:
    """One effect per key in this process: a second arrival waits for the first and shares its fate.

    The inbox does this for what changes anything; this spares people two answers to a question that
    arrived both as a message and as a mention.
    """

    def __init__(self) -> None:
        self._done: OrderedDict[str, None] = OrderedDict()
        self._running: dict[str, asyncio.Task[None]] = {}

    async def do(self, key: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        if key in self._done:
            return
        if key not in self._running:
            task = asyncio.ensure_future(work())
            self._running[key] = task
            task.add_done_callback(lambda done: self._settled(key, done))
        await asyncio.shield(self._running[key])

    def _settled(self, key: str, task: asyncio.Task[None]) -> None:
        self._running.pop(key, None)
        if task.cancelled() or task.exception():
            return
        self._done[key] = None
        while len(self._done) > REMEMBERED:
            self._done.popitem(last=False)


class Errands:
    """Work that goes on after the acknowledgement."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._over)

    async def finish(self, within: float = 5.0) -> None:
        """Waits ``within`` seconds; what is not done by then is cancelled."""
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=within)
        for task in late:
            task.cancel()

    def _over(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("an answer failed after its acknowledgement", exc_info=error)
