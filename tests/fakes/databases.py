"""Fresh databases for tests, cheaply: the schema is migrated once per store and process, then copied."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Protocol

from tests.fakes.postgres import create_database, drop_database
from tests.fakes.recycling import shape_of, was_emptied


class Databases(Protocol):
    """``empty`` and ``migrated`` give the URL of a database that is gone afterwards."""

    def empty(self) -> AbstractContextManager[str]: ...

    def migrated(self) -> AbstractContextManager[str]: ...


class SqliteDatabases:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    @contextmanager
    def empty(self) -> Iterator[str]:
        place = self._place()
        yield _sqlite_url(place)
        shutil.rmtree(place.parent)

    @contextmanager
    def migrated(self) -> Iterator[str]:
        place = self._place()
        shutil.copy(self._template, place)
        yield _sqlite_url(place)
        shutil.rmtree(place.parent)

    @cached_property
    def _template(self) -> Path:
        place = self._place()
        _migrate(_sqlite_url(place))
        return place

    def _place(self) -> Path:
        """Each database has a folder of its own, for its log and lock files."""
        folder = self._folder / str(next(self._numbers))
        folder.mkdir()
        return folder / "milepost.sqlite3"


class PostgresDatabases:
    def __init__(self, server: str) -> None:
        self._server = server
        self._numbers = count(1)
        self._made: list[str] = []
        self._spare: list[str] = []

    @contextmanager
    def empty(self) -> Iterator[str]:
        with self._database(None) as url:
            yield url

    @contextmanager
    def migrated(self) -> Iterator[str]:
        """One used before where it could be emptied: making one takes half a second, emptying it none."""
        name = self._spare.pop() if self._spare else self._create(self._template)
        yield self._url(name)
        if was_emptied(self._server, name, self._shape):
            self._spare.append(name)
        else:
            self._drop(name)

    def close(self) -> None:
        for name in self._made:
            drop_database(self._server, name)

    @contextmanager
    def _database(self, template: str | None) -> Iterator[str]:
        name = self._create(template)
        yield self._url(name)
        self._drop(name)

    def _drop(self, name: str) -> None:
        drop_database(self._server, name)
        self._made.remove(name)

    @cached_property
    def _shape(self) -> str:
        return shape_of(self._server, self._template)

    @cached_property
    def _template(self) -> str:
        name = self._create(None)
        _migrate(self._url(name))
        return name

    def _create(self, template: str | None) -> str:
        name = f"milepost_test_{os.getpid()}_{next(self._numbers)}"
        self._made.append(name)
        create_database(self._server, name, template)
        return name

    def _url(self, name: str) -> str:
        before, _, query = self._server.partition("?")
        return before.rpartition("/")[0] + f"/{name}" + (f"?{query}" if query else "")


def _migrate(url: str) -> None:
    from storage.migrate import upgrade

    upgrade(url)


def _sqlite_url(place: Path) -> str:
    return f"sqlite:///{place}"
