"""How values of ours lie in both databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Dialect, Text
from sqlalchemy.types import TypeDecorator

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
