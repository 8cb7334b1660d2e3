"""A platform that cannot be reached is asked now and then, not with every message (docs/delivery.md)."""

from __future__ import annotations

from datetime import datetime, timedelta

FAILURES = 5  # connections refused in a row
PROBE_EVERY = timedelta(seconds=30)


class Breaker:
    """Closed: everything passes.  Open: one probe every half minute, until one gets through."""

    def __init__(self) -> None:
        self._failures = 0
        self._probe_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self._failures >= FAILURES

    def room(self, wanted: int, now: datetime) -> int:
        """How many of ``wanted`` may try now."""
        if not self.is_open:
            return wanted
        if self._probe_at and now < self._probe_at:
            return 0
        return min(wanted, 1)

    def failed(self, now: datetime) -> None:
        """Nobody answered the door."""
        self._failures += 1
        self._probe_at = now + PROBE_EVERY

    def worked(self) -> None:
        """Somebody answered, whatever they said."""
        self._failures = 0
        self._probe_at = None
