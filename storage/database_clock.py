"""PostgreSQL's clock, so that every process and every machine agrees about leases."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from bot.clock import steady
from storage.engines import connect
from storage.failures import attempt

_NOW = select(func.clock_timestamp())
_FRESH = 60.0  # seconds; two clocks drift apart by microseconds meanwhile


class DatabaseClock:
    """Implements ``bot.clock.Clock``: the database's time, carried on by a monotonic counter and asked
    for again every minute, in a thread of its own.  When the database is away the counter goes on.

    Raises `StoreUnavailable` if the first question is not answered.
    """

    def __init__(self, url: str, monotonic: Callable[[], float] = steady) -> None:
        self._engine = connect(url)
        self._monotonic = monotonic
        self._thread = ThreadPoolExecutor(1, "database-clock")
        self._asked_at = monotonic()
        self._read = attempt(type(self)._ask, self)

    def now(self) -> datetime:
        counted = self._monotonic()
        if counted - self._asked_at > _FRESH:
            self._asked_at = counted
            self._thread.submit(self._refresh)
        then, at = self._read
        return then + timedelta(seconds=counted - at)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def close(self) -> None:
        """Waits for a question under way."""
        self._thread.shutdown(wait=True)
        self._engine.dispose()

    def _refresh(self) -> None:
        try:
            self._read = self._ask()
        except DBAPIError:
            return  # asked again in a minute

    def _ask(self) -> tuple[datetime, float]:
        """The database's instant, and our counter in the middle of the question."""
        with self._engine.connect() as connection:
            before = self._monotonic()
            there = connection.execute(_NOW).scalar_one()
            after = self._monotonic()
        return there.astimezone(UTC), (before + after) / 2
