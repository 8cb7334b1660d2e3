"""Milestones: one row each, criteria inside it, so that a page of twenty is one question."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    Text,
    TextClause,
    bindparam,
    func,
    insert,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.types import NullType

from bot.domain.milestone import Blocked, Kind, Milestone, State
from bot.domain.record import criteria_in, criteria_out, hold_in, hold_out, tasks_in, tasks_out
from bot.errors import VersionConflict
from bot.ports import Filter, Page, Pointed
from storage.columns import instant
from storage.repositories.findings import FindingsTable
from storage.repositories.pointing import candidates
from storage.tables import milestone_counts, milestones, people, projects
from storage.tables.milestones import HAS_TASKS, IS_OPEN, IS_SHOWN
from storage.transaction import Transaction, Values

# As the driver gives them: a page reads hundreds of values, and `milestone` converts the few it must.
MILESTONE = tuple(
    type_coerce(milestones.c[name], NullType())
    for name in (
        "id",
        "workspace_id",
        "project_id",
        "project_key",
        "number",
        "title",
        "owner_id",
        "due",
        "zone",
        "created_by",
        "created_at",
        "state",
        "kind",
        "approver_id",
        "baseline_due",
        "forecast_due",
        "actual_start",
        "actual_done",
        "blocked_reason",
        "blocked_since",
        "blocked_by",
        "criteria",
        "tasks",
        "hold",
        "phase_id",
        "owner_role",
        "origin",
        "series_id",
        "withdrawn",
        "version",
    )
)
_mine = milestones.c.workspace_id == bindparam("of_workspace")
_GET = select(*MILESTONE).where(_mine, milestones.c.id == bindparam("of_id"))
_BY_KEY = select(*MILESTONE).where(
    _mine, milestones.c.project_key == bindparam("of_key"), milestones.c.number == bindparam("of_number")
)
_signpost = (
    select(people.c.merged_into)
    .where(people.c.workspace_id == bindparam("of_workspace"), people.c.id == bindparam("owner"))
    .scalar_subquery()
)
_ADD = insert(milestones)
_SAVE = (
    update(milestones)
    .where(_mine, milestones.c.id == bindparam("of_id"), milestones.c.version == bindparam("of_version"))
    .values(owner_id=func.coalesce(_signpost, bindparam("owner")))
)
_counted = (
    milestone_counts.c.workspace_id == bindparam("of_workspace"),
    milestone_counts.c.project_id == bindparam("of_project"),
    milestone_counts.c.owner_id == bindparam("of_owner"),
)
# Projects that were put away or never were: in no list but their own.
_gone = select(projects.c.id).where(
    projects.c.workspace_id == bindparam("of_workspace"),
    or_(projects.c.archived.is_(True), projects.c.withdrawn.is_(True)),
)
_put_away = milestone_counts.alias("put_away")


def _counting(name: str, by_project: bool) -> Select[tuple[int]]:
    found = milestone_counts.c[name]
    if by_project:
        return select(found).where(*_counted)
    left_out = select(func.coalesce(func.sum(_put_away.c[name]), 0)).where(
        _put_away.c.workspace_id == bindparam("of_workspace"),
        _put_away.c.owner_id == bindparam("of_owner"),
        _put_away.c.project_id.in_(_gone),
    )
    return select(found - left_out.scalar_subquery()).where(*_counted)


_COUNTS = {(p, i): _counting("open" if i else "total", p) for p in (False, True) for i in (False, True)}
_STATE: Callable[[str], State] = {state.value: state for state in State}.__getitem__
_KIND: Callable[[str], Kind] = {kind.value: kind for kind in Kind}.__getitem__


def _page(by_project: bool, by_owner: bool, open_only: bool) -> Executable:
    wanted: list[ColumnElement[bool] | TextClause] = [_mine, IS_OPEN if open_only else IS_SHOWN]
    if by_project:
        wanted.append(milestones.c.project_id == bindparam("of_project"))
    else:
        wanted.append(milestones.c.project_id.not_in(_gone))
    if by_owner:
        wanted.append(milestones.c.owner_id == bindparam("of_owner"))
    return (
        select(*MILESTONE, _COUNTS[by_project, open_only].scalar_subquery())
        .where(*wanted)
        .order_by(milestones.c.due, milestones.c.number, milestones.c.id)
        .limit(bindparam("most"))
        .offset(bindparam("skip"))
    )


_assignee = bindparam("of_assignee", type_=Text)
_WITH_TASKS_OF = (
    select(*MILESTONE)
    .where(_mine, HAS_TASKS, type_coerce(milestones.c.tasks, Text).contains(_assignee, escape="~"))
    .order_by(milestones.c.due, milestones.c.number, milestones.c.id)
    .limit(bindparam("most"))
)
_signs = or_(
    milestones.c.approver_id == bindparam("of_approver"),
    type_coerce(milestones.c.criteria, Text).contains(bindparam("of_said", type_=Text), escape="~"),
)
_WITH_YES_OF = (
    select(*MILESTONE)
    .where(_mine, IS_OPEN, _signs)
    .order_by(milestones.c.due, milestones.c.number, milestones.c.id)
    .limit(bindparam("most"))
)
_BOTH = (False, True)
_PAGES = {(p, o, i): _page(p, o, i) for p in _BOTH for o in _BOTH for i in _BOTH}


@lru_cache(maxsize=4096)
def _day(stored: Any) -> Any:
    """PostgreSQL has dates, SQLite ISO 8601; the same few days come again and again."""
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


def milestone(row: Sequence[Any]) -> Milestone:
    (
        ident, workspace_id, project_id, project_key, number, title, owner_id, due, zone, created_by,
        created_at, state, kind, approver_id, baseline_due, forecast_due, actual_start, actual_done,
        reason, since, by, criteria, tasks, hold, phase_id, owner_role, origin, series_id,
        withdrawn, version,
    ) = row  # fmt: skip
    return Milestone(
        id=ident, workspace_id=workspace_id, project_id=project_id, project_key=project_key, number=number,
        title=title, owner_id=owner_id, due=_day(due), zone=zone, created_by=created_by or "",
        created_at=instant(created_at), state=_STATE(state), kind=_KIND(kind), approver_id=approver_id or "",
        baseline_due=_day(baseline_due), forecast_due=_day(forecast_due),
        actual_start=_day(actual_start), actual_done=_day(actual_done),
        blocked=Blocked(reason, instant(since), by or "") if since else None,
        criteria=() if criteria == "[]" else criteria_in(json.loads(criteria)),
        tasks=() if tasks == "[]" else tasks_in(json.loads(tasks)),
        hold=None if hold == "null" else hold_in(json.loads(hold)),
        phase_id=phase_id, owner_role=owner_role, origin=origin, series_id=series_id,
        withdrawn=bool(withdrawn), version=version,
    )  # fmt: skip


def _as_kept(name: str, person_id: str) -> str:
    """How a part kept as JSON names somebody, as a pattern for LIKE."""
    said = json.dumps({name: person_id}, ensure_ascii=False, separators=(",", ":"))[1:-1]
    return re.sub("[~%_]", r"~\g<0>", said)


class MilestonesTable:
    def __init__(self, transaction: Transaction, findings: FindingsTable) -> None:
        self._transaction = transaction
        self._findings = findings

    def get(self, workspace_id: str, milestone_id: str) -> Milestone | None:
        row = self._transaction.one(_GET, {"of_workspace": workspace_id, "of_id": milestone_id})
        return milestone(row) if row else None

    def by_key(self, workspace_id: str, project_key: str, number: int) -> Milestone | None:
        values = {"of_workspace": workspace_id, "of_key": project_key, "of_number": number}
        row = self._transaction.one(_BY_KEY, values)
        return milestone(row) if row else None

    def candidates(self, workspace_id: str, words: str, project_id: str = "") -> tuple[Pointed, ...]:
        return candidates(self._transaction, workspace_id, words, project_id)

    def page(self, workspace_id: str, which: Filter, number: int, size: int) -> Page:
        values = {
            "of_workspace": workspace_id,
            "of_project": which.project_id,
            "of_owner": which.owner_id,
            "most": size,
            "skip": (max(number, 1) - 1) * size,
        }
        statement = _PAGES[bool(which.project_id), bool(which.owner_id), which.open_only]
        rows = self._transaction.all(statement, values)
        total = int(rows[0][-1]) if rows else self._total(which, values)  # PostgreSQL adds up to a decimal
        return Page(tuple([milestone(row[:-1]) for row in rows]), total, number, size)

    def with_tasks_of(self, workspace_id: str, person_id: str, most: int = 200) -> tuple[Milestone, ...]:
        values = {
            "of_workspace": workspace_id,
            "of_assignee": _as_kept("assignee_id", person_id),
            "most": most,
        }
        return tuple([milestone(row) for row in self._transaction.all(_WITH_TASKS_OF, values)])

    def with_yes_of(self, workspace_id: str, person_id: str, most: int = 200) -> tuple[Milestone, ...]:
        said = _as_kept("approver_id", person_id)
        values = {"of_workspace": workspace_id, "of_approver": person_id, "of_said": said, "most": most}
        return tuple([milestone(row) for row in self._transaction.all(_WITH_YES_OF, values)])

    def add(self, milestone: Milestone) -> None:
        values = {
            "workspace_id": milestone.workspace_id,
            "id": milestone.id,
            "project_id": milestone.project_id,
            "project_key": milestone.project_key,
            "number": milestone.number,
            "owner_id": milestone.owner_id,
            "created_by": milestone.created_by,
            "created_at": milestone.created_at,
            **_values(milestone),
        }
        self._transaction.write(_ADD, values)
        self._findings.put_milestone(milestone)

    def save(self, milestone: Milestone) -> None:
        values = {
            "of_workspace": milestone.workspace_id,
            "of_id": milestone.id,
            "of_version": milestone.version - 1,
            "owner": milestone.owner_id,
            **_values(milestone),
        }
        if self._transaction.change(_SAVE, values) != 1:
            raise VersionConflict(f"{milestone.key} is no longer at version {milestone.version - 1}")
        self._findings.put_milestone(milestone)

    def _total(self, which: Filter, values: Values) -> int:
        """For a page beyond the last."""
        row = self._transaction.one(_COUNTS[bool(which.project_id), which.open_only], values)
        return int(row[0]) if row else 0


def _values(value: Milestone) -> Mapping[str, Any]:
    flag = value.blocked
    return {
        "title": value.title,
        "title_folded": value.title.casefold(),
        "due": value.due,
        "zone": value.zone,
        "state": value.state.value,
        "kind": value.kind.value,
        "approver_id": value.approver_id,
        "baseline_due": value.baseline_due,
        "forecast_due": value.forecast_due,
        "actual_start": value.actual_start,
        "actual_done": value.actual_done,
        "blocked_reason": flag.reason if flag else "",
        "blocked_since": flag.since if flag else None,
        "blocked_by": flag.by if flag else "",
        "criteria": criteria_out(value.criteria),
        "tasks": tasks_out(value.tasks),
        "hold": hold_out(value.hold),
        "phase_id": value.phase_id,
        "owner_role": value.owner_role,
        "origin": value.origin,
        "series_id": value.series_id,
        "withdrawn": value.withdrawn,
        "is_open": value.is_open,
        "version": value.version,
    }
