"""Statements, inside one transaction or outside any: all that repositories see of the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, Row

Values = Mapping[str, Any]
AnyRow = Row[*tuple[Any, ...]]


class Transaction:
    """Statements with their values by name; rows come back as plain tuples."""

    def __init__(self, connection: Connection, *, reads_only: bool = False) -> None:
        self._connection = connection
        self._reads_only = reads_only

    @property
    def on_postgres(self) -> bool:
        return self._connection.dialect.name == "postgresql"

    def one(self, statement: Executable, values: Values) -> AnyRow | None:
        return self._run(statement, values).first()

    def all(self, statement: Executable, values: Values) -> Sequence[AnyRow]:
        return self._run(statement, values).all()

    def change(self, statement: Executable, values: Values) -> int:
        """How many rows it changed."""
        return self._run(statement, values).rowcount

    def write(self, statement: Executable, values: Values) -> None:
        self._run(statement, values)

    def write_all(self, statement: Executable, values: Sequence[Values]) -> None:
        if values:
            self._run(statement, values)

    def _run(self, statement: Executable, values: Values | Sequence[Values]) -> CursorResult[Any]:
        if self._reads_only and statement.is_dml:
            raise RuntimeError(f"a read may not write: {statement}")
        return self._connection.execute(statement, values)
