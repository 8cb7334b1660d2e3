"""Order within a conversation, side by side across conversations."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Lanes:
    """One lock per conversation, kept only while somebody holds or waits for it."""

    def __init__(self) -> None:
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def of(self, conversation: str) -> AsyncIterator[None]:
        lock, users = self._locks.get(conversation, (None, 0))
        lock = lock or asyncio.Lock()
        self._locks[conversation] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            self._leave(conversation)

    def _leave(self, conversation: str) -> None:
        lock, users = self._locks[conversation]
        if users == 1:
            del self._locks[conversation]
        else:
            self._locks[conversation] = (lock, users - 1)

    def __len__(self) -> int:
        return len(self._locks)
