"""Statements compiled once for each database and run on its driver directly.

SQLAlchemy decides afresh at every execution how to compile, bind and read a statement, which on SQLite
costs more than the query.  Ours never change, so it decides once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Dialect, Executable
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.selectable import ReturnsRows

Values = Mapping[str, Any]
Fields = Sequence[Any]
Convert = Callable[[Any], Any]


class Prepared:
    """``sql`` in the driver's spelling; ``names`` are the values that every execution brings.

    Lists of literals (``in_([...])``) are not for us: SQLAlchemy spells them at each execution.
    """

    def __init__(self, statement: Executable, dialect: Dialect, names: Values) -> None:
        changes = statement.is_insert or statement.is_update
        compiled = cast(ClauseElement, statement).compile(
            dialect=dialect, column_keys=sorted(names) if changes else None
        )
        binds: Mapping[str, Any] = compiled.binds  # type: ignore[attr-defined]  # of every SQL compiler
        self.sql = str(compiled)
        self._order: Sequence[str] | None = compiled.positiontup  # type: ignore[attr-defined]  # likewise
        self._to_driver = _converters((name, _binding(bind.type, dialect)) for name, bind in binds.items())
        self._fixed = self._driven({n: v for n, v in (compiled.params or {}).items() if n not in names})
        columns = cast(ReturnsRows, statement).exported_columns
        self._from_driver = _converters((at, _reading(c.type, dialect)) for at, c in enumerate(columns))

    def bound(self, values: Values) -> Any:
        """``values`` as the driver takes them: by position for SQLite, by name for PostgreSQL."""
        driven = self._fixed | self._driven(values)
        return driven if self._order is None else [driven[name] for name in self._order]

    def read(self, rows: Sequence[Fields]) -> Sequence[Fields]:
        return [self.read_one(row) for row in rows] if self._from_driver else rows

    def read_one(self, row: Fields) -> Fields:
        if not self._from_driver:
            return row
        fields = list(row)
        for at, convert in self._from_driver:
            fields[at] = convert(fields[at])
        return fields

    def _driven(self, values: Values) -> dict[str, Any]:
        driven = dict(values)
        for name, convert in self._to_driver:
            if name in driven:
                driven[name] = convert(driven[name])
        return driven


def _converters(all_of_them: Any) -> tuple[tuple[Any, Convert], ...]:
    return tuple((where, convert) for where, convert in all_of_them if convert)


def _binding(type_: Any, dialect: Dialect) -> Convert | None:
    convert: Convert | None = type_.dialect_impl(dialect).bind_processor(dialect)
    return convert


def _reading(type_: Any, dialect: Dialect) -> Convert | None:
    convert: Convert | None = type_.dialect_impl(dialect).result_processor(dialect, None)
    return convert
