"""Was the clock set?  Leases measured across such a moment mean nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from bot.clock import Clock
from bot.domain.outbox import LEASE

log = logging.getLogger(__name__)

JUMP = 30.0  # seconds between the clock and the steady one


class ClockWatch:
    """``elapsed`` is a clock that nobody sets; after a jump it is waited out what a lease may last."""

    def __init__(self, clock: Clock, elapsed: Callable[[], float], wait: timedelta = LEASE) -> None:
        self._clock, self._elapsed, self._wait = clock, elapsed, wait.total_seconds()
        self._apart: float | None = None
        self._even_from = float("-inf")

    def is_even(self) -> bool:
        """False while messages may be under way whose lease only seems to have run out."""
        apart = self._measured()
        known, self._apart = apart if self._apart is None else self._apart, apart
        if abs(apart - known) > JUMP:
            log.info("the clock was set by %.0f s: leases are left alone for a while", apart - known)
            self._even_from = self._elapsed() + self._wait
        return self._elapsed() >= self._even_from

    def _measured(self) -> float:
        return self._clock.now().timestamp() - self._elapsed()
