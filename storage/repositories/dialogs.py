"""Questions that wait for one person's answer in one conversation."""

from __future__ import annotations

from sqlalchemy import bindparam, delete
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.ports import Dialog
from storage.tables import dialogs
from storage.transaction import Transaction

_NAMES = ("workspace_id", "person_id", "conversation", "verb", "asked", "field", "asked_at")
_PUT = upsert(dialogs)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["workspace_id", "person_id", "conversation"],
    set_={name: _PUT.excluded[name] for name in ("verb", "asked", "field", "asked_at")},
)
_TAKE = (
    delete(dialogs)
    .where(
        dialogs.c.workspace_id == bindparam("of_workspace"),
        dialogs.c.person_id == bindparam("of_person"),
        dialogs.c.conversation == bindparam("of_conversation"),
    )
    .returning(*(dialogs.c[name] for name in _NAMES))
)


class DialogsTable:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def put(self, dialog: Dialog) -> None:
        values = {
            "workspace_id": dialog.workspace_id,
            "person_id": dialog.person_id,
            "conversation": dialog.conversation,
            "verb": dialog.verb,
            "asked": dict(dialog.asked),
            "field": dialog.field,
            "asked_at": dialog.asked_at,
        }
        self._transaction.write(_PUT, values)

    def take(self, workspace_id: str, person_id: str, conversation: str) -> Dialog | None:
        values = {"of_workspace": workspace_id, "of_person": person_id, "of_conversation": conversation}
        row = self._transaction.one(_TAKE, values)
        return Dialog(**dict(zip(_NAMES, row, strict=True))) if row else None
