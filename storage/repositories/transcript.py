"""Conversations of a platform that has no servers of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.ports import Line
from storage.tables import line_numbers, lines
from storage.transaction import Transaction

_LINE = (
    lines.c.id,
    lines.c.conversation,
    lines.c.author,
    lines.c.payload,
    lines.c.at,
    lines.c.only_for,
    lines.c.seq,
    lines.c.oid,
)
_NEXT = (
    upsert(line_numbers)
    .values(last=1)
    .on_conflict_do_update(index_elements=["conversation"], set_={"last": line_numbers.c.last + 1})
    .returning(line_numbers.c.last)
)
_ADD = insert(lines)
_CONVERSATION = select(lines.c.conversation).where(lines.c.id == bindparam("of_id"))
_EDIT = (
    update(lines)
    .where(lines.c.id == bindparam("of_id"))
    .values(payload=bindparam("changed"), seq=bindparam("next"))
    .returning(*_LINE)
)
_here = lines.c.conversation == bindparam("of_conversation")
_SINCE = (
    select(*_LINE)
    .where(_here, lines.c.seq > bindparam("after"))
    .order_by(lines.c.seq)
    .limit(bindparam("most"))
)
_LATEST = select(*_LINE).where(_here).order_by(lines.c.place.desc()).limit(bindparam("most"))
_BY_OID = select(*_LINE).where(_here, lines.c.oid == bindparam("of_oid")).order_by(lines.c.place).limit(1)


class TranscriptTable:
    def __init__(self, transaction: Transaction, new_id: Callable[[], str]) -> None:
        self._transaction = transaction
        self._new_id = new_id

    def add(self, line: Line) -> Line:
        """A line without an id is given one."""
        stored = replace(line, id=line.id or self._new_id(), seq=self._next(line.conversation))
        values = {
            "id": stored.id,
            "conversation": stored.conversation,
            "author": stored.author,
            "payload": dict(stored.payload),
            "at": stored.at,
            "only_for": stored.only_for,
            "seq": stored.seq,
            "place": stored.seq,
            "oid": stored.oid,
        }
        self._transaction.write(_ADD, values)
        return stored

    def edit(self, line_id: str, payload: Mapping[str, Any]) -> Line | None:
        where = self._transaction.one(_CONVERSATION, {"of_id": line_id})
        if where is None:
            return None
        values = {"of_id": line_id, "changed": dict(payload), "next": self._next(where[0])}
        row = self._transaction.one(_EDIT, values)
        return Line(*row) if row else None

    def since(self, conversation: str, seq: int, most: int) -> tuple[Line, ...]:
        """In the order of changes."""
        values = {"of_conversation": conversation, "after": seq, "most": most}
        return tuple(Line(*row) for row in self._transaction.all(_SINCE, values))

    def latest(self, conversation: str, most: int) -> tuple[Line, ...]:
        """The newest lines, oldest of them first."""
        rows = self._transaction.all(_LATEST, {"of_conversation": conversation, "most": most})
        return tuple(Line(*row) for row in reversed(rows))

    def by_oid(self, conversation: str, oid: str) -> Line | None:
        row = (
            self._transaction.one(_BY_OID, {"of_conversation": conversation, "of_oid": oid}) if oid else None
        )
        return Line(*row) if row else None

    def _next(self, conversation: str) -> int:
        row = self._transaction.one(_NEXT, {"conversation": conversation})
        return int(row[0]) if row else 0
