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
