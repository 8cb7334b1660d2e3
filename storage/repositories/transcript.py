"""Conversations of a platform that has no servers of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.ports import Line
from storage.tables import line_numbers, lines
from storage.transaction import Transaction

MOST_LINES = 2_000
"""What a conversation keeps at least; nobody scrolls further back on the page."""
SWEPT_EVERY = 100

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
_line = (lines.c.id == bindparam("of_id"), lines.c.conversation == bindparam("of_conversation"))
_CONVERSATION = select(lines.c.conversation).where(*_line)
_EDIT = (
    update(lines).where(*_line).values(payload=bindparam("changed"), seq=bindparam("next")).returning(*_LINE)
)
_SWEEP = delete(lines).where(
    lines.c.conversation == bindparam("of_conversation"), lines.c.place <= bindparam("until")
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
        self._sweep(stored)
        return stored

    def _sweep(self, newest: Line) -> None:
        """A conversation keeps its newest lines; a milestone's card among older ones is posted anew."""
        if newest.seq % SWEPT_EVERY == 0 and newest.seq > MOST_LINES:
            values = {"of_conversation": newest.conversation, "until": newest.seq - MOST_LINES}
            self._transaction.write(_SWEEP, values)

    def edit(self, conversation: str, line_id: str, payload: Mapping[str, Any]) -> Line | None:
        """None when there is no such line in this conversation."""
        this = {"of_id": line_id, "of_conversation": conversation}
        if self._transaction.one(_CONVERSATION, this) is None:
            return None
        values = this | {"changed": dict(payload), "next": self._next(conversation)}
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
