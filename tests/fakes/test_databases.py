from __future__ import annotations

import signal

import psycopg
import pytest
from sqlalchemy import create_engine, inspect, text

from tests.fakes.databases import Databases
from tests.fakes.postgres import PostgresServer


def tables(url: str) -> list[str]:
    engine = create_engine(url)
    try:
        return inspect(engine).get_table_names()
    finally:
        engine.dispose()


def make_table(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE left_behind (id INTEGER)"))
    engine.dispose()


def _write(url: str, statement: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _count(url: str, table: str) -> int:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608 - a name of this file
    engine.dispose()
    return int(found)


def test_two_databases_share_nothing(databases: Databases) -> None:
    with databases.empty() as one, databases.empty() as other:
        make_table(one)
        assert tables(one) == ["left_behind"]
        assert tables(other) == []


def test_what_one_test_leaves_the_next_does_not_find(databases: Databases) -> None:
    with databases.empty() as first:
        make_table(first)
    with databases.empty() as second:
        assert tables(second) == []


def test_a_migrated_database_may_be_used_again_and_is_empty_then(databases: Databases) -> None:
    with databases.migrated() as first:
        _write(first, "INSERT INTO workspaces (id, name) VALUES ('w', 'Acme')")
    with databases.migrated() as second:
        assert _count(second, "workspaces") == 0
        assert _count(second, "alembic_version") == 1


def test_a_migrated_database_that_was_changed_is_not_used_again(databases: Databases) -> None:
    with databases.migrated() as first:
        make_table(first)
        _write(first, "UPDATE alembic_version SET version_num = '9999'")
    with databases.migrated() as second:
        assert "left_behind" not in tables(second)


def test_a_migrated_database_has_the_tables_of_the_product(database_url: str) -> None:
    assert "alembic_version" in tables(database_url)


@pytest.mark.faults
def test_a_durable_server_keeps_what_was_committed_through_a_crash() -> None:
    with PostgresServer(durable=True) as server:
        make_table(server.url())
        server.stop(signal.SIGQUIT)
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(server.url().replace("+psycopg", ""))
        server.start()
        assert tables(server.url()) == ["left_behind"]
