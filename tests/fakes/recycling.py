"""A PostgreSQL database made empty again, when that is all it takes to use it for the next test."""

from __future__ import annotations

from typing import LiteralString

import psycopg
from psycopg import sql

_SHAPE: LiteralString = """
SELECT md5(string_agg(said, ',' ORDER BY said)) FROM (
  SELECT concat_ws(' ', c.relname, a.attname, a.atttypid, a.attnotnull)
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
   WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0
  UNION ALL SELECT concat_ws(' ', tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT version_num FROM alembic_version
) AS everything(said)
"""
_OTHERS: LiteralString = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_TABLES: LiteralString = """
SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
"""
_SEQUENCES: LiteralString = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"
_LARGE = 4_000_000  # bytes above which dead rows would slow the next test


def shape_of(server: str, name: str) -> str:
    """Tables, columns, indexes, triggers and the revision, as one word."""
    with _open(server, name) as connection:
        return _one(connection, _SHAPE)


def was_emptied(server: str, name: str, shape: str) -> bool:
    """Whether ``name`` is as it was when it was made; False: somebody is still in it, it has grown, or a test
    changed more than rows."""
    try:
        with _open(server, name) as connection:
            return _is_reusable(connection, shape) and _empty(connection)
    except psycopg.Error:
        return False


def _is_reusable(connection: psycopg.Connection[tuple[object, ...]], shape: str) -> bool:
    if _one(connection, _OTHERS) != "0" or _one(connection, _SHAPE) != shape:
        return False
    rows: LiteralString = "SELECT sum(pg_total_relation_size(relid)) FROM pg_stat_user_tables"
    return int(_one(connection, rows)) < _LARGE


def _empty(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    """Row by row, as a replica: no trigger refuses, no foreign key looks."""
    connection.execute("SET session_replication_role = replica")
    for (table,) in connection.execute(_TABLES).fetchall():
        connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(str(table))))
    for (sequence,) in connection.execute(_SEQUENCES).fetchall():
        connection.execute(sql.SQL("ALTER SEQUENCE {} RESTART").format(sql.Identifier(str(sequence))))
    return True


def _open(server: str, name: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(server.replace("+psycopg", "", 1), dbname=name, autocommit=True)


def _one(connection: psycopg.Connection[tuple[object, ...]], question: LiteralString) -> str:
    row = connection.execute(question).fetchone()
    assert row is not None
    return str(row[0])
