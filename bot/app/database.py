"""The database from the command line: its schema, and who may use it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from bot.config import Settings
from bot.errors import ConfigError, StoreUnavailable
from storage.database import hold_lock
from storage.migrate import is_outdated, upgrade


def migrate(settings: Settings) -> None:
    """Raises `ConfigError`."""
    with usable():
        upgrade(settings.database_url)


def require_schema(settings: Settings) -> None:
    """Raises `ConfigError` when ``milepost migrate`` has not run."""
    with usable():
        if is_outdated(settings.database_url):
            raise ConfigError("The database is not prepared for this version. Run: milepost migrate")


def only_process(settings: Settings) -> AbstractContextManager[object]:
    """Refuse to start beside another process on the same SQLite file.  Raises `ConfigError` at once."""
    held = ExitStack()
    held.enter_context(hold_lock(settings.database_url))
    return held


@contextmanager
def usable() -> Iterator[None]:
    """A database that is away at the start is one sentence, too.  Raises `ConfigError`."""
    try:
        yield
    except StoreUnavailable as error:
        raise ConfigError(
            f"The database cannot be used ({error}): check DATABASE_URL, and that its server is up."
        ) from error
