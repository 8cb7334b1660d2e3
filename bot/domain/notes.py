"""What people say about a milestone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.milestone import NOTE_LIMIT
from bot.refs import MessageRef

EDITS_KEPT = 20


@dataclass(frozen=True, slots=True)
class Edit:
    """The words that stood there until ``at`` (aware UTC)."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """At most `NOTE_LIMIT` characters; empty when only files came.

    ``message`` is where it was said and ``permalink`` leads there, where the platform has such a thing;
    ``edits`` are its earlier words, oldest first.  A note that was taken back or whose message was deleted
    stays as a tombstone: ``removed_at`` is set, and no word of it is left.
    """

    id: str
    workspace_id: str
    milestone_id: str
    author_id: str
    at: datetime
    text: str
    message: MessageRef | None = None
    permalink: str = ""
    edits: tuple[Edit, ...] = ()
    removed_at: datetime | None = None

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None


def edited(note: Note, text: str, at: datetime) -> Note:
    """With new words; nothing brings a tombstone back."""
    text = text.strip()[:NOTE_LIMIT]
    if note.is_removed or text == note.text:
        return note
    return replace(note, text=text, edits=(*note.edits, Edit(at, note.text))[-EDITS_KEPT:])


def removed(note: Note, at: datetime) -> Note:
    return note if note.is_removed else replace(note, text="", edits=(), removed_at=at)
