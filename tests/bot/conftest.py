from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.databases import SqliteDatabases
from tests.scenarios.conversation import Stage, a_stage


@pytest.fixture
async def stage(database_url: str, clock: FakeClock) -> AsyncIterator[Stage]:
    """The whole core with its cast, on a fresh database of each store."""
    async with a_stage(database_url, clock) as made:
        yield made


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    return SqliteDatabases(tmp_path_factory.mktemp("one-store"))


@pytest.fixture
def sqlite_url(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    with sqlite_databases.migrated() as url:
        yield url


@pytest.fixture
async def quick_stage(sqlite_url: str, clock: FakeClock) -> AsyncIterator[Stage]:
    """The same on SQLite alone: for wording and for long lists of cases that no store decides."""
    async with a_stage(sqlite_url, clock) as made:
        yield made
