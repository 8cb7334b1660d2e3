"""A conversation has a new address: every row that names the old one follows, in this transaction.

Messages already sent keep the address they were sent to.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    Table,
    Update,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from bot.domain.outbox import OCCUPIES_LANE
from bot.refs import ConversationRef
from storage.repositories.lanes import Lanes
from storage.tables import actions, anchors, dialogs, files, identities, notes, outbox, places, projects
from storage.tables.outbox import LIVE, OCCUPIES
from storage.transaction import Transaction


def _readdress(table: Table, platform: str, tenant: str, chat: str) -> Update:
    return (
        update(table)
        .where(_at(table, platform, tenant, chat))
        .values({platform: bindparam("platform"), tenant: bindparam("tenant"), chat: bindparam("chat")})
    )


def _at(table: Table, platform: str, tenant: str, chat: str) -> Any:
    return and_(
        table.c[platform] == bindparam("old_platform"),
        table.c[tenant] == bindparam("old_tenant"),
        table.c[chat] == bindparam("old_chat"),
    )


def _respell(column: Column[str]) -> Update:
    """``column`` holds ``str(ConversationRef)``, which begins like its conversation outside threads."""
    old: BindParameter[str] = bindparam("old")
    return (
        update(column.table)
        .where(func.substr(column, 1, func.length(old)) == old)
        .values({column: bindparam("new").concat(func.substr(column, func.length(old) + 1))})
    )


_READDRESSED = (
    _readdress(places, "platform", "tenant", "chat"),
    _readdress(anchors, "platform", "tenant", "chat"),
    _readdress(notes, "platform", "tenant", "chat"),
    _readdress(files, "platform", "tenant", "chat"),
    _readdress(projects, "home_platform", "home_tenant", "home_chat"),
)
_RESPELLED = tuple(map(_respell, (identities.c.direct, dialogs.c.conversation, actions.c.conversation)))
# The new address may be known already: what was joined before the move is what people set up.
_FORGET_NEW = delete(places).where(
    places.c.platform == bindparam("platform"),
    places.c.tenant == bindparam("tenant"),
    places.c.chat == bindparam("chat"),
)
_IS_KNOWN = select(places.c.chat).where(_at(places, "platform", "tenant", "chat"))
_to_old = (
    outbox.c.platform == bindparam("old_platform"),
    outbox.c.install == bindparam("old_tenant"),
    outbox.c.dest == bindparam("old_chat"),
    outbox.c.thread.is_not(None),
    LIVE,
)
_OLD_LANES = select(outbox.c.lane).where(*_to_old).distinct()
_there = outbox.alias("there")
_new_lane_is_occupied = exists().where(
    _there.c.lane == bindparam("new_lane"),
    or_(*(_there.c.state == state.value for state in sorted(OCCUPIES_LANE))),
)
# A row on its way there keeps its lane if the new one has a row on its way too.
_lane = case((and_(OCCUPIES, _new_lane_is_occupied), outbox.c.lane), else_=bindparam("new_lane"))
_OUTBOX = (
    update(outbox)
    .where(*_to_old, outbox.c.lane == bindparam("old_lane"))
    .values(
        platform=bindparam("new_platform"),
        install=bindparam("new_tenant"),
        dest=bindparam("new_chat"),
        lane=_lane,
    )
)


def move(transaction: Transaction, lanes: Lanes, old: ConversationRef, new: ConversationRef) -> None:
    was = {"old_platform": old.platform, "old_tenant": old.workspace, "old_chat": old.id}
    now = {"platform": new.platform, "tenant": new.workspace, "chat": new.id}
    if transaction.one(_IS_KNOWN, was):
        transaction.write(_FORGET_NEW, now)
    for statement in _READDRESSED:
        transaction.write(statement, was | now)
    for statement in _RESPELLED:
        transaction.write(statement, {"old": str(old.root), "new": str(new.root)})
    _move_outbox(transaction, lanes, was, old, new)


def _move_outbox(
    transaction: Transaction,
    lanes: Lanes,
    was: dict[str, str],
    old: ConversationRef,
    new: ConversationRef,
) -> None:
    to = {"new_platform": new.platform, "new_tenant": new.workspace, "new_chat": new.id}
    for (lane,) in transaction.all(_OLD_LANES, was):
        moved = lanes.respelled(lane, old, new)
        lanes.ensure(moved, new.platform, new.workspace)
        transaction.write(_OUTBOX, {**was, **to, "old_lane": lane, "new_lane": moved})
        lanes.touch(lane)
