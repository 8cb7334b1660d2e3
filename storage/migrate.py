"""The schema: brought up to date, and asked how new it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from bot.errors import ConfigError
from storage.engines import connect, sqlite_file
from storage.failures import translating

_SCRIPTS = Path(__file__).parent / "migrations"
_CURRENT = text("SELECT version_num FROM alembic_version")


def upgrade(url: str, to: str = "head") -> None:
    """Bring the database at ``url`` to the newest schema, or to an older one for a test.

    Safe beside other processes doing the same.  A SQLite file that holds data is copied first, to
    ``<file>.before-<revision>``.  Raises `ConfigError` when the database is newer than this code, and
    `StoreUnavailable`.
    """
    engine = connect(url)
    try:
        _upgrade(engine, sqlite_file(url), to)
    finally:
        engine.dispose()


def _upgrade(engine: Engine, file: Path | None, to: str) -> None:
    with translating(), engine.connect() as connection:
        before = _revision(connection)
        has_tables = bool(inspect(connection).get_table_names())
    if before == newest():
        return
    if before and before not in _known():
        raise ConfigError("The database was made by a newer Milepost: update this one.")
    if file and has_tables:
        _copy(file, file.with_name(f"{file.name}.before-{newest()}"))
    with engine.begin() as connection:
        _migrate(connection, to)


def revision(url: str) -> str:
    """What the database at ``url`` has; empty before the first migration.  Raises `StoreUnavailable`."""
    engine = connect(url)
    try:
        with translating(), engine.connect() as connection:
            return _revision(connection)
    finally:
        engine.dispose()


def is_current(url: str) -> bool:
    return revision(url) == newest()


def is_outdated(url: str) -> bool:
    """A schema that this code has left behind.  One it does not know yet is newer, which is how it looks
    to processes that a deployment has not replaced so far."""
    has = revision(url)
    return not has or has in _known() - {newest()}


def newest() -> str:
    """The revision this code expects."""
    return max(_known())


def _known() -> set[str]:
    """By the names of their files, ``v0001_people.py``: whoever has nothing to migrate need not load Alembic,
    which takes longer than everything else this module does."""
    return {file.name[1:].partition("_")[0] for file in (_SCRIPTS / "versions").glob("v*.py")}


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.scalar(_CURRENT) or "")


def _migrate(connection: Connection, to: str) -> None:
    """Without a configuration file, so that it works wherever the package is installed."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _copy(file: Path, to: Path) -> None:
    """With SQLite's own backup: a plain copy could miss what the log still holds."""
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
