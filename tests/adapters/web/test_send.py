"""The adapter's side towards the core: send, edit, find, direct."""

from __future__ import annotations

import asyncio

import pytest

from bot.cards import Card, plain
from bot.errors import Delivery, DeliveryError
from bot.ports import Capabilities, Sending
from bot.refs import ConversationRef, MessageRef, PersonRef
from tests.adapters.web import cards
from tests.adapters.web.conftest import Site, build, title
from tests.fakes.clock import START, FakeClock

SITE = ConversationRef("web", "demo", "site")
SLACK = ConversationRef("slack", "T1", "C1")


def test_it_says_what_the_page_can_do(demo: Site) -> None:
    assert demo.web.name == "web"
    said = demo.web.capabilities
    assert said == Capabilities(forms=True, private_replies=True, can_find=True, signs_in=True)


def test_with_a_public_address_an_invitation_is_a_link_whose_code_stays_in_the_browser(
    clock: FakeClock,
) -> None:
    site = build(clock, demo=False, public_url="https://milepost.example.org/")
    assert site.web.capabilities.deep_links
    assert site.web.deep_link("abc") == "https://milepost.example.org/#code=abc"


def test_without_one_there_is_no_link(demo: Site) -> None:
    assert demo.web.deep_link("abc") == ""


async def test_a_sent_card_is_seen_in_its_place(demo: Site) -> None:
    ref = await demo.web.send(SITE, cards.milestone(), Sending("o1"))
    (line,) = await demo.seen(who="boris")
    assert (line["id"], line["author"], line["private"]) == (ref.id, "", False)


async def test_the_same_sending_twice_is_one_message(demo: Site) -> None:
    refs = [await demo.web.send(SITE, cards.milestone(), Sending("o1")) for _ in range(3)]
    assert len(set(refs)) == 1
    assert len(await demo.seen()) == 1


async def test_even_side_by_side(demo: Site) -> None:
    sends = (demo.web.send(SITE, cards.milestone(), Sending("o1")) for _ in range(5))
    assert len(set(await asyncio.gather(*sends))) == 1


async def test_another_sending_or_another_place_is_another_message(demo: Site) -> None:
    first = await demo.web.send(SITE, cards.milestone(), Sending("o1"))
    second = await demo.web.send(SITE, cards.milestone(), Sending("o2"))
    third = await demo.web.send(ConversationRef("web", "demo", "beta"), cards.milestone(), Sending("o1"))
    assert len({first, second, third}) == 3


async def test_a_sent_message_can_be_found_and_an_unsent_one_not(demo: Site) -> None:
    ref = await demo.web.send(SITE, cards.milestone(), Sending("o1"))
    assert await demo.web.find(SITE, "o1", START) == ref
    assert await demo.web.find(SITE, "o2", START) is None
    assert await demo.web.find(ConversationRef("web", "demo", "beta"), "o1", START) is None


async def test_an_edit_changes_the_line_in_place_and_moves_its_position(demo: Site) -> None:
    ref = await demo.web.send(SITE, cards.milestone(), Sending("o1"))
    (before,) = await demo.seen()
    await demo.web.edit(ref, Card(plain("Changed")), Sending("o2"))
    (after,) = await demo.seen()
    assert title(after) == "Changed"
    assert (after["id"], after["at"]) == (before["id"], before["at"])
    assert after["seq"] > before["seq"]


async def test_editing_what_is_not_there_says_that_it_is_gone(demo: Site) -> None:
    with pytest.raises(DeliveryError) as caught:
        await demo.web.edit(MessageRef(SITE, "none"), cards.milestone(), Sending("o1"))
    assert (caught.value.kind, caught.value.gone, caught.value.code) == (
        Delivery.PERMANENT,
        True,
        "message_gone",
    )


async def test_another_platforms_address_is_refused_for_good(demo: Site) -> None:
    for attempt in (
        demo.web.send(SLACK, cards.milestone(), Sending("o1")),
        demo.web.edit(MessageRef(SLACK, "1"), cards.milestone(), Sending("o1")),
        demo.web.direct(PersonRef("slack", "T1", "U1")),
    ):
        with pytest.raises(DeliveryError) as caught:
            await attempt
        assert caught.value.kind is Delivery.PERMANENT


async def test_a_direct_conversation_is_named_after_its_person(demo: Site) -> None:
    person = PersonRef("web", "demo", "ana")
    assert await demo.web.direct(person) == ConversationRef("web", "demo", "dm:ana")
    assert await demo.web.direct(PersonRef("web", "", "ab12")) == ConversationRef("web", "", "dm:ab12")


async def test_a_reminder_reaches_its_person_and_nobody_else(demo: Site) -> None:
    to = await demo.web.direct(PersonRef("web", "demo", "boris"))
    await demo.web.send(to, cards.reminder(), Sending("o1"))
    assert len(await demo.seen(who="boris", place="")) == 1
    assert await demo.seen(who="ana", place="") == []


async def test_it_runs_until_it_is_stopped(demo: Site) -> None:
    running = asyncio.create_task(demo.web.run(demo.receiver))
    await asyncio.sleep(0)
    assert not running.done()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_doctor_hears_where_the_page_answers(demo: Site, private: Site) -> None:
    (here,), (there,) = await demo.web.check(), await private.web.check()
    assert (here.level, there.level) == ("ok", "ok")
    assert "milepost.example.org" in there.what
