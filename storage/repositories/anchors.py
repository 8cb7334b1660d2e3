"""The messages that show milestones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.ports import Anchor
from bot.refs import ConversationRef, MessageRef
from storage.tables import anchors
from storage.transaction import Transaction

_ANCHOR = (
    anchors.c.workspace_id,
    anchors.c.milestone_id,
    anchors.c.platform,
    anchors.c.tenant,
    anchors.c.chat,
    anchors.c.thread,
    anchors.c.message,
)
_OF = (
    select(*_ANCHOR)
    .where(
        anchors.c.workspace_id == bindparam("of_workspace"),
        anchors.c.milestone_id == bindparam("of_milestone"),
    )
    .order_by(anchors.c.platform, anchors.c.tenant, anchors.c.chat, anchors.c.message)
)
_this = (
    anchors.c.platform == bindparam("of_platform"),
    anchors.c.tenant == bindparam("of_tenant"),
    anchors.c.chat == bindparam("of_chat"),
    anchors.c.message == bindparam("of_message"),
)
_AT = select(*_ANCHOR).where(*_this, anchors.c.workspace_id == bindparam("of_workspace"))
_PUT = upsert(anchors)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["platform", "tenant", "chat", "message"],
    set_={name: _PUT.excluded[name] for name in ("thread", "workspace_id", "milestone_id")},
)
_REMOVE = delete(anchors).where(*_this)


class AnchorsTable:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def of(self, workspace_id: str, milestone_id: str) -> tuple[Anchor, ...]:
        values = {"of_workspace": workspace_id, "of_milestone": milestone_id}
        return tuple(map(_anchor, self._transaction.all(_OF, values)))

    def at(self, workspace_id: str, message: MessageRef) -> Anchor | None:
        """The thread does not matter: a message id is unique in its conversation."""
        row = self._transaction.one(_AT, _named(message) | {"of_workspace": workspace_id})
        return _anchor(row) if row else None

    def put(self, anchor: Anchor) -> None:
        where = anchor.message.conversation
        values = {
            "platform": where.platform,
            "tenant": where.workspace,
            "chat": where.id,
            "thread": where.thread,
            "message": anchor.message.id,
            "workspace_id": anchor.workspace_id,
            "milestone_id": anchor.milestone_id,
        }
        self._transaction.write(_PUT, values)

    def remove(self, message: MessageRef) -> None:
        self._transaction.write(_REMOVE, _named(message))


def _named(message: MessageRef) -> dict[str, str]:
    where = message.conversation
    return {
        "of_platform": where.platform,
        "of_tenant": where.workspace,
        "of_chat": where.id,
        "of_message": message.id,
    }


def _anchor(row: Sequence[Any]) -> Anchor:
    workspace_id, milestone_id, *where, message = row
    return Anchor(workspace_id, milestone_id, MessageRef(ConversationRef(*where), message))
