"""Everything that is ours, line by line: a heading, one JSON object per row, a last line that counts them.

Streams: memory does not grow with the database.  One snapshot: what is changed meanwhile is not in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, select

from storage.carrying import FORMAT, tables, written
from storage.engines import connect
from storage.failures import translating
from storage.migrate import newest

_ROWS_AT_ONCE = 500


def lines(url: str, at: datetime) -> Iterator[str]:
    """``at`` is when it was asked for.  The schema must be current.  Raises `StoreUnavailable`."""
    engine = connect(url)
    try:
        with translating(), engine.connect() as connection:
            _take_snapshot(connection)
            yield _line({"milepost": FORMAT, "schema": newest(), "at": at.isoformat()})
            count = 0
            for table in tables():
                for row in _rows(connection, table):
                    count += 1
                    yield _line({"t": table.name, "r": row})
            yield _line({"end": count})
            connection.rollback()
    finally:
        engine.dispose()


def _take_snapshot(connection: Connection) -> None:
    """Reading takes no lock from whoever writes meanwhile."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return
    connection.exec_driver_sql("ROLLBACK")
    connection.exec_driver_sql("BEGIN")


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    ordered = select(table).order_by(*table.primary_key.columns)
    found = connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(ordered)
    for row in found.mappings():
        yield written(table, {column.name: row[column] for column in table.columns})


def _line(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
