"""The database itself keeps the ledger, whatever code is run against it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from storage.database import open_store
from tests.contracts.storage_contract.cast import populate
from tests.contracts.storage_contract.test_ledger import entry
from tests.fakes.clock import FakeClock


@pytest.fixture
async def written(database_url: str, clock: FakeClock) -> AsyncIterator[Engine]:
    store = open_store(database_url, clock)
    await store.write(populate)
    await store.write(lambda unit: unit.ledger.add(entry("e1")))
    await store.close()
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("forgery", ["DELETE FROM ledger", "UPDATE ledger SET at = at + 1"])
async def test_the_ledger_is_neither_changed_nor_deleted(written: Engine, forgery: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), written.begin() as connection:
        connection.execute(text(forgery))
