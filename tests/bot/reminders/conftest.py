from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.database import open_store
from tests.bot.reminders.stage import MADE
from tests.bot.reminders.world import World, furnish, new_engine
from tests.fakes.adapter import FakeAdapter
from tests.fakes.clock import FakeClock


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    clock = FakeClock(MADE)
    store = open_store(database_url, clock)
    slack, telegram = FakeAdapter(clock), FakeAdapter(clock, "telegram", can_find=False)
    await store.write(lambda uow: furnish(uow, clock.now()))
    engine = new_engine(store, clock, slack, telegram)
    yield World(store, clock, slack, telegram, engine)
    await engine.stop()
    await store.close()
