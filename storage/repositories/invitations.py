"""One-time codes.  Only their hashes are stored."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, insert, update

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
)
_ADD = insert(invitations)
_USE = (
    update(invitations)
    .where(
        invitations.c.code_hash == bindparam("of_code"),
        invitations.c.used_at.is_(None),
        invitations.c.expires_at > bindparam("at"),
    )
    .values(used_at=bindparam("at"))
    .returning(*(invitations.c[name] for name in _NAMES))
)


class InvitationsTable:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, invitation: Invitation) -> None:
        values = {
            "code_hash": invitation.code_hash,
            "workspace_id": invitation.workspace_id,
            "created_by": invitation.created_by,
            "expires_at": invitation.expires_at,
            "person_id": invitation.person_id,
            "project_id": invitation.project_id,
            "for_chat": invitation.for_chat,
            "used_at": invitation.used_at,
        }
        self._transaction.write(_ADD, values)

    def use(self, code_hash: str, at: datetime) -> Invitation | None:
        row = self._transaction.one(_USE, {"of_code": code_hash, "at": at})
        return Invitation(**dict(zip(_NAMES, row, strict=True))) if row else None
