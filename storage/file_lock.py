"""One running process per SQLite file.  PostgreSQL needs no such thing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bot.errors import ConfigError
from storage.engines import make_folder, sqlite_file

if sys.platform == "win32":
    import msvcrt

    def _try_to_lock(file: IO[str]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_to_lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def hold_lock(url: str) -> Iterator[None]:
    """Held while the block runs, and let go by the system if the process dies.

    Raises `ConfigError`, with one sentence, when another process holds it.
    """
    database = sqlite_file(url)
    if database is None:
        yield
        return
    make_folder(database)
    with database.with_name(database.name + ".lock").open("a+") as file:
        _lock(file, database)
        yield


def _lock(file: IO[str], database: Path) -> None:
    try:
        _try_to_lock(file)
    except OSError as error:
        raise ConfigError(
            f"Another Milepost{_holder(file)} is already running on {database}: "
            "stop it first, or set DATABASE_URL to PostgreSQL to run several."
        ) from error
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()


def _holder(file: IO[str]) -> str:
    file.seek(0)
    pid = file.read(20).strip()
    return f" (process {pid})" if pid.isdigit() else ""
