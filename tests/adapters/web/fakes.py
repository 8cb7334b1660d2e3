"""In place of the core and its storage: conversations in memory, and answers that a test chooses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.errors import UserError
from bot.messages import BotAdded, Incoming, Reply
from bot.ports import Blob, BoardPerson, BoardPlace, BoardView, Line
from bot.refs import PersonRef

ZONE = "Europe/Lisbon"
ANA = BoardPerson("ana", "Ana Costa", "Lead")
BORIS = BoardPerson("boris", "Boris Petrov", "Member")
CHEN = BoardPerson("chen", "Chen Wei", "Member")
PEOPLE = (ANA, BORIS, CHEN)
PLACES = (
    BoardPlace("site", "riverside-site", "Riverside House"),
    BoardPlace("beta", "beta-release", "Apex 2.0"),
)
STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "morning": timedelta(hours=16)}


class MovingClock:
    """A clock that the page may move, on top of another one."""

    def __init__(self, base: Clock) -> None:
        self._base = base
        self.ahead = timedelta()

    def now(self) -> datetime:
        return self._base.now() + self.ahead

    async def sleep(self, seconds: float) -> None:
        await self._base.sleep(seconds)


class MemoryBoards:
    """Implements `bot.ports.Boards`.  ``members`` are the accounts that may sign in."""

    def __init__(self, clock: MovingClock, *, demo: bool = True) -> None:
        self.clock = clock
        self.demo = demo
        self.members: dict[str, BoardPerson] = {}
        self.stored: list[Line] = []
        self.blobs: dict[str, Blob] = {}
        self.opened: set[tuple[str, str]] = set()
        self.phrases: dict[str, str] = {}
        self.on_clock: Callable[[], Awaitable[None]] | None = None
        self._seq = 0

    async def view(self, viewer: PersonRef | None) -> BoardView:
        now = self.clock.now()
        whole = BoardView(
            "Northwind Build",
            demo=self.demo,
            people=PEOPLE,
            places=PLACES,
            now=now,
            today=now.astimezone(ZoneInfo(ZONE)).date(),
            zone=ZONE,
            phrases=self.phrases,
        )
        return replace(whole, me=self._me(viewer)) if self.demo else self._signed_in(whole, viewer)

    def _me(self, viewer: PersonRef | None) -> BoardPerson | None:
        return next((person for person in PEOPLE if viewer and person.id == viewer.id), None)

    def _signed_in(self, whole: BoardView, viewer: PersonRef | None) -> BoardView:
        me = self.members.get(viewer.id) if viewer and viewer.workspace == "" else None
        return replace(whole, me=me, places=()) if me else BoardView("", phrases=self.phrases)

    async def sign_out(self, viewer: PersonRef) -> None:
        self.members.pop(viewer.id, None)

    async def add_line(self, line: Line) -> Line:
        stored = replace(line, seq=self._next())
        self.stored.append(stored)
        return stored

    async def edit_line(self, conversation: str, line_id: str, payload: Mapping[str, Any]) -> Line | None:
        for at, line in enumerate(self.stored):
            if (line.conversation, line.id) == (conversation, line_id):
                self.stored[at] = replace(line, payload=payload, seq=self._next())
                return self.stored[at]
        return None

    async def lines(self, conversation: str, since: int, most: int) -> tuple[Line, ...]:
        found = [line for line in self.stored if line.conversation == conversation and line.seq > since]
        return tuple(sorted(found, key=lambda line: line.seq)[:most] if since else found[-most:])

    async def line_by_oid(self, conversation: str, oid: str) -> Line | None:
        found = (line for line in self.stored if (line.conversation, line.oid) == (conversation, oid))
        return next(found, None)

    async def add_upload(self, blob: Blob) -> None:
        self.blobs[blob.id] = blob

    async def upload(self, blob_id: str) -> Blob | None:
        blob = self.blobs.get(blob_id)
        return replace(blob, content=b"") if blob else None

    async def content(self, blob_id: str) -> Blob | None:
        return self.blobs.get(blob_id)

    async def file(self, viewer: PersonRef, file_id: str) -> Blob | None:
        """`opened` says who may open what."""
        return self.blobs.get(file_id) if (viewer.id, file_id) in self.opened else None

    async def move_clock(self, step: str) -> datetime:
        if not self.demo:
            raise UserError("not_a_demo")
        self.clock.ahead += STEPS[step]
        if self.on_clock:
            await self.on_clock()
        return self.clock.now().astimezone(UTC)

    def _next(self) -> int:
        self._seq += 1
        return self._seq


Answer = Callable[[Incoming], Reply | None]


@dataclass
class ScriptedReceiver:
    """Implements `bot.ports.Receiver`: answers each key once, and remembers what came."""

    answer: Answer = lambda _incoming: None
    came: list[Incoming] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    async def receive(self, incoming: Incoming) -> Reply | None:
        if incoming.key in self.keys:
            return None
        self.keys.add(incoming.key)
        self.came.append(incoming)
        return self.answer(incoming)


@dataclass
class Door:
    """Answers a code: the right one lets the account in."""

    boards: MemoryBoards
    code: str
    person: BoardPerson
    welcome: Reply
    refusal: Reply

    def __call__(self, incoming: Incoming) -> Reply | None:
        if isinstance(incoming, BotAdded) and incoming.payload == self.code:
            self.boards.members[incoming.sender.ref.id] = self.person
            self.code = ""
            return self.welcome
        return self.refusal
