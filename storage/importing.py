"""An export into an empty database: all of it, or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, and_, func, insert, literal, select, update
from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError

from bot.errors import ConfigError
from storage.carrying import FORMAT, points_at_itself, read, tables
from storage.engines import connect
from storage.failures import translating
from storage.migrate import newest
from storage.repositories.files import FilesTable
from storage.repositories.findings import FindingsTable
from storage.repositories.milestones import MilestonesTable
from storage.repositories.notes import NotesTable
from storage.tables import files, metadata, milestones, notes, people
from storage.transaction import Transaction

_ROWS_AT_ONCE = 500
_OF_THIS_PLACE = frozenset({"secrets", "demo_time"})
_ONE = select(literal(1))
_NO_FIT = (IntegrityError, DataError, ProgrammingError, ValueError, OverflowError)
Row = dict[str, Any]
T = TypeVar("T")


@dataclass
class _Reading:
    """How far a file was read; ``end`` is what its last line counted, None while that has not come."""

    number: int = 0
    rows: int = 0
    end: int | None = None
    by_name: dict[str, Table] = field(default_factory=lambda: {table.name: table for table in tables()})


def load(url: str, file: Iterable[str]) -> int:
    """How many rows there are now.  The schema must be current and the database unused.

    Raises `ConfigError` with the line at fault, then nothing was changed; `StoreUnavailable`.
    """
    engine = connect(url)
    try:
        with translating(), engine.begin() as connection:
            _require_unused(connection)
            reading = _Reading()
            with _fitting(reading):
                _fill(connection, _rows(file, reading))
                if reading.end != reading.rows:
                    raise ConfigError("The file is not whole: its last line is missing. Export it again.")
                _make_findable(connection)
        return reading.rows
    finally:
        engine.dispose()


@contextmanager
def _fitting(reading: _Reading) -> Iterator[None]:
    """Rows that can be read and cannot be kept: of no team, twice the same, no text where there is text."""
    try:
        yield
    except _NO_FIT as error:
        near = f"Line {reading.number} of the file, or one before it, does not fit the others."
        raise ConfigError(f"{near} Export it again.") from error


def _require_unused(connection: Connection) -> None:
    if connection.scalar(select(func.count()).select_from(people)):
        raise ConfigError(
            "This database is in use. Import into a new one: set DATABASE_URL to it and run milepost migrate."
        )
    for table in reversed(metadata.sorted_tables):  # a start leaves a team without anybody and a first code
        if table.name not in _OF_THIS_PLACE:
            connection.execute(table.delete())


def _fill(connection: Connection, rows: Iterator[tuple[Table, Row]]) -> None:
    for table, group in groupby(rows, key=lambda found: found[0]):
        later = points_at_itself(table)
        postponed: list[Row] = []
        of_table = (row for _, row in group)
        while batch := list(islice(of_table, _ROWS_AT_ONCE)):
            postponed += [row for row in batch if any(row.get(name) for name in later)]
            _insert(connection, table, [{**row, **dict.fromkeys(later)} for row in batch])
        for row in postponed:
            _point(connection, table, row, later)


def _insert(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Rows of the same columns together; what a row lacks takes its default."""
    for _, same in groupby(sorted(rows, key=sorted), key=sorted):
        connection.execute(insert(table), list(same))


def _point(connection: Connection, table: Table, row: Row, later: tuple[str, ...]) -> None:
    this = and_(*(column == row[column.name] for column in table.primary_key.columns))
    connection.execute(update(table).where(this).values({name: row.get(name) for name in later}))


# --- the file -------------------------------------------------------------------------------------


def _rows(file: Iterable[str], reading: _Reading) -> Iterator[tuple[Table, Row]]:
    for reading.number, line in enumerate(file, 1):
        try:
            content = json.loads(line)
            if reading.number == 1:
                _check_heading(content)
            elif reading.end is not None:
                raise ConfigError("something follows the last line")
            elif "end" in content:
                reading.end = content["end"]
            else:
                reading.rows += 1
                table = reading.by_name[content["t"]]
                yield table, read(table, content["r"])
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise ConfigError(f"Line {reading.number} of the file cannot be read.") from error
        except ConfigError as error:
            raise ConfigError(f"Line {reading.number} of the file: {error}.") from error


def _check_heading(content: object) -> None:
    if not isinstance(content, dict) or content.get("milepost") != FORMAT:
        raise ConfigError("this is no export of Milepost, or one of a version that it does not know")
    if str(content.get("schema", "")) > newest():
        raise ConfigError("it was made by a newer Milepost: update this one")


# --- finding again --------------------------------------------------------------------------------


def _make_findable(connection: Connection) -> None:
    """Words are indexed by what this database has for that."""
    transaction = Transaction(connection, {})
    found = FindingsTable(transaction)
    of_milestones, of_notes = MilestonesTable(transaction, found), NotesTable(transaction, found)
    of_files = FilesTable(transaction, found)
    for key in _keys(connection, milestones):
        _put(of_milestones.get(*key), found.put_milestone)
    for key in _keys(connection, notes):
        _put(of_notes.get(*key), found.put_note)
    for key in _keys(connection, files):
        _put(of_files.get(*key), found.put_file)
    transaction.one(_ONE, {})


def _keys(connection: Connection, table: Table) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in connection.execute(select(table.c.workspace_id, table.c.id))]


def _put(item: T | None, put: Callable[[T], None]) -> None:
    if item is not None:
        put(item)
