"""The web page's conversations and boards, and the demo's clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from bot.ports.notes import Blob
from bot.refs import PersonRef


class DemoTime(Protocol):
    def ahead(self) -> float:
        """Seconds the demo clock runs ahead."""
        ...

    def set_ahead(self, seconds: float) -> None:
        """Never goes down."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """One message on the page.  ``payload`` is the web adapter's own JSON; ``author`` a person's
    external id or empty for Milepost; ``only_for`` an external id when private; ``seq`` grows with every
    change, so that "what is new since" includes edits."""

    id: str
    conversation: str
    author: str
    payload: Mapping[str, Any]
    at: datetime
    only_for: str = ""
    seq: int = 0
    oid: str = ""


class Transcript(Protocol):
    """Where a platform without its own servers keeps its conversations."""

    def add(self, line: Line) -> Line: ...
    def edit(self, conversation: str, line_id: str, payload: Mapping[str, Any]) -> Line | None: ...
    def since(self, conversation: str, seq: int, most: int) -> tuple[Line, ...]: ...
    def latest(self, conversation: str, most: int) -> tuple[Line, ...]: ...
    def by_oid(self, conversation: str, oid: str) -> Line | None: ...


@dataclass(frozen=True, slots=True)
class BoardPerson:
    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class BoardPlace:
    id: str
    name: str
    project: str = ""


@dataclass(frozen=True, slots=True)
class BoardView:
    """What the page needs to draw itself.  ``demo``: any of ``people`` may be acted as and the clock can be
    moved; otherwise ``me`` is who signed in (None: ask for a code from ``/ms link``).  ``phrases`` are the
    page's own sentences, already translated."""

    workspace: str
    demo: bool = False
    me: BoardPerson | None = None
    people: tuple[BoardPerson, ...] = ()
    places: tuple[BoardPlace, ...] = ()
    now: datetime | None = None
    today: date | None = None
    zone: str = "UTC"
    phrases: Mapping[str, str] = field(default_factory=dict)


class Boards(Protocol):
    """Read-only queries for pages, and the demo's clock."""

    async def view(self, viewer: PersonRef | None) -> BoardView: ...

    async def sign_out(self, viewer: PersonRef) -> None:
        """This account is nobody's any more: whoever holds its session is a stranger again."""
        ...

    async def add_line(self, line: Line) -> Line: ...

    async def edit_line(self, conversation: str, line_id: str, payload: Mapping[str, Any]) -> Line | None: ...

    async def lines(self, conversation: str, since: int, most: int) -> tuple[Line, ...]:
        """What changed after ``since``, in the order of changes; since 0, the newest lines, oldest first."""
        ...

    async def line_by_oid(self, conversation: str, oid: str) -> Line | None: ...

    async def add_upload(self, blob: Blob) -> None:
        """Keep what somebody hands in, until a message says what it is for."""
        ...

    async def upload(self, blob_id: str) -> Blob | None:
        """What was handed in, without its content."""
        ...

    async def content(self, blob_id: str) -> Blob | None: ...

    async def file(self, viewer: PersonRef, file_id: str) -> Blob | None:
        """The content we hold of a kept file, under the name it is kept by; None also when ``viewer`` may
        not see it."""
        ...

    async def move_clock(self, step: str) -> datetime:
        """``step`` is hour, day or morning (the next working one).  Raises `UserError` outside the demo.

        Returns when everything due by then was planned and sent.
        """
        ...
