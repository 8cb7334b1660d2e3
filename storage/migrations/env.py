"""How Alembic runs our migrations: on the given connection, in one transaction, one process at a time."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, text

from storage.tables import metadata

_LOCK = 0x6D696C65  # any number, as long as it is always the same


def _wait_for_others(connection: Connection) -> None:
    """SQLite's transaction is exclusive already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '60s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        connection.execute(text("SET LOCAL lock_timeout = '5s'"))


def _run(connection: Connection) -> None:
    _wait_for_others(connection)
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


_run(context.config.attributes["connection"])
