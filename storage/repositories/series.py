"""What comes again: one row per rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from bot.domain.series import Rule, Series
from bot.errors import VersionConflict
from storage.tables import series
from storage.transaction import Transaction

_MOST = 200
_SERIES = tuple(
    series.c[name]
    for name in (
        "id",
        "workspace_id",
        "project_id",
        "rule",
        "title",
        "owner_id",
        "starts",
        "last",
        "milestone_id",
        "created_by",
        "made",
        "needs",
        "phase_id",
        "ended",
        "version",
    )
)
_mine = series.c.workspace_id == bindparam("of_workspace")
_this = (_mine, series.c.id == bindparam("of_id"))
_GET = select(*_SERIES).where(*_this)
_ALL = select(*_SERIES).where(_mine, series.c.ended.is_(False)).order_by(series.c.id).limit(_MOST)
_OF = _ALL.where(series.c.project_id == bindparam("of_project"))
_ADD = insert(series)
_SAVE = update(series).where(*_this, series.c.version == bindparam("of_version"))


class SeriesTable:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, workspace_id: str, series_id: str) -> Series | None:
        row = self._transaction.one(_GET, {"of_workspace": workspace_id, "of_id": series_id})
        return _series(row) if row else None

    def of(self, workspace_id: str, project_id: str = "") -> tuple[Series, ...]:
        values = {"of_workspace": workspace_id}
        rows = (
            self._transaction.all(_OF, {**values, "of_project": project_id})
            if project_id
            else self._transaction.all(_ALL, values)
        )
        return tuple(map(_series, rows))

    def add(self, series: Series) -> None:
        whose = {
            "workspace_id": series.workspace_id,
            "id": series.id,
            "project_id": series.project_id,
            "created_by": series.created_by,
        }
        self._transaction.write(_ADD, {**whose, **_values(series)})

    def save(self, series: Series) -> None:
        values = {
            "of_workspace": series.workspace_id,
            "of_id": series.id,
            "of_version": series.version - 1,
            **_values(series),
        }
        if self._transaction.change(_SAVE, values) != 1:
            raise VersionConflict(f"series {series.id} is no longer at version {series.version - 1}")


def _series(row: Sequence[Any]) -> Series:
    (
        ident, workspace_id, project_id, rule, title, owner_id, starts, last, milestone_id, created_by,
        made, needs, phase_id, ended, version,
    ) = row  # fmt: skip
    return Series(
        id=ident, workspace_id=workspace_id, project_id=project_id, rule=Rule.from_json(rule), title=title,
        owner_id=owner_id, starts=starts, last=last, milestone_id=milestone_id, created_by=created_by,
        made=made, needs=tuple(needs), phase_id=phase_id, ended=bool(ended), version=version,
    )  # fmt: skip


def _values(value: Series) -> Mapping[str, Any]:
    return {
        "rule": value.rule.to_json(),
        "title": value.title,
        "owner_id": value.owner_id,
        "starts": value.starts,
        "last": value.last,
        "milestone_id": value.milestone_id,
        "made": value.made,
        "needs": list(value.needs),
        "phase_id": value.phase_id,
        "ended": value.ended,
        "version": value.version,
    }
