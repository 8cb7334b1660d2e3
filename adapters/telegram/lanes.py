"""Work in order within a lane, side by side across lanes."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Lanes:
    def __init__(self) -> None:
        self._last: dict[str, asyncio.Task[Any]] = {}
        self._all: set[asyncio.Task[Any]] = set()

    def add(self, lane: str, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Starts ``work`` once everything added to this lane before has ended, however it ended."""
        task = asyncio.get_running_loop().create_task(_after(self._last.get(lane), work))
        self._last[lane] = task
        self._all.add(task)
        task.add_done_callback(lambda done: self._forget(lane, done))
        return task

    async def drain(self, seconds: float) -> None:
        """Waits for what was added; what takes longer than that is cancelled."""
        if not self._all:
            return
        _, late = await asyncio.wait(self._all, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _forget(self, lane: str, done: asyncio.Task[Any]) -> None:
        self._all.discard(done)
        if self._last.get(lane) is done:
            del self._last[lane]


async def _after(before: asyncio.Task[Any] | None, work: Coroutine[Any, Any, T]) -> T:
    try:
        if before is not None:
            await asyncio.wait({before})
    except asyncio.CancelledError:
        work.close()
        raise
    return await work
