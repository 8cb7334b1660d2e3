"""When to look at what again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.ports import Due
from storage.tables import due
from storage.transaction import Transaction

_PUT = upsert(due)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["subject"],
    set_={"at": _PUT.excluded.at, "workspace_id": _PUT.excluded.workspace_id},
)
_REMOVE = delete(due).where(
    due.c.subject == bindparam("of_subject"), due.c.workspace_id == bindparam("of_workspace")
)
_TAKE = (
    select(due.c.at, due.c.workspace_id, due.c.subject)
    .where(due.c.at <= bindparam("now"))
    .order_by(due.c.at, due.c.subject)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)


class DueRows:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def put(self, due: Due) -> None:
        values = {"at": due.at, "workspace_id": due.workspace_id, "subject": due.subject}
        self._transaction.write(_PUT, values)

    def remove(self, workspace_id: str, subject: str) -> None:
        self._transaction.write(_REMOVE, {"of_subject": subject, "of_workspace": workspace_id})

    def take(self, now: datetime, most: int) -> tuple[Due, ...]:
        return tuple(Due(*row) for row in self._transaction.all(_TAKE, {"now": now, "most": most}))
