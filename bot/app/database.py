"""The database from the command line: its schema, and who may use it."""

from __future__ import annotations

from contextlib import AbstractContextManager

from bot.config import Settings
from storage.database import hold_lock
from storage.migrate import upgrade


def migrate(settings: Settings) -> None:
    upgrade(settings.database_url)


def only_process(settings: Settings) -> AbstractContextManager[object]:
    """Refuse to start beside another process on the same SQLite file.  Raises `ConfigError`."""
    return hold_lock(settings.database_url)
