"""How values of ours lie in both databases."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ARRAY, BigInteger, BindParameter, Boolean, ColumnElement, Dialect, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeDecorator, TypeEngine

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(instant: datetime) -> int:
    """Since 1970.  Raises `ValueError` for an instant without an offset."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs its offset: {instant!r}")
    return (instant - _EPOCH) // _MICROSECOND


def instant(stored: int) -> datetime:
    return _EPOCH + timedelta(0, 0, stored)


def _maybe_instant(stored: int | None) -> datetime | None:
    return None if stored is None else _EPOCH + timedelta(0, 0, stored)


def _maybe_json(stored: str | None) -> Any:
    return None if stored is None else json.loads(stored)


def _or_empty(stored: str | None) -> str:
    return stored or ""


# The results are read by plain functions instead of ``process_result_value``: one call per value saved.


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant as whole microseconds: the same number, in the same order, on both stores."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else microseconds(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        return _maybe_instant


class Json(TypeDecorator[Any]):
    """JSON values as text.  Nothing is searched inside them, so no database needs to understand them."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        return _maybe_json


class Maybe(TypeDecorator[str]):
    """Text where empty means absent: NULL in the database, so that foreign keys hold for the rest."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value or None

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        return _or_empty


class _Texts(TypeDecorator[Sequence[str]]):
    """Several texts as one value: an array for PostgreSQL, JSON for SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return ARRAY(Text()) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> Any:
        return list(value or ()) if dialect.name == "postgresql" else json.dumps(list(value or ()))


class AnyOf(ColumnElement[bool]):
    """``column`` is one of the texts bound as ``name``: the same statement for any number of them."""

    inherit_cache = False
    type = Boolean()
    _is_implicitly_boolean = True  # an operator already: "= 1" behind it would hide the index from SQLite

    def __init__(self, column: ColumnElement[str], name: str) -> None:
        self.column = column
        self.values: BindParameter[Sequence[str]] = bindparam(name, type_=_Texts())


@compiles(AnyOf, "sqlite")
def _any_of_on_sqlite(element: AnyOf, compiler: SQLCompiler, **options: Any) -> str:
    """Cast, for otherwise SQLite sees a value of another kind and leaves the column's index alone."""
    column, values = (compiler.process(part, **options) for part in (element.column, element.values))
    return f"{column} IN (SELECT CAST(value AS TEXT) FROM json_each({values}))"  # noqa: S608 - two compiled expressions


@compiles(AnyOf, "postgresql")
def _any_of_on_postgres(element: AnyOf, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(part, **options) for part in (element.column, element.values))
    return f"{column} = ANY ({values})"
