"""Two people turn out to be one: everything of the first points at the second, in one transaction.

History is append-only, so the first person stays as a signpost, and reading follows it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Update, bindparam, delete, or_, select, update

from storage.tables import (
    alerts,
    dialogs,
    feedback,
    files,
    findings,
    identities,
    invitations,
    milestones,
    notes,
    outbox,
    people,
    projects,
    proposals,
    series,
    snoozes,
)
from storage.transaction import Transaction


def _redirect(column: Column[Any]) -> Update:
    table = column.table
    return (
        update(table)
        .where(table.c.workspace_id == bindparam("of_workspace"), column == bindparam("of_person"))
        .values({column: bindparam("into")})
    )


_REDIRECTED = tuple(
    map(
        _redirect,
        (
            identities.c.person_id,
            projects.c.lead_id,
            projects.c.head_id,
            milestones.c.created_by,
            milestones.c.blocked_by,
            notes.c.author_id,
            files.c.by_id,
            findings.c.by_id,
            invitations.c.created_by,
            invitations.c.person_id,
            invitations.c.used_by,
            people.c.deputy_id,
            outbox.c.person_id,
            proposals.c.by_id,
            proposals.c.to_id,
            proposals.c.decided_by,
            feedback.c.by_id,
            series.c.owner_id,
            series.c.created_by,
            people.c.merged_into,
        ),
    )
)
# Whoever read these before must not write the old person back: the version moves on.
_RESPONSIBLE = tuple(
    _redirect(column).values(version=milestones.c.version + 1)
    for column in (milestones.c.owner_id, milestones.c.approver_id)
)
_DROP_QUESTIONS = delete(dialogs).where(
    dialogs.c.workspace_id == bindparam("of_workspace"), dialogs.c.person_id == bindparam("of_person")
)
_DROP_RESTS = delete(snoozes).where(
    snoozes.c.workspace_id == bindparam("of_workspace"), snoozes.c.person_id == bindparam("of_person")
)
_SIGNPOST = (
    update(people)
    .where(people.c.workspace_id == bindparam("of_workspace"), people.c.id == bindparam("of_person"))
    .values(merged_into=bindparam("into"), active=False)
)
_NAMING = ("done_by", "by", "assignee_id", "approver_id")
"""Where the parts of a milestone kept as JSON name people."""
_INSIDE = (milestones.c.criteria, milestones.c.tasks, milestones.c.hold)
_NAMED = select(milestones.c.id, *_INSIDE).where(
    milestones.c.workspace_id == bindparam("of_workspace"),
    or_(*(part.contains(bindparam("text")) for part in _INSIDE)),
)
_SAVE_NAMED = (
    update(milestones)
    .where(milestones.c.workspace_id == bindparam("of_workspace"), milestones.c.id == bindparam("of_id"))
    .values(**{part.name: bindparam(f"new_{part.name}") for part in _INSIDE})
)
_TOLD = select(alerts.c.id, alerts.c.told).where(
    alerts.c.workspace_id == bindparam("of_workspace"), alerts.c.state != "resolved"
)
_SAVE_TOLD = (
    update(alerts)
    .where(alerts.c.workspace_id == bindparam("of_workspace"), alerts.c.id == bindparam("of_id"))
    .values(told=bindparam("told"))
)


def merge(transaction: Transaction, workspace_id: str, person_id: str, into: str) -> None:
    if person_id == into:
        return
    values = {"of_workspace": workspace_id, "of_person": person_id, "into": into}
    for statement in (*_REDIRECTED, *_RESPONSIBLE, _SIGNPOST):
        transaction.write(statement, values)
    for removal in (_DROP_QUESTIONS, _DROP_RESTS):
        transaction.write(removal, {"of_workspace": workspace_id, "of_person": person_id})
    _rename_inside(transaction, workspace_id, person_id, into)
    _retell(transaction, workspace_id, person_id, into)


def _rename_inside(transaction: Transaction, workspace_id: str, person_id: str, into: str) -> None:
    rows = transaction.all(_NAMED, {"of_workspace": workspace_id, "text": person_id})
    for ident, *parts in rows:
        values = {
            f"new_{c.name}": _renamed(part, person_id, into) for c, part in zip(_INSIDE, parts, strict=True)
        }
        transaction.write(_SAVE_NAMED, {"of_workspace": workspace_id, "of_id": ident, **values})


def _renamed(part: Any, person_id: str, into: str) -> Any:
    if isinstance(part, list):
        return [_renamed(item, person_id, into) for item in part]
    if not isinstance(part, dict):
        return part
    return {name: into if name in _NAMING and value == person_id else value for name, value in part.items()}


def _retell(transaction: Transaction, workspace_id: str, person_id: str, into: str) -> None:
    for ident, told in transaction.all(_TOLD, {"of_workspace": workspace_id}):
        if person_id in told:
            names = list(dict.fromkeys(into if name == person_id else name for name in told))
            transaction.write(_SAVE_TOLD, {"of_workspace": workspace_id, "of_id": ident, "told": names})
