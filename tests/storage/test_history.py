"""The database itself keeps history, whatever code is run against it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from storage.database import open_store
from tests.contracts.storage_contract.cast import milestone, moved, populate
from tests.fakes.clock import FakeClock


@pytest.fixture
async def written(database_url: str, clock: FakeClock) -> Iterator[Engine]:
    store = open_store(database_url, clock)
    one = milestone()
    await store.write(populate)
    await store.write(lambda unit: unit.milestones.add(one))
    await store.write(lambda unit: unit.histories.add(moved(one, "h1")))
    await store.close()
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    "forgery",
    [
        "DELETE FROM history",
        "UPDATE history SET note = 'other'",
        "UPDATE history SET at = at + 1",
        "UPDATE history SET actor_id = 'bo'",
        "UPDATE history SET cause = 'scope', note = 'other'",
    ],
)
async def test_history_is_neither_changed_nor_deleted(written: Engine, forgery: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), written.begin() as connection:
        connection.execute(text(forgery))


async def test_a_named_cause_stays(written: Engine) -> None:
    with written.begin() as connection:
        connection.execute(text("UPDATE history SET cause = 'scope'"))
    with pytest.raises(DBAPIError, match="append-only"), written.begin() as connection:
        connection.execute(text("UPDATE history SET cause = 'client'"))


async def test_history_is_not_truncated_either(written: Engine) -> None:
    if written.dialect.name == "postgresql":
        with pytest.raises(DBAPIError, match="append-only"), written.begin() as connection:
            connection.execute(text("TRUNCATE history"))
