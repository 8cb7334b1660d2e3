"""The queue of updates: numbered once, filtered when made, kept until a higher offset, a day at most."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from tests.fakes.telegram.refusals import OTHER_POLLER, Refusal
from tests.fakes.telegram.world import Json

FIRST_UPDATE_ID = 700_000_001
KEPT_SECONDS = 24 * 3600
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True)
class Update:
    id: int
    kind: str
    content: object
    made_at: float

    def as_json(self) -> Json:
        return {"update_id": self.id, self.kind: self.content}


class UpdateQueue:
    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._next_id = FIRST_UPDATE_ID
        self._waiting: list[Update] = []
        self._poll: asyncio.Future[None] | None = None
        self.polling = asyncio.Event()
        self.allowed: list[str] = []
        self.listeners: list[Callable[[Update], None]] = []
        self.all_made: list[Update] = []
        self.on_confirmed: Callable[[], None] = lambda: None

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, kind: str, content: object) -> Update | None:
        """None when the bot does not want this kind: what is not wanted now is never delivered later."""
        if not self._wanted(kind):
            return None
        update = Update(self._next_id, kind, content, self._now())
        self._next_id += 1
        self._waiting.append(update)
        self.all_made.append(update)
        for listener in self.listeners:
            listener(update)
        self._wake()
        return update

    def allow(self, kinds: list[str] | None) -> None:
        if kinds is not None:
            self.allowed = kinds

    def waiting(self) -> list[Update]:
        return list(self._waiting)

    def drop(self, update: Update) -> None:
        self._waiting = [kept for kept in self._waiting if kept.id != update.id]

    def clear(self) -> None:
        self._waiting = []

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Update]:
        self.stop_poller(OTHER_POLLER)
        self._confirm(offset)
        if not self._waiting and seconds > 0:
            await self._wait(seconds)
        return self._waiting[:limit]

    def stop_poller(self, refusal: Refusal) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(refusal)
        self._poll = None

    def _confirm(self, offset: int) -> None:
        oldest = self._now() - KEPT_SECONDS
        kept = [update for update in self._waiting if update.id >= offset and update.made_at >= oldest]
        self._waiting = self._waiting[offset:] if offset < 0 else kept
        self.on_confirmed()

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        self.polling.set()
        try:
            await asyncio.wait_for(poll, seconds)
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None
                self.polling.clear()

    def _wake(self) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT
