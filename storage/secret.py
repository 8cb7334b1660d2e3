"""The key of action tokens: made once, at random, and kept in the database it belongs to."""

from __future__ import annotations

from secrets import token_bytes

from sqlalchemy import Connection, Engine, select
from sqlalchemy.dialects.postgresql import insert as upsert

from storage.tables import secrets

_NAME = "action_tokens"
_BYTES = 32
_LOAD = select(secrets.c.value).where(secrets.c.name == _NAME)
_KEEP_FIRST = upsert(secrets).on_conflict_do_nothing(index_elements=["name"])


def load_secret(engine: Engine) -> bytes:
    with engine.begin() as connection:
        return _loaded(connection) or _made(connection)


def _made(connection: Connection) -> bytes:
    """Two processes may start at once: the first one's key counts."""
    connection.execute(_KEEP_FIRST, {"name": _NAME, "value": token_bytes(_BYTES)})
    return _loaded(connection)


def _loaded(connection: Connection) -> bytes:
    return bytes(connection.scalar(_LOAD) or b"")
