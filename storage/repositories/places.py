"""Conversations that are joined to a workspace, and the workspace a person picked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.ports import KnownPlace
from bot.refs import ConversationRef, PersonRef
from storage.repositories.lanes import Lanes
from storage.repositories.moving import move
from storage.tables import chosen_workspaces, places
from storage.transaction import Transaction

PLACE = (
    places.c.workspace_id,
    places.c.platform,
    places.c.tenant,
    places.c.chat,
    places.c.name,
    places.c.is_direct,
    places.c.disabled,
)
_GET = select(*PLACE).where(
    places.c.platform == bindparam("of_platform"),
    places.c.tenant == bindparam("of_tenant"),
    places.c.chat == bindparam("of_chat"),
)
_PUT = upsert(places)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["platform", "tenant", "chat"],
    set_={name: _PUT.excluded[name] for name in ("workspace_id", "name", "is_direct", "disabled")},
)
_CHOSEN = select(chosen_workspaces.c.workspace_id).where(
    chosen_workspaces.c.platform == bindparam("of_platform"),
    chosen_workspaces.c.tenant == bindparam("of_tenant"),
    chosen_workspaces.c.account == bindparam("of_account"),
)
_CHOOSE = upsert(chosen_workspaces)
_CHOOSE = _CHOOSE.on_conflict_do_update(
    index_elements=["platform", "tenant", "account"], set_={"workspace_id": _CHOOSE.excluded.workspace_id}
)


def place(row: Sequence[Any]) -> KnownPlace:
    workspace_id, platform, tenant, chat, *rest = row
    return KnownPlace(workspace_id, ConversationRef(platform, tenant, chat), *rest)


class PlacesTable:
    def __init__(self, transaction: Transaction, lanes: Lanes) -> None:
        self._transaction = transaction
        self._lanes = lanes

    def get(self, ref: ConversationRef) -> KnownPlace | None:
        """Threads belong to their conversation."""
        values = {"of_platform": ref.platform, "of_tenant": ref.workspace, "of_chat": ref.id}
        row = self._transaction.one(_GET, values)
        return place(row) if row else None

    def put(self, place: KnownPlace) -> None:
        values = {
            "platform": place.ref.platform,
            "tenant": place.ref.workspace,
            "chat": place.ref.id,
            "workspace_id": place.workspace_id,
            "name": place.name,
            "is_direct": place.is_direct,
            "disabled": place.disabled,
        }
        self._transaction.write(_PUT, values)

    def move(self, old: ConversationRef, new: ConversationRef) -> None:
        move(self._transaction, self._lanes, old, new)

    def chosen(self, ref: PersonRef) -> str:
        values = {"of_platform": ref.platform, "of_tenant": ref.workspace, "of_account": ref.id}
        row = self._transaction.one(_CHOSEN, values)
        return str(row[0]) if row else ""

    def choose(self, ref: PersonRef, workspace_id: str) -> None:
        values = {
            "platform": ref.platform,
            "tenant": ref.workspace,
            "account": ref.id,
            "workspace_id": workspace_id,
        }
        self._transaction.write(_CHOOSE, values)
