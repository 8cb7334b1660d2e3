"""Connections to both databases, behaving alike: the driver commits every statement by itself, and a
transaction begins only where we say so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from bot.errors import ConfigError

_BUSY_MS = 10_000
_SQLITE = f"""
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA busy_timeout = {_BUSY_MS};
PRAGMA foreign_keys = ON;
"""
_POSTGRES = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # milliseconds: keepalives say nothing while unanswered bytes wait
    "application_name": "milepost",
}
_POSTGRES_LIMITS = (
    "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s -c timezone=UTC"
)
THREADS = {"sqlite": 1, "postgresql": 4}
"""One writer is all SQLite has; the same thread reads, which keeps its page cache warm."""


def spelled(url: str) -> str:
    """Hosting companies write postgres://; the driver is ours to name."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def sqlite_file(url: str) -> Path | None:
    """Where SQLite keeps ``url``; None for PostgreSQL and for a database in memory."""
    parsed = make_url(spelled(url))
    name = parsed.database
    return Path(name) if parsed.get_backend_name() == "sqlite" and name and name != ":memory:" else None


def make_folder(file: Path) -> None:
    """Raises `ConfigError`."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"DATABASE_URL: the folder {file.parent} cannot be made.") from error


def connect(url: str) -> Engine:
    """Raises `ConfigError` for any other database."""
    parsed = make_url(spelled(url))
    match parsed.get_backend_name():
        case "sqlite":
            return _sqlite(spelled(url))
        case "postgresql":
            return _postgres(spelled(url))
    raise ConfigError(
        f"DATABASE_URL names {parsed.get_backend_name()}: Milepost keeps its data in SQLite or PostgreSQL."
    )


def _sqlite(url: str) -> Engine:
    file = sqlite_file(url)
    if file:
        make_folder(file)
    engine = create_engine(
        url, hide_parameters=True, connect_args={"isolation_level": None, "check_same_thread": False}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin("BEGIN IMMEDIATE"))
    return engine


def _postgres(url: str) -> Engine:
    parsed = make_url(url)
    options = f"{parsed.query.get('options', '')} {_POSTGRES_LIMITS}".strip()
    engine = create_engine(
        parsed,
        hide_parameters=True,  # they hold what people wrote, and errors end up in logs
        isolation_level="AUTOCOMMIT",
        pool_pre_ping=True,
        pool_size=THREADS["postgresql"],
        connect_args={**_POSTGRES, "options": options},
    )
    event.listen(engine, "begin", _begin("BEGIN"))
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.executescript(_SQLITE)


def _begin(statement: str) -> Any:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    return begin
