from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy import create_engine, text

from storage.database import SqlStore, open_store
from storage.tables import metadata
from tests.contracts.storage_contract.cast import Team, populate
from tests.fakes.clock import FakeClock
from tests.fakes.databases import Databases


@pytest.fixture(scope="session")
def shared_url(databases: Databases) -> Iterator[str]:
    with databases.migrated() as url:
        yield url


@pytest.fixture
def clean_url(databases: Databases, shared_url: str) -> Iterator[str]:
    """A database without a row.  Emptying one is ten times as fast as making one, on PostgreSQL."""
    if shared_url.startswith("sqlite"):
        with databases.migrated() as url:
            yield url
    else:
        _empty(shared_url)
        yield shared_url


@pytest.fixture
async def store(clean_url: str, clock: FakeClock) -> AsyncIterator[SqlStore]:
    opened = open_store(clean_url, clock)
    yield opened
    await opened.close()


@pytest.fixture
async def team(store: SqlStore) -> Team:
    await store.write(populate)
    return Team(store)


def _empty(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # history refuses otherwise
        connection.execute(text(f"TRUNCATE {', '.join(metadata.tables)}"))
    engine.dispose()
