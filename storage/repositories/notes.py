"""Notes of milestones.  Each change brings the words by which it is found along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, insert, select, update

from bot.domain.notes import Edit, Note
from bot.ports import NotePage, Which
from bot.refs import ConversationRef, MessageRef
from storage.repositories.findings import FindingsTable
from storage.tables import milestones, notes
from storage.transaction import Transaction

_NOTE = (
    notes.c.id,
    notes.c.workspace_id,
    notes.c.milestone_id,
    notes.c.author_id,
    notes.c.at,
    notes.c.text,
    notes.c.platform,
    notes.c.tenant,
    notes.c.chat,
    notes.c.thread,
    notes.c.message,
    notes.c.permalink,
    notes.c.edits,
    notes.c.removed_at,
)
_mine = notes.c.workspace_id == bindparam("of_workspace")
_this = (_mine, notes.c.id == bindparam("of_id"))
_GET = select(*_NOTE).where(*_this)
_AT = select(*_NOTE).where(
    notes.c.message != "",
    notes.c.platform == bindparam("of_platform"),
    notes.c.tenant == bindparam("of_tenant"),
    notes.c.chat == bindparam("of_chat"),
    notes.c.message == bindparam("of_message"),
)
_LAST_BY = (
    select(*_NOTE)
    .where(_mine, notes.c.author_id == bindparam("of_author"), notes.c.removed_at.is_(None))
    .order_by(notes.c.at.desc(), notes.c.id.desc())
    .limit(1)
)
_ADD = insert(notes)
_SAVE = update(notes).where(*_this)


@lru_cache(maxsize=32)
def _which(which: frozenset[str]) -> tuple[Select[Any], Select[Any]]:
    """A page, and how many there are, by what is asked for."""
    chosen = [_mine, notes.c.removed_at.is_(None), notes.c.text != ""]
    if "milestone_id" in which:
        chosen.append(notes.c.milestone_id == bindparam("of_milestone"))
    if "by_id" in which:
        chosen.append(notes.c.author_id == bindparam("of_author"))
    table: Any = notes
    if which & {"project_id", "owner_id"}:
        its = (milestones.c.workspace_id == notes.c.workspace_id) & (milestones.c.id == notes.c.milestone_id)
        table = notes.join(milestones, its)
    if "project_id" in which:
        chosen.append(milestones.c.project_id == bindparam("of_project"))
    if "owner_id" in which:
        chosen.append(milestones.c.owner_id == bindparam("of_owner"))
    newest = (notes.c.at.desc(), notes.c.id.desc())
    page = select(*_NOTE).select_from(table).where(*chosen).order_by(*newest)
    return page.limit(bindparam("most")).offset(bindparam("skip")), select(func.count()).select_from(
        table
    ).where(*chosen)


_COUNT_BY = select(func.count()).where(
    notes.c.workspace_id == bindparam("of_workspace"),
    notes.c.author_id == bindparam("of_author"),
    notes.c.at >= bindparam("since"),
)


class NotesTable:
    def __init__(self, transaction: Transaction, findings: FindingsTable) -> None:
        self._transaction = transaction
        self._findings = findings

    def add(self, note: Note) -> None:
        values = {"workspace_id": note.workspace_id, "id": note.id, **_values(note)}
        self._transaction.write(_ADD, values)
        self._findings.put_note(note)

    def save(self, note: Note) -> None:
        values = {"of_workspace": note.workspace_id, "of_id": note.id, **_values(note)}
        self._transaction.write(_SAVE, values)
        self._findings.put_note(note)

    def get(self, workspace_id: str, note_id: str) -> Note | None:
        row = self._transaction.one(_GET, {"of_workspace": workspace_id, "of_id": note_id})
        return _note(row) if row else None

    def at(self, message: MessageRef) -> Note | None:
        row = self._transaction.one(_AT, at_message(message))
        return _note(row) if row else None

    def count_by(self, workspace_id: str, author_id: str, since: datetime) -> int:
        values = {"of_workspace": workspace_id, "of_author": author_id, "since": since}
        row = self._transaction.one(_COUNT_BY, values)
        return int(row[0]) if row else 0

    def page(self, workspace_id: str, which: Which, number: int, size: int) -> NotePage:
        page, count = _which(asked_for(which))
        values = {**asked_values(workspace_id, which), "most": size, "skip": (max(number, 1) - 1) * size}
        found = tuple(map(_note, self._transaction.all(page, values)))
        row = self._transaction.one(count, asked_values(workspace_id, which))
        return NotePage(found, int(row[0]) if row else 0)

    def last_by(self, workspace_id: str, author_id: str) -> Note | None:
        row = self._transaction.one(_LAST_BY, {"of_workspace": workspace_id, "of_author": author_id})
        return _note(row) if row else None


def asked_for(which: Which) -> frozenset[str]:
    names = ("milestone_id", "project_id", "by_id", "owner_id")
    return frozenset(name for name in names if getattr(which, name))


def asked_values(workspace_id: str, which: Which) -> dict[str, Any]:
    values = {
        "of_milestone": which.milestone_id,
        "of_project": which.project_id,
        "of_author": which.by_id,
        "of_owner": which.owner_id,
    }
    return {"of_workspace": workspace_id, **{name: value for name, value in values.items() if value}}


def at_message(message: MessageRef) -> dict[str, str]:
    """The thread does not matter: a message id is unique in its conversation."""
    where = message.conversation
    return {
        "of_platform": where.platform,
        "of_tenant": where.workspace,
        "of_chat": where.id,
        "of_message": message.id,
    }


def message_values(message: MessageRef | None) -> dict[str, str]:
    if message is None:
        return dict.fromkeys(("platform", "tenant", "chat", "thread", "message"), "")
    where = message.conversation
    return {
        "platform": where.platform,
        "tenant": where.workspace,
        "chat": where.id,
        "thread": where.thread,
        "message": message.id,
    }


def message_of(fields: Sequence[str]) -> MessageRef | None:
    *where, message = fields
    return MessageRef(ConversationRef(*where), message) if message else None


def _values(note: Note) -> Mapping[str, Any]:
    return {
        "milestone_id": note.milestone_id,
        "author_id": note.author_id,
        "at": note.at,
        "text": note.text,
        **message_values(note.message),
        "permalink": note.permalink,
        "edits": [[edit.at.isoformat(), edit.text] for edit in note.edits],
        "removed_at": note.removed_at,
    }


def _note(row: Sequence[Any]) -> Note:
    ident, workspace_id, milestone_id, author_id, at, text, *where, permalink, edits, removed_at = row
    return Note(
        id=ident,
        workspace_id=workspace_id,
        milestone_id=milestone_id,
        author_id=author_id,
        at=at,
        text=text,
        message=message_of(where),
        permalink=permalink,
        edits=tuple(Edit(datetime.fromisoformat(then), words) for then, words in edits),
        removed_at=removed_at,
    )
