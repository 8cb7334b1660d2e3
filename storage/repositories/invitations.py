"""One-time codes.  Only their hashes are stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from bot.domain.people import Role
from bot.ports import Invitation
from storage.tables import invitations
from storage.transaction import Transaction

_NAMES = (
    "code_hash",
    "workspace_id",
    "created_by",
    "expires_at",
    "person_id",
    "project_id",
    "for_chat",
    "used_at",
    "name",
    "created_at",
    "used_by",
    "revoked_at",
    "role",
    "milestone_ids",
)
_COLUMNS = tuple(invitations.c[name] for name in _NAMES)
_ADD = insert(invitations)
_this = invitations.c.code_hash == bindparam("of_code")
_mine = invitations.c.workspace_id == bindparam("of_workspace")
_is_open = (
    invitations.c.used_at.is_(None),
    invitations.c.revoked_at.is_(None),
    invitations.c.expires_at > bindparam("at"),
)
_USE = update(invitations).where(_this, *_is_open).values(used_at=bindparam("at")).returning(*_COLUMNS)
_GET = select(*_COLUMNS).where(_this)
_OPEN = (
    select(*_COLUMNS)
    .where(_mine, invitations.c.role != "", *_is_open)
    .order_by(invitations.c.expires_at.desc(), invitations.c.code_hash)
)
_BROUGHT = update(invitations).where(_mine, _this).values(used_by=bindparam("who"))
_REVOKE = (
    update(invitations)
    .where(_mine, _this, *_is_open)
    .values(revoked_at=bindparam("at"))
    .returning(invitations.c.code_hash)
)


class InvitationsTable:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, invitation: Invitation) -> None:
        values = {name: getattr(invitation, name) for name in _NAMES[:-2]}
        values["role"] = invitation.role.value if invitation.role else ""
        values["milestone_ids"] = list(invitation.milestone_ids)
        self._transaction.write(_ADD, values)

    def use(self, code_hash: str, at: datetime) -> Invitation | None:
        return self._one(_USE, of_code=code_hash, at=at)

    def get(self, code_hash: str) -> Invitation | None:
        return self._one(_GET, of_code=code_hash)

    def open(self, workspace_id: str, now: datetime) -> tuple[Invitation, ...]:
        rows = self._transaction.all(_OPEN, {"of_workspace": workspace_id, "at": now})
        return tuple(map(_invitation, rows))

    def brought(self, workspace_id: str, code_hash: str, person_id: str) -> None:
        values = {"of_workspace": workspace_id, "of_code": code_hash, "who": person_id}
        self._transaction.write(_BROUGHT, values)

    def revoke(self, workspace_id: str, code_hash: str, at: datetime) -> bool:
        values = {"of_workspace": workspace_id, "of_code": code_hash, "at": at}
        return self._transaction.one(_REVOKE, values) is not None

    def _one(self, statement: Any, **values: object) -> Invitation | None:
        row = self._transaction.one(statement, values)
        return _invitation(row) if row else None


def _invitation(row: Sequence[Any]) -> Invitation:
    *plain, role, milestone_ids = row
    return Invitation(
        **dict(zip(_NAMES[:-2], plain, strict=True)),
        role=Role(role) if role else None,
        milestone_ids=tuple(milestone_ids),
    )
