"""Taking everything along: an export to a file or to the standard output, and an import from one."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from bot.app.database import migrate, only_process, require_schema, usable
from bot.clock import Clock, SystemClock
from bot.config import Settings
from bot.errors import ConfigError
from storage import exporting, importing

STANDARD = "-"
_FOR_ITS_OWNER = 0o600


def export_all(settings: Settings, to: str, clock: Clock | None = None) -> int:
    """How many lines were written.  A file appears whole or not at all.  Raises `ConfigError`."""
    require_schema(settings)
    at = (clock or SystemClock()).now()
    with usable(), _written(to) as file:
        count = 0
        for line in exporting.lines(settings.database_url, at):
            file.write(line)
            count += 1
    return count


def import_all(settings: Settings, source: str) -> int:
    """How many rows there are now.  Raises `ConfigError`."""
    with only_process(settings):
        migrate(settings)
        with usable(), _opened(source) as file:
            return importing.load(settings.database_url, file)


@contextmanager
def _written(to: str) -> Iterator[IO[str]]:
    if to == STANDARD:
        yield sys.stdout
        return
    target = Path(to)
    if target.exists():
        raise ConfigError(f"{target} is there already: name another file.")
    part = target.with_name(f"{target.name}.part")
    try:
        with _new(part, packed=target.suffix == ".gz") as file:
            yield file
        part.replace(target)
    except OSError as error:
        raise ConfigError(f"{target} cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)


def _new(part: Path, *, packed: bool) -> IO[str]:
    """What everybody ever typed is nobody else's business."""
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _FOR_ITS_OWNER))
    if packed:
        return cast(IO[str], gzip.open(part, "wt", encoding="utf-8"))
    return part.open("w", encoding="utf-8")


@contextmanager
def _opened(source: str) -> Iterator[IO[str]]:
    try:
        with _reader(source) as file:
            yield file
    except UnicodeDecodeError as error:
        raise ConfigError(f"{source} is no text.") from error
    except (OSError, EOFError) as error:
        raise ConfigError(f"{source} cannot be read.") from error


def _reader(source: str) -> IO[str]:
    if source == STANDARD:
        return sys.stdin
    if source.endswith(".gz"):
        return cast(IO[str], gzip.open(source, "rt", encoding="utf-8"))
    return Path(source).open(encoding="utf-8")
