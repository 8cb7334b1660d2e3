"""Notes, files, their copies, and finding all of it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.files import KeptFile
from bot.domain.finding import Found
from bot.domain.notes import Note
from bot.refs import MessageRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Notes or files; empty means any.  ``owner_id``: of milestones owned by this person."""

    milestone_id: str = ""
    project_id: str = ""
    by_id: str = ""
    owner_id: str = ""


@dataclass(frozen=True, slots=True)
class NotePage:
    """One page, newest first, tombstones left out; ``total`` counts all pages."""

    notes: tuple[Note, ...]
    total: int


@dataclass(frozen=True, slots=True)
class FilePage:
    """Like `NotePage`."""

    files: tuple[KeptFile, ...]
    total: int


class Notes(Protocol):
    def add(self, note: Note) -> None: ...
    def save(self, note: Note) -> None: ...
    def get(self, workspace_id: str, note_id: str) -> Note | None: ...
    def at(self, message: MessageRef) -> Note | None:
        """The note that this message became."""
        ...

    def page(self, workspace_id: str, which: Which, number: int, size: int) -> NotePage: ...
    def count_by(self, workspace_id: str, author_id: str, since: datetime) -> int:
        """How many this person wrote from then on."""
        ...

    def last_by(self, workspace_id: str, author_id: str) -> Note | None:
        """This person's newest note that still stands."""
        ...


class Files(Protocol):
    def add(self, file: KeptFile) -> None: ...
    def save(self, file: KeptFile) -> None: ...
    def get(self, workspace_id: str, file_id: str) -> KeptFile | None: ...
    def at(self, message: MessageRef) -> tuple[KeptFile, ...]:
        """The files that came with this message."""
        ...

    def of_note(self, workspace_id: str, note_id: str) -> tuple[KeptFile, ...]: ...
    def page(self, workspace_id: str, which: Which, number: int, size: int) -> FilePage: ...
    def to_copy(self, most: int) -> tuple[KeptFile, ...]:
        """Files of any workspace whose content is wanted, oldest first."""
        ...

    def held(self, workspace_id: str) -> int:
        """Bytes of all copies of the workspace."""
        ...

    def forget_unclaimed(self, before: datetime) -> int:
        """Files whose sender never said which milestone they are for."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """Content of a file.  ``owner`` is ``str(PersonRef)`` of who uploaded it, empty for a fetched copy;
    ``sha256`` hex."""

    id: str
    owner: str
    name: str
    mime: str
    size: int
    sha256: str
    at: datetime
    content: bytes = b""


class Blobs(Protocol):
    def add(self, blob: Blob) -> None: ...
    def about(self, blob_id: str) -> Blob | None:
        """Everything but the content."""
        ...

    def get(self, blob_id: str) -> Blob | None: ...
    def remove(self, blob_id: str) -> None:
        """Unless a file still refers to it."""
        ...

    def forget_unclaimed(self, before: datetime) -> int:
        """Content that no file refers to."""
        ...


class Findings(Protocol):
    def find(self, workspace_id: str, words: Sequence[str], only_for: str = "") -> tuple[Found, ...]:
        """What holds every word (`bot.domain.finding.wanted`), the newest hundred of each kind, unordered.

        ``only_for``: an outsider's person id: milestones they own, and their own notes and files there.
        """
        ...
