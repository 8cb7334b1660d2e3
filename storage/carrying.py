"""What is taken along when a database moves, and how its values are written down.

Everything in the metadata is carried unless it is named here with the reason; a test holds that every table
was decided about.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Column, Date, LargeBinary, Table, Time

from bot.errors import ConfigError
from storage.columns import Instant
from storage.tables import metadata

FORMAT = 1
"""The version of the file's own shape; the schema's revision stands beside it."""

LEFT_BEHIND: Mapping[str, str] = {
    "secrets": "keys of this installation: buttons are offered anew",
    "actions": "buttons, worth nothing without the keys",
    "dialogs": "questions that wait a few hours",
    "invitations": "codes that were handed out open one door only",
    "inbox": "keys of what arrived here",
    "outbox": "messages under way: reminders are planned anew",
    "lanes": "derived from the outbox",
    "pauses": "how long a platform wants quiet",
    "demo_time": "the demo's clock",
    "milestone_counts": "kept by the database itself",
    "findings": "derived from milestones, notes and files, and made anew",
}
CARRIED = frozenset(
    {
        *("workspaces", "installs", "people", "identities", "chosen_workspaces", "places"),
        *("projects", "phases", "milestones", "history", "ledger", "alerts", "due", "anchors"),
        *("notes", "files", "blobs", "lines", "line_numbers"),
        *("proposals", "snoozes", "feedback", "series"),
    }
)
"""Named for the test alone: what is carried follows from the metadata."""


def tables() -> tuple[Table, ...]:
    """In an order in which every row finds the rows that it points at."""
    return tuple(table for table in metadata.sorted_tables if table.name not in LEFT_BEHIND)


def written(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as JSON values; what is empty is left out."""
    return {
        column.name: _writer(column)(row[column.name])
        for column in table.columns
        if row[column.name] is not None
    }


def read(table: Table, raw: object) -> dict[str, Any]:
    """The row again.  Raises `ConfigError` for a column that this version does not know."""
    if not isinstance(raw, Mapping):
        raise ConfigError("a row is no row")
    unknown = [name for name in raw if name not in table.columns]
    if unknown:
        raise ConfigError(f"{table.name} has no column {str(unknown[0])[:40]}")
    return {name: _reader(table.columns[name])(value) for name, value in raw.items()}


def points_at_itself(table: Table) -> tuple[str, ...]:
    """Columns by which a row may point at another of the same table: filled in once all are there."""
    names = (
        element.parent.name
        for key in table.foreign_key_constraints
        if key.referred_table is table
        for element in key.elements
    )
    return tuple(sorted({name for name in names if not table.columns[name].primary_key}))


def _writer(column: Column[Any]) -> Callable[[Any], Any]:
    if isinstance(column.type, Instant | Date | Time):
        return lambda value: value.isoformat()
    if isinstance(column.type, LargeBinary):
        return lambda value: b64encode(value).decode()
    return lambda value: value


def _reader(column: Column[Any]) -> Callable[[Any], Any]:
    kinds: Iterator[tuple[Any, Callable[[Any], Any]]] = iter(
        (
            (Instant, datetime.fromisoformat),
            (Date, date.fromisoformat),
            (Time, time.fromisoformat),
            (LargeBinary, b64decode),
        )
    )
    return next((read for kind, read in kinds if isinstance(column.type, kind)), lambda value: value)
