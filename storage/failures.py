"""What goes wrong in a database, and what is tried again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError

from bot.errors import MilepostError, StoreUnavailable, VersionConflict

A = TypeVar("A")
T = TypeVar("T")

_ATTEMPTS = 3
_SERIALIZATION, _DEADLOCK, _LOCK_TIMEOUT = "40001", "40P01", "55P03"
_AGAIN = frozenset({_SERIALIZATION, _DEADLOCK, _LOCK_TIMEOUT})
_UNIQUE = frozenset({"23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"})
_BUSY = frozenset({"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_BUSY_SNAPSHOT"})
_BROKEN = frozenset({"SQLITE_NOTADB", "SQLITE_CORRUPT"})


def attempt(how: Callable[[A], T], what: A) -> T:
    """Run ``how(what)`` up to three times while the database says that trying again may help.

    Raises `StoreUnavailable`, or `VersionConflict` when somebody else wrote the same key first.
    """
    for left in reversed(range(_ATTEMPTS)):
        try:
            return how(what)
        except DBAPIError as error:
            if not left or not _may_pass(error):
                raise _translated(error) from error
    raise AssertionError("the last attempt returns or raises")


@contextmanager
def translating() -> Iterator[None]:
    """What must not be tried again.  Raises like `attempt`."""
    try:
        yield
    except DBAPIError as error:
        raise _translated(error) from error


def _may_pass(error: DBAPIError) -> bool:
    return error.connection_invalidated or _code(error) in _AGAIN | _BUSY


def _translated(error: DBAPIError) -> MilepostError | DBAPIError:
    code = _code(error)
    if isinstance(error, IntegrityError) and code in _UNIQUE:
        return VersionConflict(code)
    if _may_pass(error) or isinstance(error, OperationalError | InterfaceError) or code in _BROKEN:
        return StoreUnavailable(code)
    return error


def _code(error: DBAPIError) -> str:
    """PostgreSQL's SQLSTATE or SQLite's error name; never text, which may hold what people wrote."""
    of_postgres = getattr(error.orig, "sqlstate", None)
    return of_postgres or getattr(error.orig, "sqlite_errorname", None) or type(error.orig).__name__
