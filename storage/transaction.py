"""Statements, inside one transaction or outside any: all that repositories see of the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from sqlalchemy import Connection, Executable
from sqlalchemy.exc import DBAPIError, StatementError

from bot.errors import StoreUnavailable
from storage.prepared import Fields, Prepared, Values

Statements = dict[Executable, Prepared]
"""What was compiled already, for one database."""

_BEGIN: tuple[str, Any] = ("BEGIN", None)

__all__ = ["Fields", "Statements", "Transaction", "Values"]


class Transaction:
    """Statements with their values by name; rows come back as plain sequences.

    On PostgreSQL, what nobody waits for is sent together with the next thing somebody does wait for:
    a transaction costs as many round trips as it asks questions.
    """

    def __init__(self, connection: Connection, statements: Statements, *, reads_only: bool = False) -> None:
        self._connection = connection
        self._dialect = connection.dialect
        self._driver: Any = connection.connection.driver_connection
        self._statements = statements
        self._reads_only = reads_only
        self._later: list[tuple[str, Any]] = []
        self._is_committed = False
        self.on_postgres = self._dialect.name == "postgresql"

    def __enter__(self) -> Self:
        if self.on_postgres:
            self._later.append(_BEGIN)
        else:
            self._run("BEGIN IMMEDIATE", ())
        return self

    def __exit__(self, *_: object) -> None:
        if not self._is_committed:
            self._roll_back()

    def commit(self) -> None:
        """Raises `StoreUnavailable` when nobody can tell whether it succeeded."""
        if _BEGIN in self._later:
            self._run(*self._later.pop())  # a connection that was dead before is found out before the commit
        try:
            self._run("COMMIT", None if self.on_postgres else ())
        except DBAPIError as error:
            if error.connection_invalidated:
                raise StoreUnavailable("commit") from error
            raise
        self._is_committed = True

    def one(self, statement: Executable, values: Values) -> Fields | None:
        prepared = self._prepared(statement, values)
        row = self._run(prepared.sql, prepared.bound(values)).fetchone()
        return None if row is None else prepared.read_one(row)

    def all(self, statement: Executable, values: Values) -> Sequence[Fields]:
        prepared = self._prepared(statement, values)
        return prepared.read(self._run(prepared.sql, prepared.bound(values)).fetchall())

    def change(self, statement: Executable, values: Values) -> int:
        """How many rows it changed."""
        prepared = self._prepared(statement, values)
        return int(self._run(prepared.sql, prepared.bound(values)).rowcount)

    def write(self, statement: Executable, values: Values) -> None:
        """Raises whatever it raises here or, on PostgreSQL, in what follows, at the latest in `commit`."""
        prepared = self._prepared(statement, values)
        if self.on_postgres:
            self._later.append((prepared.sql, prepared.bound(values)))
        else:
            self._run(prepared.sql, prepared.bound(values))

    def _prepared(self, statement: Executable, values: Values) -> Prepared:
        known = self._statements.get(statement)
        if known is None:
            known = self._statements[statement] = Prepared(statement, self._dialect, values)
        if self._reads_only and statement.is_dml:
            raise RuntimeError(f"a read may not write: {known.sql}")
        return known

    def _run(self, sql: str, values: Any) -> Any:
        try:
            return self._send_all(sql, values) if self._later else self._driver.execute(sql, values)
        except self._dialect.loaded_dbapi.Error as error:
            raise self._wrapped(sql, error) from error

    def _send_all(self, sql: str, values: Any) -> Any:
        waiting, self._later = self._later, []
        with self._driver.pipeline():
            for earlier, its_values in waiting:
                self._driver.execute(earlier, its_values)
            return self._driver.execute(sql, values)

    def _roll_back(self) -> None:
        """Never raises: a connection that cannot be used again is thrown away."""
        self._later.clear()
        try:
            self._driver.rollback()
        except self._dialect.loaded_dbapi.Error:
            self._connection.invalidate()

    def _wrapped(self, sql: str, error: Any) -> StatementError:
        """As SQLAlchemy raises it, without the values, which may be what people wrote."""
        is_lost = self._dialect.is_disconnect(error, self._driver, None)
        if is_lost:
            self._connection.invalidate()
        wrapped: StatementError = DBAPIError.instance(
            sql,
            None,
            error,
            self._dialect.loaded_dbapi.Error,
            hide_parameters=True,
            connection_invalidated=is_lost,
            dialect=self._dialect,
        )
        return wrapped
