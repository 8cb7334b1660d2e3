"""History: written once.  The database itself refuses to change or delete it (migration 0002)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, exists, func, insert, select, update

from bot.domain.history import Action, Cause, History
from bot.domain.undoing import standing
from storage.tables import history, people
from storage.transaction import Transaction

_MOST_LOOKED_AT = 50
_CANNOT_BE_UNDONE = (Action.UNDONE, Action.CAUSE_NAMED)

_actor = people.alias("actor")
_read = history.outerjoin(
    _actor, (_actor.c.workspace_id == history.c.workspace_id) & (_actor.c.id == history.c.actor_id)
)
_actor_now = func.coalesce(_actor.c.merged_into, history.c.actor_id)
_HISTORY = (
    history.c.id,
    history.c.workspace_id,
    history.c.milestone_id,
    history.c.at,
    _actor_now,
    history.c.action,
    history.c.before,
    history.c.after,
    history.c.version,
    history.c.cause,
    history.c.note,
    history.c.batch_id,
    history.c.proposed_by,
)
_mine = history.c.workspace_id == bindparam("of_workspace")
_newest_first = (history.c.at.desc(), history.c.id.desc())
_GET = select(*_HISTORY).select_from(_read).where(_mine, history.c.id == bindparam("of_id"))
_OF = (
    select(*_HISTORY)
    .select_from(_read)
    .where(_mine, history.c.milestone_id == bindparam("of_milestone"))
    .order_by(*_newest_first)
    .limit(bindparam("most"))
)
_OF_BATCH = (
    select(*_HISTORY)
    .select_from(_read)
    .where(_mine, history.c.batch_id == bindparam("of_batch"), history.c.batch_id != "")
    .order_by(*_newest_first)
)
_undo = history.alias("undo")
_was_undone = exists().where(
    _undo.c.workspace_id == history.c.workspace_id,
    _undo.c.milestone_id == history.c.milestone_id,
    _undo.c.action == Action.UNDONE.value,
    _undo.c.version == history.c.version + 1,
)
_selves = select(people.c.id).where(
    people.c.workspace_id == bindparam("of_workspace"), people.c.merged_into == bindparam("of_actor")
)
_LAST_BY = (
    select(*_HISTORY)
    .select_from(_read)
    .where(
        _mine,
        (history.c.actor_id == bindparam("of_actor")) | history.c.actor_id.in_(_selves),
        *(history.c.action != action.value for action in _CANNOT_BE_UNDONE),
        ~_was_undone,
    )
    .order_by(*_newest_first)
    .limit(bindparam("most"))
)
_ADD = insert(history)
_NAME_CAUSE = update(history).where(_mine, history.c.id == bindparam("of_id"), history.c.cause == "")


class HistoriesTable:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, entry: History) -> None:
        values = {
            "workspace_id": entry.workspace_id,
            "id": entry.id,
            "milestone_id": entry.milestone_id,
            "at": entry.at,
            "actor_id": entry.actor_id,
            "action": entry.action.value,
            "before": dict(entry.before),
            "after": dict(entry.after),
            "version": entry.version,
            "cause": entry.cause.value if entry.cause else "",
            "note": entry.note,
            "batch_id": entry.batch_id,
            "proposed_by": entry.proposed_by,
        }
        self._transaction.write(_ADD, values)

    def get(self, workspace_id: str, history_id: str) -> History | None:
        row = self._transaction.one(_GET, {"of_workspace": workspace_id, "of_id": history_id})
        return _history(row) if row else None

    def of(self, workspace_id: str, milestone_id: str, most: int = 50) -> tuple[History, ...]:
        values = {"of_workspace": workspace_id, "of_milestone": milestone_id, "most": most}
        return tuple(map(_history, self._transaction.all(_OF, values)))

    def of_batch(self, workspace_id: str, batch_id: str) -> tuple[History, ...]:
        values = {"of_workspace": workspace_id, "of_batch": batch_id}
        return tuple(map(_history, self._transaction.all(_OF_BATCH, values)))

    def last_by(self, workspace_id: str, actor_id: str) -> History | None:
        """An undo mostly makes the version after the one it undoes; who undoes again and again needs the
        whole story of the milestone."""
        values = {"of_workspace": workspace_id, "of_actor": actor_id}
        newest = self._transaction.one(_LAST_BY, values | {"most": 1})
        if newest is None or self._stands(_history(newest)):
            return _history(newest) if newest else None
        older = map(_history, self._transaction.all(_LAST_BY, values | {"most": _MOST_LOOKED_AT}))
        return next(filter(self._stands, older), None)

    def _stands(self, entry: History) -> bool:
        story = self.of(entry.workspace_id, entry.milestone_id, _MOST_LOOKED_AT)
        return entry.id in {other.id for other in standing(story)}

    def name_cause(self, workspace_id: str, history_id: str, cause: str) -> None:
        values = {"of_workspace": workspace_id, "of_id": history_id, "cause": Cause(cause).value}
        self._transaction.write(_NAME_CAUSE, values)


def _history(row: Sequence[Any]) -> History:
    ident, workspace_id, milestone_id, at, actor_id, action, *others = row
    before, after, version, cause, note, batch_id, proposed_by = others
    return History(
        id=ident,
        workspace_id=workspace_id,
        milestone_id=milestone_id,
        at=at,
        actor_id=actor_id or "",
        action=Action(action),
        before=before,
        after=after,
        version=version,
        cause=Cause(cause) if cause else None,
        note=note,
        batch_id=batch_id,
        proposed_by=proposed_by or "",
    )
