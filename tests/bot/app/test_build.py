"""What starting does to a database."""

from __future__ import annotations

import asyncio

from bot.app import build
from bot.config import Settings


async def test_web_and_worker_starting_together_found_one_team(database_url: str) -> None:
    settings = Settings(_env_file=None, database_url=database_url, host="0.0.0.0")  # no demo
    both = await asyncio.gather(*(build(settings, migrate=False) for _ in range(4)))
    for parts in both:
        [team] = await parts.store.read(lambda uow: uow.workspaces.all())
        assert team.name == "Team"
    for parts in both:
        await parts.close()
