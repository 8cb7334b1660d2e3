"""The phases of projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from bot.domain.phases import Phase
from storage.tables import phases
from storage.transaction import Transaction

_PHASE = tuple(
    phases.c[name] for name in ("id", "workspace_id", "project_id", "name", "position", "exit", "withdrawn")
)
_mine = phases.c.workspace_id == bindparam("of_workspace")
_this = (_mine, phases.c.id == bindparam("of_id"))
_GET = select(*_PHASE).where(*_this)
_OF = (
    select(*_PHASE)
    .where(_mine, phases.c.project_id == bindparam("of_project"), phases.c.withdrawn.is_(False))
    .order_by(phases.c.position, phases.c.id)
)
_ADD = insert(phases)
_SAVE = update(phases).where(*_this)


class PhasesTable:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, workspace_id: str, phase_id: str) -> Phase | None:
        row = self._transaction.one(_GET, {"of_workspace": workspace_id, "of_id": phase_id})
        return _phase(row) if row else None

    def of(self, workspace_id: str, project_id: str) -> tuple[Phase, ...]:
        values = {"of_workspace": workspace_id, "of_project": project_id}
        return tuple(map(_phase, self._transaction.all(_OF, values)))

    def add(self, phase: Phase) -> None:
        whose = {"workspace_id": phase.workspace_id, "id": phase.id, "project_id": phase.project_id}
        self._transaction.write(_ADD, {**whose, **_values(phase)})

    def save(self, phase: Phase) -> None:
        values = {"of_workspace": phase.workspace_id, "of_id": phase.id, **_values(phase)}
        self._transaction.write(_SAVE, values)


def _phase(row: Sequence[Any]) -> Phase:
    ident, workspace_id, project_id, name, position, leaving, withdrawn = row
    return Phase(
        id=ident,
        workspace_id=workspace_id,
        project_id=project_id,
        name=name,
        position=position,
        exit=leaving,
        withdrawn=bool(withdrawn),
    )


def _values(phase: Phase) -> Mapping[str, Any]:
    return {
        "name": phase.name,
        "position": phase.position,
        "exit": phase.exit,
        "withdrawn": phase.withdrawn,
    }
