"""Messages to send, and when to look at what (reliability: a row is never lost, never doubled)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.alerts import Alert
from bot.domain.notices import Notice
from bot.domain.outbox import OutboxRow


class Outbox(Protocol):
    """Messages to send (docs/delivery.md).  Every change of state compares id, state and epoch."""

    def add(self, notice: Notice, to: str, platform: str, lane: str) -> bool:
        """Plan a message.  False: the same notice was planned before, whatever became of it."""
        ...

    def get(self, workspace_id: str, row_id: str) -> OutboxRow | None: ...

    def claim(
        self, worker: str, now: datetime, most: int, platforms: Collection[str] | None = None
    ) -> tuple[OutboxRow, ...]:
        """pending → leased, at most one per free lane, lanes and installs that are paused left alone.

        Only rows of ``platforms`` when given: those that can take more now, so that one that hangs holds
        up no other.
        """
        ...

    def intend(self, row: OutboxRow, now: datetime) -> bool:
        """leased → sending; False when the row is no longer ours."""
        ...

    def sent(self, row: OutboxRow, message: str, now: datetime) -> bool:
        """sending → sent."""
        ...

    def retry(self, row: OutboxRow, not_before: datetime, code: str, *, is_try: bool) -> bool:
        """leased or sending → pending: certainly not delivered."""
        ...

    def doubt(self, row: OutboxRow, code: str) -> bool:
        """sending → uncertain."""
        ...

    def park(self, row: OutboxRow, code: str) -> bool:
        """leased or sending → blocked."""
        ...

    def bury(self, row: OutboxRow, code: str) -> bool:
        """leased or sending → dead."""
        ...

    def drop(self, row: OutboxRow, *, expired: bool) -> bool:
        """leased → cancelled or expired: no longer true, or too late."""
        ...

    def cancel(self, workspace_id: str, milestone_id: str, kinds: Iterable[str]) -> int:
        """pending or blocked → cancelled, in bulk; never touches sending or uncertain."""
        ...

    def expire(self, now: datetime, most: int) -> int:
        """pending or blocked → expired, in bulk, soonest expiry first: too late to send."""
        ...

    def reap(self, now: datetime) -> tuple[int, int]:
        """Leases run out: (leased → pending, sending → uncertain)."""
        ...

    def uncertain(self, before: datetime, most: int) -> tuple[OutboxRow, ...]:
        """Rows in doubt whose sending began before then; claims them (epoch + 1) for the caller."""
        ...

    def found(self, row: OutboxRow, message: str, now: datetime) -> bool:
        """uncertain → sent."""
        ...

    def resend(self, row: OutboxRow, not_before: datetime) -> bool:
        """uncertain → pending."""
        ...

    def hold(self, row: OutboxRow) -> bool:
        """uncertain → unknown."""
        ...

    def release(self, worker: str) -> int:
        """leased rows of this worker → pending (orderly stop)."""
        ...

    def pause(self, lane: str, until: datetime) -> None:
        """Nobody sends in this lane (or, for a bare platform name, on this platform) before then."""
        ...

    def unpark(self, platform: str, to: str) -> int:
        """blocked → pending for a destination that came back."""
        ...

    def counts(self) -> Mapping[str, int]:
        """Rows by state, for doctor and health."""
        ...

    def oldest_due(self, now: datetime) -> datetime | None:
        """Since when the longest waiting row could have been sent, parked ones left out."""
        ...

    def forget_before(self, instant: datetime) -> int:
        """Remove rows finished before then, and with them the memory that they were planned."""
        ...


@dataclass(frozen=True, slots=True)
class Due:
    """``subject`` is ``m:<milestone id>`` or ``p:<project id>``; look at it at ``at``."""

    at: datetime
    workspace_id: str
    subject: str


class DueTable(Protocol):
    """The narrow table the tick reads, clustered by time."""

    def put(self, due: Due) -> None:
        """Replaces the subject's earlier entry."""
        ...

    def remove(self, workspace_id: str, subject: str) -> None: ...
    def take(self, now: datetime, most: int) -> tuple[Due, ...]:
        """Entries whose time has come, oldest first, locked for this transaction."""
        ...


class Alerts(Protocol):
    def open_for(self, workspace_id: str, milestone_id: str) -> Alert | None:
        """The newest alert of the milestone that is not resolved."""
        ...

    def put(self, alert: Alert) -> None: ...
