"""Open matters that escalate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select, text
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.domain.alerts import Alert, AlertState
from bot.domain.policy import Step, Target
from storage.tables import alerts
from storage.transaction import Transaction

_COLUMNS = (
    "id",
    "workspace_id",
    "milestone_id",
    "due",
    "steps",
    "repeat",
    "repeat_every",
    "state",
    "planned_level",
    "sent_level",
    "sent_at",
    "round",
    "told",
    "asked_at",
)
_OPEN_FOR = (
    select(*(alerts.c[name] for name in _COLUMNS))
    .where(
        alerts.c.workspace_id == bindparam("of_workspace"),
        alerts.c.milestone_id == bindparam("of_milestone"),
        text("state <> 'resolved'"),
    )
    .order_by(alerts.c.due.desc(), alerts.c.id.desc())
    .limit(1)
)
_PUT = upsert(alerts)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["workspace_id", "id"],
    set_={name: _PUT.excluded[name] for name in _COLUMNS[3:]},
)


class AlertsTable:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def open_for(self, workspace_id: str, milestone_id: str) -> Alert | None:
        values = {"of_workspace": workspace_id, "of_milestone": milestone_id}
        row = self._transaction.one(_OPEN_FOR, values)
        return _alert(row) if row else None

    def put(self, alert: Alert) -> None:
        values = {name: getattr(alert, name) for name in _COLUMNS} | {
            "steps": [[step.level, step.target.value, step.delay] for step in alert.steps],
            "state": alert.state.value,
            "told": list(alert.told),
        }
        self._transaction.write(_PUT, values)


def _alert(row: Sequence[Any]) -> Alert:
    values = dict(zip(_COLUMNS, row, strict=True))
    values["steps"] = tuple(Step(level, Target(target), delay) for level, target, delay in values["steps"])
    values["state"] = AlertState(values["state"])
    values["told"] = tuple(values["told"])
    return Alert(**values)
