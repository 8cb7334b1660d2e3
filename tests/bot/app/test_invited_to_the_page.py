"""Where there is no Telegram an invitation opens the page's sign-in, which asked already: one tap, and in."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.app.parts import Parts, build
from bot.cards import Card, Picture, RichText
from bot.config import Settings
from bot.domain.people import Identity, Person, Role
from bot.messages import BotAdded, ChatMessage, Place, PlaceKind, Sender
from bot.refs import ConversationRef, MessageRef, PersonRef
from tests.fakes.clock import FakeClock

PAGE = "https://milepost.example.org"


@pytest.fixture
async def parts(database_url: str, clock: FakeClock) -> AsyncIterator[Parts]:
    settings = Settings(_env_file=None, database_url=database_url, host="0.0.0.0", public_url=PAGE)
    made = await build(settings, clock, migrate=False)
    await made.store.write(lambda uow: _boss(uow, clock))
    yield made
    await made.close()


def _boss(uow, clock: FakeClock) -> None:  # type: ignore[no-untyped-def]
    (team,) = uow.workspaces.all()
    uow.people.add(Person("boss", team.id, "Boss", Role.ADMIN))
    uow.people.add_identity(Identity("boss", team.id, PersonRef("web", "", "boss")), clock.now())


def place(who: str) -> Place:
    return Place(ConversationRef("web", "", f"dm:{who}"), PlaceKind.DIRECT)


async def says(parts: Parts, who: str, text: str) -> Card:
    message = MessageRef(place(who).ref, "1")
    return await _card(
        parts,
        ChatMessage(
            key=f"{who}:{text}",
            sender=Sender(PersonRef("web", "", who), who.title()),
            place=place(who),
            received_at=parts.clock.now(),
            text=RichText(text),
            message=message,
        ),
    )


async def signs_in(parts: Parts, who: str, code: str) -> Card:
    """As the page does with the code of the link."""
    return await _card(
        parts,
        BotAdded(
            key=f"{who}:in",
            sender=Sender(PersonRef("web", "", who), who.title(), language="de"),
            place=place(who),
            received_at=parts.clock.now(),
            payload=code,
        ),
    )


async def _card(parts: Parts, incoming: BotAdded | ChatMessage) -> Card:
    reply = await parts.dispatcher.receive(incoming)
    assert reply
    assert isinstance(reply.body, Card)
    return reply.body


async def test_the_link_leads_to_the_page_and_its_picture_is_drawn(parts: Parts) -> None:
    card = await says(parts, "boss", "invite Nina as viewer")
    (picture,) = (block for block in card.blocks if isinstance(block, Picture))
    assert picture.text.startswith(f"{PAGE}/#code=")
    assert picture.png.startswith(b"\x89PNG")


async def test_whoever_signs_in_with_it_is_in_and_greeted(parts: Parts) -> None:
    link = _link(await says(parts, "boss", "invite Nina as viewer"))
    card = await signs_in(parts, "nina", link.partition("#code=")[2])
    assert card.title.text.startswith("Here you are Nina of ")
    view = await parts.desk.view(PersonRef("web", "", "nina"))
    assert view.me
    assert view.me.role == "viewer"


async def test_a_second_one_is_told_why_not(parts: Parts) -> None:
    code = _link(await says(parts, "boss", "invite Nina as viewer")).partition("#code=")[2]
    await signs_in(parts, "nina", code)
    card = await signs_in(parts, "mallory", code)
    assert card.title.text == "This invitation was used already: each works once."
    assert (await parts.desk.view(PersonRef("web", "", "mallory"))).me is None


def _link(card: Card) -> str:
    return next(block.text for block in card.blocks if isinstance(block, Picture))
