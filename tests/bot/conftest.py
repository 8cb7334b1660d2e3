from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fakes.clock import FakeClock
from tests.scenarios.conversation import Stage, a_stage


@pytest.fixture
async def stage(database_url: str, clock: FakeClock) -> AsyncIterator[Stage]:
    """The whole core with its cast, on a fresh database of each store."""
    async with a_stage(database_url, clock) as made:
        yield made
