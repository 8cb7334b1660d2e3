"""The ledger: written once.  The database itself refuses to change or delete it (migration 0008)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, exists, func, insert, select

from bot.domain.ledger import Deed, Entry, Kind, Subject
from storage.tables import ledger, people
from storage.transaction import Transaction

_actor = people.alias("ledger_actor")
_read = ledger.outerjoin(
    _actor, (_actor.c.workspace_id == ledger.c.workspace_id) & (_actor.c.id == ledger.c.actor_id)
)
_ENTRY = (
    ledger.c.id,
    ledger.c.workspace_id,
    ledger.c.kind,
    ledger.c.subject_id,
    ledger.c.at,
    func.coalesce(_actor.c.merged_into, ledger.c.actor_id),
    ledger.c.deed,
    ledger.c.before,
    ledger.c.after,
    ledger.c.batch_id,
    ledger.c.undoes,
)
_mine = ledger.c.workspace_id == bindparam("of_workspace")
_newest_first = (ledger.c.at.desc(), ledger.c.id.desc())
_ENTRIES = select(*_ENTRY).select_from(_read).where(_mine)
_GET = _ENTRIES.where(ledger.c.id == bindparam("of_id"))
_OF = (
    _ENTRIES.where(ledger.c.kind == bindparam("of_kind"), ledger.c.subject_id == bindparam("of_subject"))
    .order_by(*_newest_first)
    .limit(bindparam("most"))
)
_OF_BATCH = _ENTRIES.where(ledger.c.batch_id == bindparam("of_batch"), ledger.c.batch_id != "").order_by(
    *_newest_first
)
_undo = ledger.alias("undo")
_was_undone = exists().where(
    _undo.c.workspace_id == ledger.c.workspace_id, _undo.c.undoes == ledger.c.id, _undo.c.undoes != ""
)
_selves = select(people.c.id).where(
    people.c.workspace_id == bindparam("of_workspace"), people.c.merged_into == bindparam("of_actor")
)
_LAST_BY = (
    _ENTRIES.where(
        (ledger.c.actor_id == bindparam("of_actor")) | ledger.c.actor_id.in_(_selves),
        ledger.c.deed != Deed.UNDONE.value,
        ledger.c.deed != Deed.JOINED.value,  # nobody leaves by taking a word back
        ~_was_undone,
    )
    .order_by(*_newest_first)
    .limit(1)
)
_ADD = insert(ledger)


class LedgerTable:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, entry: Entry) -> None:
        values = {
            "workspace_id": entry.workspace_id,
            "id": entry.id,
            "kind": entry.subject.kind.value,
            "subject_id": entry.subject.id,
            "at": entry.at,
            "actor_id": entry.actor_id,
            "deed": entry.deed.value,
            "before": dict(entry.before),
            "after": dict(entry.after),
            "batch_id": entry.batch_id,
            "undoes": entry.undoes,
        }
        self._transaction.write(_ADD, values)

    def get(self, workspace_id: str, entry_id: str) -> Entry | None:
        row = self._transaction.one(_GET, {"of_workspace": workspace_id, "of_id": entry_id})
        return _entry(row) if row else None

    def of(self, workspace_id: str, subject: Subject, most: int = 50) -> tuple[Entry, ...]:
        values = {
            "of_workspace": workspace_id,
            "of_kind": subject.kind.value,
            "of_subject": subject.id,
            "most": most,
        }
        return tuple(map(_entry, self._transaction.all(_OF, values)))

    def of_batch(self, workspace_id: str, batch_id: str) -> tuple[Entry, ...]:
        values = {"of_workspace": workspace_id, "of_batch": batch_id}
        return tuple(map(_entry, self._transaction.all(_OF_BATCH, values)))

    def last_by(self, workspace_id: str, actor_id: str) -> Entry | None:
        row = self._transaction.one(_LAST_BY, {"of_workspace": workspace_id, "of_actor": actor_id})
        return _entry(row) if row else None


def _entry(row: Sequence[Any]) -> Entry:
    ident, workspace_id, kind, subject_id, at, actor_id, deed, before, after, batch_id, undoes = row
    return Entry(
        id=ident,
        workspace_id=workspace_id,
        subject=Subject(Kind(kind), subject_id),
        at=at,
        actor_id=actor_id or "",
        deed=Deed(deed),
        before=before,
        after=after,
        batch_id=batch_id,
        undoes=undoes,
    )
