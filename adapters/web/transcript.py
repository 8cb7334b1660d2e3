"""The lines of conversations: written and changed through the port, and those who watch are told."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from adapters.web import limits
from bot.clock import Clock
from bot.ports import Boards, Line
from bot.refs import ConversationRef

_POSITION = re.compile(r"([0-9]{1,15})\.([0-9]{1,15})")


@dataclass(frozen=True, slots=True)
class Position:
    """How far somebody has read: the last change, and the time of the newest line in milliseconds.

    A changed line is behind ``seq`` yet not newer than ``at``: it is drawn again but not counted as new.
    """

    seq: int = 0
    at: int = 0

    def __str__(self) -> str:
        return f"{self.seq}.{self.at}"

    @classmethod
    def parse(cls, text: str) -> Position | None:
        found = _POSITION.fullmatch(text)
        return cls(int(found[1]), int(found[2])) if found else None

    def after(self, lines: Iterable[Line]) -> Position:
        position = self
        for line in lines:
            position = Position(max(position.seq, line.seq), max(position.at, _milliseconds(line)))
        return position

    def is_before(self, line: Line) -> bool:
        return _milliseconds(line) > self.at


class Bell:
    """Wakes every open page of this process; closed, it stays silent and tells them to leave."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()
        self.closed = False

    def ring(self) -> None:
        for waiting in self._waiting:
            waiting.set()

    def close(self) -> None:
        self.closed = True
        self.ring()

    def listen(self) -> asyncio.Event:
        ear = asyncio.Event()
        self._waiting.add(ear)
        return ear

    def leave(self, ear: asyncio.Event) -> None:
        self._waiting.discard(ear)

    @property
    def listeners(self) -> int:
        return len(self._waiting)


class Conversations:
    """``add`` with an ``oid`` that was used before changes nothing and returns the earlier line."""

    def __init__(self, boards: Boards, clock: Clock, bell: Bell) -> None:
        self._boards = boards
        self._clock = clock
        self._bell = bell
        self._order = count()
        self._writing = asyncio.Lock()

    async def add(
        self,
        place: ConversationRef,
        payload: Mapping[str, Any],
        *,
        author: str = "",
        only_for: str = "",
        oid: str = "",
    ) -> Line:
        async with self._writing:
            line = await self.find(place, oid) if oid else None
            if line is not None:
                return line
            now = self._clock.now()
            fresh = Line(self._new_id(), str(place.root), author, payload, now, only_for=only_for, oid=oid)
            line = await self._boards.add_line(fresh)
        self._bell.ring()
        return line

    async def edit(self, place: ConversationRef, line_id: str, payload: Mapping[str, Any]) -> Line | None:
        line = await self._boards.edit_line(str(place.root), line_id, payload)
        self._bell.ring()
        return line

    async def find(self, place: ConversationRef, oid: str) -> Line | None:
        return await self._boards.line_by_oid(str(place.root), oid)

    async def since(self, place: ConversationRef, seq: int) -> tuple[Line, ...]:
        """Every line that is new or changed after ``seq``, in the order of the changes."""
        found: list[Line] = []
        while True:
            batch = await self._boards.lines(str(place.root), seq, limits.LINES_READ)
            found += batch
            if len(batch) < limits.LINES_READ:
                return tuple(found)
            seq = max(line.seq for line in batch)

    async def newest(self, place: ConversationRef) -> tuple[Line, ...]:
        """What the page shows of a conversation that is opened."""
        return await self._boards.lines(str(place.root), 0, limits.LINES_SHOWN)

    async def with_seq(self, place: ConversationRef, seq: int) -> Line | None:
        """The line whose last change was ``seq``."""
        most = 1 if seq > 1 else limits.LINES_READ
        found = await self._boards.lines(str(place.root), max(0, seq - 1), most)
        return next((line for line in found if line.seq == seq), None)

    async def shown(self, place: ConversationRef, line_id: str, seq: int, to: str) -> Line | None:
        """The line ``line_id`` as it is now, if it is in this place and ``to`` may see it.

        ``seq`` is the line's when it was last seen: no need to look further back.
        """
        if not line_id:
            return None
        candidates = await self.since(place, seq - 1)
        return next((line for line in candidates if line.id == line_id and visible_to(to, line)), None)

    def tell(self) -> None:
        """Something that pages show has changed although no line has: the clock."""
        self._bell.ring()

    def _new_id(self) -> str:
        """Sortable: two lines of one millisecond keep their order."""
        milliseconds = int(self._clock.now().timestamp() * 1000)
        return f"{milliseconds:013d}{next(self._order) % 10**6:06d}{secrets.token_hex(4)}"


def visible_to(person_id: str, line: Line) -> bool:
    return line.only_for in ("", person_id)


def _milliseconds(line: Line) -> int:
    return int(line.at.timestamp() * 1000)
