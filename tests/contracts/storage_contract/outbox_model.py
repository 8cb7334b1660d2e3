"""The outbox as a dictionary: what both stores must do, without a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.outbox import FINAL, LEASE, OCCUPIES_LANE, TRANSITIONS, OutboxState

S = OutboxState


@dataclass
class Row:
    key: str
    lane: str
    platform: str
    priority: int
    not_before: datetime
    expires_at: datetime
    state: OutboxState = S.PENDING
    epoch: int = 0
    sends: int = 0
    resends: int = 0
    lease_until: datetime | None = None
    send_started_at: datetime | None = None

    def become(self, state: OutboxState) -> None:
        assert state in TRANSITIONS[self.state], f"{self.state} to {state} is not a transition"
        self.state = state
        if state not in (S.LEASED, S.SENDING):
            self.lease_until = None


@dataclass
class Model:
    rows: dict[str, Row] = field(default_factory=dict)
    pauses: dict[str, datetime] = field(default_factory=dict)
    suspended: set[str] = field(default_factory=set)

    def plan(self, row: Row) -> bool:
        if row.key in self.rows:
            return False
        row.state = S.BLOCKED if row.platform in self.suspended else S.PENDING
        self.rows[row.key] = row
        return True

    def ready(self, now: datetime) -> set[str]:
        """Keys a claim without a limit takes: the head of every lane that may send."""
        heads: dict[str, Row] = {}
        for row in sorted(self._due(now), key=lambda row: (row.priority, row.not_before)):
            heads.setdefault(row.lane, row)
        return {row.key for lane, row in heads.items() if self._is_free(lane, row.platform, now)}

    def claim(self, key: str, now: datetime) -> None:
        row = self.rows[key]
        row.become(S.LEASED)
        row.epoch += 1
        row.lease_until = now + LEASE

    def reap(self, now: datetime) -> tuple[int, int]:
        late = [row for row in self.rows.values() if row.lease_until and row.lease_until < now]
        freed = [row for row in late if row.state is S.LEASED]
        doubted = [row for row in late if row.state is S.SENDING]
        for row in freed:
            row.become(S.PENDING)
        for row in doubted:
            row.become(S.UNCERTAIN)
        return len(freed), len(doubted)

    def in_doubt(self, now: datetime) -> set[str]:
        """Looked into now: not by another who still may."""
        return {
            row.key
            for row in self.rows.values()
            if row.state is S.UNCERTAIN
            and row.send_started_at is not None
            and row.send_started_at < now
            and (row.lease_until is None or row.lease_until <= now)
        }

    def expire(self, now: datetime) -> int:
        late = [r for r in self.rows.values() if r.state in (S.PENDING, S.BLOCKED) and r.expires_at <= now]
        for row in late:
            row.become(S.EXPIRED)
        return len(late)

    def suspend(self, platform: str) -> None:
        self.suspended.add(platform)
        for row in self.rows.values():
            if row.platform == platform and row.state is S.PENDING:
                row.become(S.BLOCKED)

    def resume(self, platform: str) -> None:
        self.suspended.discard(platform)
        for row in self.rows.values():
            if row.platform == platform and row.state is S.BLOCKED:
                row.become(S.PENDING)
                row.epoch += 1

    def check(self) -> None:
        busy = [row.lane for row in self.rows.values() if row.state in OCCUPIES_LANE]
        assert len(busy) == len(set(busy)), "one live row per lane"
        for row in self.rows.values():
            assert row.sends <= 1 + row.resends, "no more requests than allowed"
            assert row.state not in FINAL or row.lease_until is None

    def _due(self, now: datetime) -> list[Row]:
        return [row for row in self.rows.values() if row.state is S.PENDING and row.not_before <= now]

    def _is_free(self, lane: str, platform: str, now: datetime) -> bool:
        occupied = any(row.lane == lane and row.state in OCCUPIES_LANE for row in self.rows.values())
        paused = any(self.pauses.get(name, now) > now for name in (lane, platform))
        return not occupied and not paused and platform not in self.suspended
