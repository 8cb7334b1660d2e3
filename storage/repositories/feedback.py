"""What people said to whoever runs this."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select

from bot.domain.feedback import Feedback
from storage.tables import feedback
from storage.transaction import Transaction

_ROW = (feedback.c.id, feedback.c.workspace_id, feedback.c.by_id, feedback.c.at, feedback.c.words)
_mine = feedback.c.workspace_id == bindparam("of_workspace")
_LATEST = (
    select(*_ROW).where(_mine).order_by(feedback.c.at.desc(), feedback.c.id.desc()).limit(bindparam("most"))
)
_GET = select(*_ROW).where(_mine, feedback.c.id == bindparam("of_id"))
_SINCE = (
    select(func.count())
    .select_from(feedback)
    .where(_mine, feedback.c.by_id == bindparam("of_person"), feedback.c.at >= bindparam("since"))
)
_COUNT = select(func.count()).select_from(feedback)
_ADD = insert(feedback)


class FeedbackTable:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, said: Feedback) -> None:
        self._transaction.write(_ADD, {column.name: getattr(said, column.name) for column in _ROW})

    def get(self, workspace_id: str, feedback_id: str) -> Feedback | None:
        row = self._transaction.one(_GET, {"of_workspace": workspace_id, "of_id": feedback_id})
        return _feedback(row) if row else None

    def latest(self, workspace_id: str, most: int) -> tuple[Feedback, ...]:
        rows = self._transaction.all(_LATEST, {"of_workspace": workspace_id, "most": most})
        return tuple(map(_feedback, rows))

    def said_since(self, workspace_id: str, person_id: str, instant: datetime) -> int:
        values = {"of_workspace": workspace_id, "of_person": person_id, "since": instant}
        row = self._transaction.one(_SINCE, values)
        return int(row[0]) if row else 0

    def count(self) -> int:
        row = self._transaction.one(_COUNT, {})
        return int(row[0]) if row else 0


def _feedback(row: Sequence[Any]) -> Feedback:
    ident, workspace_id, by_id, at, words = row
    return Feedback(ident, workspace_id, by_id or "", at, words)
