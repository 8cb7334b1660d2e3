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
from storage.engines import THREADS, connect
from storage.failures import attempt
from storage.file_lock import hold_lock
from storage.ids import Ids
from storage.memory import Memory
from storage.repositories.actions import Offers
from storage.secret import load_secret
from storage.transaction import Statements, Transaction
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
        self._statements: Statements = {}

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
        with Transaction(self._connection(), self._statements) as transaction:
            unit = self._unit(transaction)
            result = work(unit)
            unit.before_commit()
            transaction.commit()
        unit.after_commit()
        return result

    def _read(self, work: Callable[[UnitOfWork], T]) -> T:
        unit = self._unit(Transaction(self._connection(), self._statements, reads_only=True))
        result = work(unit)
        if unit.offers:
            self._store(unit.offers)
        return result

    def _store(self, offers: Offers) -> None:
        with Transaction(self._connection(), self._statements) as transaction:
            offers.store(transaction)
            transaction.commit()
        offers.committed()

    def _unit(self, transaction: Transaction) -> SqlUnitOfWork:
        return SqlUnitOfWork(transaction, self._clock, self._ids, self._memory)

    def _connection(self) -> Connection:
        """This thread's own: taking one from a pool would cost as much as a query."""
        mine = self._mine
        if not hasattr(mine, "connection"):
            mine.connection = self._engine.connect()
            self._connections.append(mine.connection)
        connection: Connection = mine.connection
        return connection
