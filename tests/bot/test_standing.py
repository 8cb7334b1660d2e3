"""Who is made what at first sight."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.app.parts import build
from bot.cards import RichText
from bot.config import load
from bot.domain.people import Role
from bot.messages import Place, PlaceKind, Sender, SlashCommand, Standing
from bot.refs import ConversationRef, PersonRef
from tests.fakes.clock import FakeClock

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("standing", "role"),
    [(Standing.ADMIN, Role.ADMIN), (Standing.MEMBER, Role.MEMBER), (Standing.GUEST, Role.EXTERNAL)],
)
async def test_the_first_to_speak_in_a_tenant_is_what_the_tenant_says(
    database_url: str, clock: FakeClock, standing: Standing, role: Role
) -> None:
    assert await _roles(database_url, clock, standing) == [role]


async def test_somebody_the_platform_could_not_vouch_for_becomes_nobody(
    database_url: str, clock: FakeClock
) -> None:
    assert await _roles(database_url, clock, Standing.ANONYMOUS) == []


async def _roles(database_url: str, clock: FakeClock, standing: Standing) -> list[Role]:
    settings = load(_env_file=None, database_url=database_url, host="0.0.0.0")  # so it is not the demo
    parts = await build(settings, clock, migrate=False)
    place = Place(ConversationRef("web", "T1", "C1"), PlaceKind.GROUP, "launch")
    sender = Sender(PersonRef("web", "T1", "U1"), "Ana", standing=standing)
    try:
        await parts.dispatcher.receive(
            SlashCommand(
                key="1", sender=sender, place=place, received_at=NOW, text=RichText("new Beta by friday me")
            )
        )
        return await parts.store.read(
            lambda uow: [p.role for w in uow.workspaces.all() for p in uow.people.all(w.id)]
        )
    finally:
        await parts.close()
