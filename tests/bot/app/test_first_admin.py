from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.app.first_admin import invite_first_admin
from bot.app.parts import Parts, build
from bot.cards import Card, RichText
from bot.config import Settings
from bot.domain.people import Role
from bot.messages import ChatMessage, Place, PlaceKind, Sender
from bot.refs import ConversationRef, MessageRef, PersonRef
from tests.fakes.clock import FakeClock


@pytest.fixture
async def parts(database_url: str, clock: FakeClock) -> AsyncIterator[Parts]:
    made = await build(
        Settings(_env_file=None, database_url=database_url, host="0.0.0.0"), clock, migrate=False
    )
    yield made
    await made.close()


async def says(parts: Parts, who: str, text: str) -> str:
    place = ConversationRef("web", "", f"D-{who}")
    reply = await parts.dispatcher.receive(
        ChatMessage(
            key=f"{who}:{text}",
            sender=Sender(PersonRef("web", "", who), who.title()),
            place=Place(place, PlaceKind.DIRECT),
            received_at=parts.clock.now(),
            text=RichText(text),
            message=MessageRef(place, "1"),
        )
    )
    assert reply
    assert isinstance(reply.body, Card)
    return reply.body.title.text


async def invited(parts: Parts) -> list[str]:
    said: list[str] = []
    await invite_first_admin(parts, said.append)
    return said


async def roles(parts: Parts) -> dict[str, Role]:
    def read(uow):  # type: ignore[no-untyped-def]
        return {p.name: p.role for p in uow.people.all(uow.workspaces.all()[0].id)}

    return await parts.store.read(read)


async def test_who_links_first_leads_and_the_next_does_not(parts: Parts) -> None:
    [line] = await invited(parts)
    code = line.rpartition("/start ")[2].split()[0]
    assert await says(parts, "ana", f"/start {code}") == "Linked: here you are Ana of Team."
    assert await says(parts, "mallory", f"/start {code}") == (
        "That code does not work: it was used, it is too old, or it has a typo."
    )
    assert await roles(parts) == {"Ana": Role.ADMIN}


async def test_a_team_that_has_somebody_gets_no_such_code(parts: Parts) -> None:
    [line] = await invited(parts)
    await says(parts, "ana", "/start " + line.rpartition("/start ")[2].split()[0])
    assert await invited(parts) == []


async def test_the_demo_gets_no_such_code(database_url: str, clock: FakeClock) -> None:
    demo = await build(Settings(_env_file=None, database_url=database_url), clock, migrate=False)
    assert await invited(demo) == []
    await demo.close()
