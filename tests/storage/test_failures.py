"""What the store does when the database refuses, is locked, or goes away."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from traceback import format_exception

import pytest
from sqlalchemy import create_engine, text

from bot.domain.people import Workspace
from bot.errors import ConfigError, StoreUnavailable, VersionConflict
from bot.ports import UnitOfWork
from storage import engines
from storage.database import SqlStore, open_store
from tests.contracts.storage_contract.cast import START
from tests.fakes.clock import FakeClock


@pytest.fixture
async def store(database_url: str, clock: FakeClock) -> AsyncIterator[SqlStore]:
    opened = open_store(database_url, clock)
    yield opened
    await opened.close()


def add(unit: UnitOfWork) -> None:
    unit.workspaces.add(Workspace("w", "Acme"))


def cut_all_connections(url: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    engine.dispose()


async def test_work_that_fails_leaves_nothing(store: SqlStore) -> None:
    def fail(unit: UnitOfWork) -> None:
        add(unit)
        raise KeyError("a fault in the work")

    with pytest.raises(KeyError):
        await store.write(fail)
    assert await store.read(lambda unit: unit.workspaces.all()) == ()


async def test_a_read_may_not_write(store: SqlStore) -> None:
    with pytest.raises(RuntimeError, match="read"):
        await store.read(add)
    assert await store.read(lambda unit: unit.workspaces.all()) == ()


async def test_the_same_key_twice_is_a_conflict(store: SqlStore) -> None:
    await store.write(add)
    with pytest.raises(VersionConflict):
        await store.write(add)


async def test_a_connection_cut_between_two_pieces_of_work_is_replaced(
    store: SqlStore, database_url: str
) -> None:
    if database_url.startswith("postgresql"):
        for _ in range(8):
            await store.write(lambda unit: unit.inbox.add("slack", unit.new_id(), START))
        cut_all_connections(database_url)
    await store.write(add)
    assert len(await store.read(lambda unit: unit.workspaces.all())) == 1


async def test_work_whose_connection_is_cut_is_done_again_once(store: SqlStore, database_url: str) -> None:
    times = []

    def work(unit: UnitOfWork) -> None:
        times.append(unit)
        add(unit)
        if len(times) == 1 and database_url.startswith("postgresql"):
            cut_all_connections(database_url)
        unit.workspaces.all()

    await store.write(work)
    assert len(times) == (2 if database_url.startswith("postgresql") else 1)
    assert len(await store.read(lambda unit: unit.workspaces.all())) == 1


async def test_reads_survive_a_cut_connection(store: SqlStore, database_url: str) -> None:
    await store.write(add)
    for _ in range(8):
        await store.read(lambda unit: unit.workspaces.all())
    if database_url.startswith("postgresql"):
        cut_all_connections(database_url)
    for _ in range(8):
        assert len(await store.read(lambda unit: unit.workspaces.all())) == 1


async def test_a_sqlite_file_that_stays_locked_is_unavailable_and_then_available(
    database_url: str, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = engines.sqlite_file(database_url)
    if file is None:
        return
    monkeypatch.setattr(engines, "_SQLITE", engines._SQLITE.replace(str(engines._BUSY_MS), "20"))
    store = open_store(database_url, clock)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable):
        await store.write(add)
    assert await store.read(lambda unit: unit.workspaces.all()) == (), "readers are not held up"
    other.execute("ROLLBACK")
    await store.write(add)
    other.close()
    await store.close()


def test_another_database_is_refused_with_a_sentence(clock: FakeClock) -> None:
    with pytest.raises(ConfigError, match="SQLite or PostgreSQL"):
        open_store("mysql://localhost/milepost", clock)


async def test_a_database_that_cannot_be_reached_is_unavailable(clock: FakeClock) -> None:
    with pytest.raises(StoreUnavailable):
        open_store("postgresql://127.0.0.1:9/nothing", clock)


@pytest.mark.parametrize("url", ["postgres://h/d", "postgresql://h/d", "postgresql+psycopg://h/d"])
def test_every_spelling_of_postgresql_uses_our_driver(url: str) -> None:
    assert engines.spelled(url) == "postgresql+psycopg://h/d"


async def test_no_error_of_the_database_repeats_what_people_wrote(store: SqlStore) -> None:
    """Errors end up in logs, whatever they were caused by."""
    name = "ca" + "nary"  # a traceback shows this line
    await store.write(lambda unit: unit.workspaces.add(Workspace("w", name)))
    with pytest.raises(VersionConflict) as refused:
        await store.write(lambda unit: unit.workspaces.add(Workspace("w", name)))
    assert name not in "".join(format_exception(refused.value))
