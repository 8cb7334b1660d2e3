"""The store: one hop to a storage thread, one transaction, one commit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import local
from typing import TypeVar

from sqlalchemy import Connection, Engine

from bot.clock import Clock
from bot.ports import UnitOfWork
from storage.database_clock import DatabaseClock
from storage.engines import READ_ONLY, THREADS, connect
from storage.failures import abandoning, attempt, commit
from storage.file_lock import hold_lock
from storage.ids import Ids
from storage.memory import Memory
from storage.repositories.actions import Offers
from storage.secret import load_secret
from storage.transaction import Transaction
from storage.unit_of_work import SqlUnitOfWork

__all__ = ["DatabaseClock", "SqlStore", "hold_lock", "open_store"]

T = TypeVar("T")


def open_store(url: str, clock: Clock) -> SqlStore:
    """The store at ``url``, whose schema must be current (`storage.migrate.upgrade`).

    Raises `ConfigError` for a database that is neither SQLite nor PostgreSQL, `StoreUnavailable` when
    it cannot be reached.
    """
    engine = connect(url)
    return SqlStore(engine, clock, Memory(attempt(load_secret, engine)))


class SqlStore:
    """Implements ``bot.ports.Store``.  Each storage thread keeps its connection."""

    def __init__(self, engine: Engine, clock: Clock, memory: Memory) -> None:
        self._engine = engine
        self._clock = clock
        self._memory = memory
        self._ids = Ids()
        self._threads = ThreadPoolExecutor(THREADS[engine.dialect.name], "storage")
        self._mine = local()
        self._connections: list[Connection] = []

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self._hop(self._write, work)

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self._hop(self._read, work)

    async def close(self) -> None:
        """Waits for what is under way."""
        await asyncio.to_thread(self._threads.shutdown, wait=True)
        for connection in self._connections:
            connection.close()
        self._engine.dispose()

    async def _hop(self, how: Callable[[Callable[[UnitOfWork], T]], T], work: Callable[[UnitOfWork], T]) -> T:
        attempted = partial(attempt, how, work)
        return await asyncio.get_running_loop().run_in_executor(self._threads, attempted)

    def _write(self, work: Callable[[UnitOfWork], T]) -> T:
        connection = self._connection(reads_only=False)
        unit = self._unit(Transaction(connection))
        with abandoning(connection):
            result = work(unit)
            unit.before_commit()
            commit(connection)
        unit.after_commit()
        return result

    def _read(self, work: Callable[[UnitOfWork], T]) -> T:
        connection = self._connection(reads_only=True)
        unit = self._unit(Transaction(connection, reads_only=True))
        with abandoning(connection):
            result = work(unit)
            connection.rollback()
        if unit.offers:
            self._store(unit.offers)
        return result

    def _store(self, offers: Offers) -> None:
        connection = self._connection(reads_only=False)
        with abandoning(connection):
            offers.store(Transaction(connection))
            commit(connection)
        offers.committed()

    def _unit(self, transaction: Transaction) -> SqlUnitOfWork:
        return SqlUnitOfWork(transaction, self._clock, self._ids, self._memory)

    def _connection(self, *, reads_only: bool) -> Connection:
        """This thread's own: taking one from a pool would cost as much as a query."""
        mine = self._mine
        if not hasattr(mine, "connection"):
            mine.connection, mine.reads_only = self._engine.connect(), None
            self._connections.append(mine.connection)
        if mine.reads_only is not reads_only:
            mine.connection.execution_options(**{READ_ONLY: reads_only})
            mine.reads_only = reads_only
        connection: Connection = mine.connection
        return connection
