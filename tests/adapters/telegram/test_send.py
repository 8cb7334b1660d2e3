"""Sending and editing through the real client, against Telegram's refusals."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from adapters.telegram import TelegramSettings
from adapters.telegram.platform import Telegram
from bot.cards import Actions, Button, Card, Picture, Style, Text, plain, strong
from bot.errors import Delivery, DeliveryError
from bot.ports import Sending
from bot.refs import ConversationRef, MessageRef, PersonRef
from tests.adapters.telegram.conftest import built
from tests.adapters.telegram.test_receive import place
from tests.adapters.telegram.test_render import TIMELINE
from tests.fakes.clock import START
from tests.fakes.telegram.faults import Fault
from tests.fakes.telegram.markup import cannot_parse
from tests.fakes.telegram.refusals import kicked, migrated
from tests.fakes.telegram.world import User
from tests.fakes.telegram_server import (
    TelegramServer,
    hang,
    not_json,
    refused,
    reset,
    server_error,
    too_many_requests,
)

HOW = Sending("row-1")
CARD = Card(
    strong("APX-7 <Prototype>"),
    (
        Text(plain("Ana & Boris")),
        Actions((Button("Done", "tok", Style.PRIMARY), Button("Page", url="https://x.org"))),
    ),
)


@pytest.fixture
def ana(telegram: TelegramServer) -> User:
    ana = telegram.user("Ana")
    telegram.starts(ana)
    return ana


@pytest.fixture
async def adapter(settings: TelegramSettings) -> AsyncIterator[Telegram]:
    async with built(settings) as adapter:
        yield adapter


async def test_a_card_arrives_with_its_buttons(
    telegram: TelegramServer, adapter: Telegram, ana: User
) -> None:
    sent = await adapter.send(place(ana), CARD, replace(HOW, silent=True))
    [shown] = telegram.told(ana)
    assert sent == MessageRef(place(ana), str(shown.id))
    assert (shown.text, shown.silent) == ("APX-7 <Prototype>\nAna & Boris", True)
    assert [(b.label, b.data, b.url) for b in shown.buttons] == [
        ("Done", "tok", None),
        ("Page", None, "https://x.org"),
    ]
    [call] = telegram.calls_of("sendMessage")
    assert call.parameters["link_preview_options"] == {"is_disabled": True}
    assert "APX-7 &lt;Prototype&gt;" in str(call.parameters["text"])


async def test_a_sound_is_the_rule(telegram: TelegramServer, adapter: Telegram, ana: User) -> None:
    await adapter.send(place(ana), CARD, HOW)
    assert telegram.told(ana)[0].silent is False


async def test_a_picture_is_sent_with_its_words(
    telegram: TelegramServer, adapter: Telegram, ana: User
) -> None:
    await adapter.send(place(ana), Card(plain("Apex"), (Picture(TIMELINE, "alt", "text", b"\x89PNG"),)), HOW)
    [shown] = telegram.told(ana)
    assert (shown.photo, shown.caption) == (b"\x89PNG", "Apex")


async def test_a_long_card_comes_in_parts_and_the_last_is_its_message(
    telegram: TelegramServer, adapter: Telegram, ana: User
) -> None:
    long = replace(CARD, blocks=(Text(plain("word " * 1500)), *CARD.blocks))
    sent = await adapter.send(place(ana), long, HOW)
    first, *_, last = telegram.told(ana)
    assert (first.buttons, sent.id, len(last.buttons)) == ([], str(last.id), 2)


async def test_parts_that_stop_half_way_are_in_doubt(
    telegram: TelegramServer, adapter: Telegram, ana: User
) -> None:
    """Sent again as if nothing had arrived, its beginning would come twice."""
    long = replace(CARD, blocks=(Text(plain("word " * 1500)), *CARD.blocks))
    telegram.state.on_sent.append(lambda message: telegram.fail("sendMessage", too_many_requests(9)))
    with pytest.raises(DeliveryError) as caught:
        await adapter.send(place(ana), long, HOW)
    assert caught.value.kind is Delivery.UNKNOWN


async def test_a_topic_that_is_gone_falls_back_to_the_general_one(
    telegram: TelegramServer, adapter: Telegram
) -> None:
    forum = telegram.group("Apex", topics=(3,))
    there = await adapter.send(place(forum, "3"), CARD, HOW)
    gone = await adapter.send(place(forum, "9"), CARD, HOW)
    assert [message.thread for message in telegram.told(forum)] == [3, None]
    assert (there.conversation, gone.conversation) == (place(forum, "3"), place(forum))


async def test_markup_that_is_refused_may_pass_as_plain_text(
    telegram: TelegramServer, adapter: Telegram, ana: User
) -> None:
    telegram.fail("sendMessage", refused(cannot_parse("Unsupported start tag")))
    with pytest.raises(DeliveryError) as caught:
        await adapter.send(place(ana), CARD, HOW)
    assert (caught.value.kind, caught.value.plain_text_may_pass) == (Delivery.PERMANENT, True)
    await adapter.send(place(ana), CARD, replace(HOW, plain_text=True))
    [shown] = telegram.told(ana)
    assert (shown.text, shown.entities, len(shown.buttons)) == ("APX-7 <Prototype>\nAna & Boris", [], 2)


async def test_a_possible_second_copy_is_marked(
    telegram: TelegramServer, adapter: Telegram, ana: User
) -> None:
    await adapter.send(place(ana), CARD, replace(HOW, repeat=True))
    text = telegram.told(ana)[0].text
    assert text
    assert text.endswith("↻")


@pytest.mark.parametrize(
    ("fault", "kind", "arrived"),
    [
        (too_many_requests(7), Delivery.NOT_SENT, 0),
        (server_error(), Delivery.UNKNOWN, 0),
        (server_error(after=True), Delivery.UNKNOWN, 1),
        (reset(after=False), Delivery.UNKNOWN, 0),
        (reset(), Delivery.UNKNOWN, 1),
        (not_json(), Delivery.UNKNOWN, 1),
        (refused(kicked("group")), Delivery.DESTINATION, 0),
        (refused(migrated(-1002)), Delivery.NOT_SENT, 0),
    ],
)
async def test_a_failure_says_what_is_known(
    telegram: TelegramServer, adapter: Telegram, ana: User, fault: Fault, kind: Delivery, arrived: int
) -> None:
    telegram.fail("sendMessage", fault)
    with pytest.raises(DeliveryError) as caught:
        await adapter.send(place(ana), CARD, HOW)
    assert caught.value.kind is kind
    assert len(telegram.told(ana)) == arrived


async def test_a_pause_and_a_migration_carry_what_to_do(telegram: TelegramServer, adapter: Telegram) -> None:
    group = telegram.group("Apex")
    telegram.fail("sendMessage", too_many_requests(7))
    with pytest.raises(DeliveryError) as paused:
        await adapter.send(place(group), CARD, HOW)
    large = telegram.migrates(group, by=telegram.user("Ana"))
    with pytest.raises(DeliveryError) as moved:
        await adapter.send(place(group), CARD, HOW)
    assert (paused.value.retry_after, moved.value.moved_to) == (7.0, str(large.id))


async def test_nobody_listening_is_certainly_not_sent(settings: TelegramSettings) -> None:
    async with built(replace(settings, api_url="http://127.0.0.1:1/bot")) as adapter:
        with pytest.raises(DeliveryError) as caught:
            await adapter.send(ConversationRef("telegram", "", "1"), CARD, HOW)
    assert (caught.value.kind, caught.value.code) == (Delivery.NOT_SENT, "not_connected")


async def test_an_answer_that_never_comes_is_in_doubt(
    telegram: TelegramServer, settings: TelegramSettings, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.telegram.platform.READ_SECONDS", 0.05)
    telegram.fail("sendMessage", hang())
    async with built(settings) as adapter:
        with pytest.raises(DeliveryError) as caught:
            await adapter.send(place(ana), CARD, HOW)
    assert (caught.value.kind, caught.value.code) == (Delivery.UNKNOWN, "timed_out")
    assert len(telegram.told(ana)) == 1


async def test_who_never_started_cannot_be_written_to(telegram: TelegramServer, adapter: Telegram) -> None:
    boris = telegram.user("Boris")
    to = await adapter.direct(PersonRef("telegram", "", str(boris.id)))
    with pytest.raises(DeliveryError) as caught:
        await adapter.send(to, CARD, HOW)
    assert (caught.value.kind, caught.value.code) == (Delivery.DESTINATION, "never_started")


async def test_an_edit_replaces_words_and_buttons(
    telegram: TelegramServer, adapter: Telegram, ana: User
) -> None:
    sent = await adapter.send(place(ana), CARD, HOW)
    await adapter.edit(sent, Card(plain("✅ Achieved")), HOW)
    [shown] = telegram.told(ana)
    assert (shown.text, shown.buttons) == ("✅ Achieved", [])


async def test_an_edit_that_changes_nothing_is_already_done(
    telegram: TelegramServer, adapter: Telegram, ana: User
) -> None:
    sent = await adapter.send(place(ana), CARD, HOW)
    with pytest.raises(DeliveryError) as caught:
        await adapter.edit(sent, CARD, HOW)
    assert caught.value.kind is Delivery.DONE


async def test_a_message_to_edit_that_is_gone_says_so(
    telegram: TelegramServer, adapter: Telegram, ana: User
) -> None:
    sent = await adapter.send(place(ana), CARD, HOW)
    telegram.deletes(telegram.told(ana)[0])
    with pytest.raises(DeliveryError) as caught:
        await adapter.edit(sent, Card(plain("x")), HOW)
    assert (caught.value.kind, caught.value.gone) == (Delivery.PERMANENT, True)


async def test_a_picture_may_give_way_to_words_and_back(
    telegram: TelegramServer, adapter: Telegram, ana: User
) -> None:
    drawn = Card(plain("Apex"), (Picture(TIMELINE, "alt", "text", b"one"),))
    sent = await adapter.send(place(ana), drawn, HOW)
    await adapter.edit(sent, Card(plain("Only words")), HOW)
    [shown] = telegram.told(ana)
    assert shown.caption == "Only words"
    await adapter.edit(sent, Card(plain("Apex"), (Picture(TIMELINE, "alt", "text", b"two"),)), HOW)
    [shown] = telegram.told(ana)
    assert (shown.photo, shown.caption) == (b"two", "Apex")


async def test_it_cannot_be_asked_what_arrived(
    telegram: TelegramServer, adapter: Telegram, ana: User
) -> None:
    sent = await adapter.send(place(ana), CARD, HOW)
    assert not adapter.capabilities.can_find
    assert await adapter.find(sent.conversation, "row-1", START) is None


async def test_after_a_stop_it_connects_again(telegram: TelegramServer, adapter: Telegram, ana: User) -> None:
    await adapter.send(place(ana), CARD, HOW)
    await adapter.close()
    await adapter.send(place(ana), CARD, HOW)
    assert len(telegram.told(ana)) == 2
