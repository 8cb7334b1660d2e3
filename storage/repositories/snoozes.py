"""Reminders that rest for one person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.domain.snooze import Snooze
from storage.tables import snoozes
from storage.transaction import Transaction

_ROW = (snoozes.c.workspace_id, snoozes.c.milestone_id, snoozes.c.person_id, snoozes.c.until)
_mine = snoozes.c.workspace_id == bindparam("of_workspace")
_about = snoozes.c.milestone_id == bindparam("of_milestone")
_of = snoozes.c.person_id == bindparam("of_person")
_ABOUT = select(*_ROW).where(_mine, _about)
_OF = select(*_ROW).where(_mine, _of).order_by(snoozes.c.until)
_REMOVE = delete(snoozes).where(_mine, _about, _of)
_PUT = upsert(snoozes)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["workspace_id", "milestone_id", "person_id"], set_={"until": _PUT.excluded.until}
)


class SnoozesTable:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def put(self, snooze: Snooze) -> None:
        values = {column.name: getattr(snooze, column.name) for column in _ROW}
        self._transaction.write(_PUT, values)

    def about(self, workspace_id: str, milestone_id: str) -> tuple[Snooze, ...]:
        return self._several(_ABOUT, {"of_workspace": workspace_id, "of_milestone": milestone_id})

    def of(self, workspace_id: str, person_id: str) -> tuple[Snooze, ...]:
        return self._several(_OF, {"of_workspace": workspace_id, "of_person": person_id})

    def remove(self, workspace_id: str, milestone_id: str, person_id: str) -> None:
        values = {"of_workspace": workspace_id, "of_milestone": milestone_id, "of_person": person_id}
        self._transaction.write(_REMOVE, values)

    def _several(self, question: Select[Any], values: dict[str, str]) -> tuple[Snooze, ...]:
        return tuple(Snooze(*row) for row in self._transaction.all(question, values))
