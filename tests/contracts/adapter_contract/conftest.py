from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.contracts.adapter_contract.core import Core
from tests.contracts.adapter_contract.discovery import contract_of, platforms
from tests.contracts.adapter_contract.harness import Harness
from tests.fakes.clock import FakeClock


@pytest.fixture(params=platforms())
async def on(request: pytest.FixtureRequest, clock: FakeClock) -> AsyncIterator[Harness]:
    """Once on every platform there is."""
    async with contract_of(request.param)(clock, Core()) as harness:
        yield harness
