"""Taking rows to work on.  Two workers never take the same one, and a lane has one at a time.

The next row is looked up lane by lane, never by walking over rows that cannot be sent: the cost does not
depend on how many wait.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select, text, update

from bot.domain.outbox import LEASE, OutboxRow
from storage.columns import AnyOf, Instant
from storage.repositories.lanes import Lanes
from storage.repositories.outbox_rows import ROW, outbox_row
from storage.tables import lanes, outbox, pauses
from storage.tables.outbox import OCCUPIES, PENDING
from storage.transaction import Transaction

# The sum keeps the planner from sorting all that is due instead of reading it in order.
_IS_DUE = text("outbox.not_before + 0 <= :now").bindparams(bindparam("now", type_=Instant()))
_head = (
    select(outbox.c.id)
    .where(outbox.c.lane == lanes.c.lane, PENDING, _IS_DUE)
    .order_by(outbox.c.priority, outbox.c.not_before, outbox.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
_paused = select(pauses.c.name).where(pauses.c.until > bindparam("now"))
_NEXT_PRIORITY = select(func.min(lanes.c.priority)).where(
    lanes.c.priority > bindparam("after"), lanes.c.ready_at.is_not(None)
)
_READY = (
    select(lanes.c.lane, _head)
    .where(
        lanes.c.priority == bindparam("of_priority"),
        lanes.c.ready_at <= bindparam("now"),
        lanes.c.platform.not_in(_paused),
    )
    .order_by(lanes.c.ready_at, lanes.c.lane)
    .limit(bindparam("most"))
    .with_for_update(of=lanes, skip_locked=True)
)
_READY_ON = _READY.where(AnyOf(lanes.c.platform, "platforms"))
_leasing = {
    "epoch": outbox.c.epoch + 1,
    "lease_owner": bindparam("worker"),
    "lease_until": bindparam("until"),
}
# Without this SQLite walks over everything pending instead of looking up a few ids.
_STATE = func.coalesce(outbox.c.state, "")
_these = AnyOf(outbox.c.id, "ids")
_LEASE = update(outbox).where(_these, _STATE == "pending").values(state="leased", **_leasing).returning(*ROW)
_IN_DOUBT = (
    select(outbox.c.id)
    .where(
        OCCUPIES,
        outbox.c.state == "uncertain",
        outbox.c.send_started_at < bindparam("before"),
        or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= bindparam("now")),
    )
    .order_by(outbox.c.send_started_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_ASK = update(outbox).where(_these, _STATE == "uncertain").values(**_leasing).returning(*ROW)


class Claims:
    def __init__(self, transaction: Transaction, lanes: Lanes) -> None:
        self._transaction = transaction
        self._lanes = lanes

    def pending(
        self, worker: str, now: datetime, most: int, platforms: Collection[str] | None
    ) -> tuple[OutboxRow, ...]:
        """The most urgent first, then who waits longest."""
        heads = self._heads(now, most, platforms)
        return self._take(_LEASE, heads, {"worker": worker, "until": now + LEASE})

    def in_doubt(self, before: datetime, now: datetime, most: int) -> tuple[OutboxRow, ...]:
        """Longest in doubt first."""
        values = {"before": before, "now": now, "most": most}
        ids = [ident for (ident,) in self._transaction.all(_IN_DOUBT, values)]
        return self._take(_ASK, ids, {"worker": "reconciler", "until": now + LEASE})

    def _heads(self, now: datetime, most: int, platforms: Collection[str] | None) -> list[str]:
        heads: list[str] = []
        priority = self._next_priority(-1)
        while priority is not None and len(heads) < most:
            values = {"of_priority": priority, "now": now, "most": most - len(heads)}
            heads += self._ready(values, platforms)
            priority = self._next_priority(priority)
        return heads

    def _ready(self, values: Mapping[str, Any], platforms: Collection[str] | None) -> list[str]:
        if platforms is None:
            ready = self._transaction.all(_READY, values)
        else:
            ready = self._transaction.all(_READY_ON, {**values, "platforms": list(platforms)})
        self._lanes.touch(*(lane for lane, _ in ready))
        return [head for _, head in ready if head]

    def _next_priority(self, after: int) -> int | None:
        row = self._transaction.one(_NEXT_PRIORITY, {"after": after})
        return row[0] if row else None

    def _take(self, statement: Any, ids: Sequence[str], values: Mapping[str, Any]) -> tuple[OutboxRow, ...]:
        rows = map(outbox_row, self._transaction.all(statement, {**values, "ids": ids})) if ids else ()
        place = {ident: position for position, ident in enumerate(ids)}
        return tuple(sorted(rows, key=lambda row: place[row.id]))
