"""Lanes: each destination's queue, and when it may send next.

A lane's row is derived: from the messages that wait in it, the one that occupies it, pauses and suspended
installations.  Whoever changes any of these touches the lane; touched lanes are derived anew just before
the commit.  PostgreSQL locks them first, in order, so that the derivation sees every other commit.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    Update,
    and_,
    bindparam,
    case,
    exists,
    func,
    null,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.refs import ConversationRef
from storage.memory import Remembered
from storage.tables import installs, lanes, outbox, pauses
from storage.tables.outbox import LIVE, OCCUPIES, PENDING
from storage.transaction import Transaction

_ENSURE = upsert(lanes).on_conflict_do_nothing(index_elements=["lane"])
_PAUSE = upsert(pauses)
_PAUSE = _PAUSE.on_conflict_do_update(
    index_elements=["name"],
    set_={"until": _PAUSE.excluded.until},
    where=pauses.c.until < _PAUSE.excluded.until,
)
_in_lane = outbox.c.lane == lanes.c.lane
_pause = select(pauses.c.until).where(pauses.c.name == lanes.c.lane).scalar_subquery()
_earliest = select(func.min(outbox.c.not_before)).where(_in_lane, PENDING).scalar_subquery()
_most_urgent = (
    select(outbox.c.priority)
    .where(_in_lane, PENDING)
    .order_by(outbox.c.priority, outbox.c.not_before, outbox.c.id)
    .limit(1)
    .scalar_subquery()
)
_is_occupied = exists().where(_in_lane, OCCUPIES)
_is_suspended = exists().where(
    installs.c.platform == lanes.c.platform,
    installs.c.tenant == lanes.c.install,
    installs.c.suspended != "",
)
_later = case((_pause > _earliest, _pause), else_=_earliest)


def _deriving(which: ColumnElement[bool]) -> Update:
    return (
        update(lanes)
        .where(which)
        .values(
            next_at=_earliest,
            priority=func.coalesce(_most_urgent, 0),
            ready_at=case((_is_occupied | _is_suspended, null()), else_=_later),
        )
    )


def _locking(which: ColumnElement[bool]) -> Select[str]:
    return select(lanes.c.lane).where(which).order_by(lanes.c.lane).with_for_update()


_one = lanes.c.lane == bindparam("of_lane")
_of_install = and_(lanes.c.platform == bindparam("of_platform"), lanes.c.install == bindparam("of_tenant"))
_DERIVE, _LOCK = _deriving(_one), _locking(_one)
_DERIVE_INSTALL, _LOCK_INSTALL = _deriving(_of_install), _locking(_of_install)
_in_install = (
    outbox.c.platform == bindparam("of_platform"),
    outbox.c.install == bindparam("of_tenant"),
    LIVE,
)
_PARK = update(outbox).where(*_in_install, PENDING).values(state="blocked", last_class="install")
_UNPARK = (
    update(outbox)
    .where(*_in_install, outbox.c.state == "blocked")
    .values(state="pending", epoch=outbox.c.epoch + 1)
)


class Lanes:
    """``known`` are lanes whose row is committed."""

    def __init__(self, transaction: Transaction, known: Remembered) -> None:
        self._transaction = transaction
        self._known = known
        self._made: set[str] = set()
        self._touched: set[str] = set()

    def ensure(self, lane: str, platform: str, install: str) -> None:
        """The lane exists and will be derived."""
        self._touched.add(lane)
        if lane not in self._known and lane not in self._made:
            self._transaction.write(_ENSURE, {"lane": lane, "platform": platform, "install": install})
            self._made.add(lane)

    def touch(self, *lanes: str) -> None:
        self._touched.update(lanes)

    def pause(self, name: str, until: datetime) -> None:
        self._transaction.write(_PAUSE, {"name": name, "until": until})
        self.touch(name)

    def suspend(self, platform: str, tenant: str, code: str) -> None:
        """Everything that waits for this installation is parked."""
        values = {"of_platform": platform, "of_tenant": tenant}
        self._transaction.write(_PARK, {**values, "last_code": code})
        self._derive(_LOCK_INSTALL, _DERIVE_INSTALL, values)

    def resume(self, platform: str, tenant: str) -> None:
        values = {"of_platform": platform, "of_tenant": tenant}
        self._transaction.write(_UNPARK, values)
        self._derive(_LOCK_INSTALL, _DERIVE_INSTALL, values)

    def settle(self) -> None:
        """Derive what was touched.  Last before the commit, for it locks."""
        for lane in sorted(self._touched):
            self._derive(_LOCK, _DERIVE, {"of_lane": lane})
        self._touched.clear()

    def committed(self) -> None:
        self._known.add(self._made)

    @staticmethod
    def respelled(lane: str, old: ConversationRef, new: ConversationRef) -> str:
        """The lane of ``old`` as that of ``new``; a lane ends with its destination."""
        before, found, after = lane.rpartition(old.id)
        return before + new.id + after if found else lane

    def _derive(self, lock: Select[str], derive: Update, values: dict[str, str]) -> None:
        if self._transaction.on_postgres:
            self._transaction.write(lock, values)
        self._transaction.write(derive, values)
