"""Photos and files in Telegram: as the core hears of them, shown again, and read."""

from __future__ import annotations

import pytest

from adapters.telegram.platform import Telegram
from bot.cards import Card, File, plain
from bot.errors import Delivery, DeliveryError
from bot.messages import Attachment, ChatMessage, MessageEdited, Reply, SlashCommand
from bot.ports import Sending
from bot.refs import ConversationRef
from tests.adapters.telegram.conftest import Core
from tests.fakes.telegram.world import Message, User
from tests.fakes.telegram_server import Chat, TelegramServer

HOW = Sending("row-1")


@pytest.fixture
def ana(telegram: TelegramServer) -> User:
    user = telegram.user("Ana", "ana_c")
    telegram.state.private(user).members[telegram.bot.id] = "member"
    return user


@pytest.fixture
def site(telegram: TelegramServer, ana: User) -> Chat:
    return telegram.group("Site", ana)


def place(chat: Chat | User) -> ConversationRef:
    return ConversationRef("telegram", "", str(chat.id))


def card(telegram: TelegramServer, chat: Chat) -> Message:
    return telegram.state.deliver(Message(chat.next_id(), chat, telegram.bot, 0, "APX-1"))


def files_of(said: object) -> tuple[Attachment, ...]:
    assert isinstance(said, ChatMessage | SlashCommand)
    return said.attachments


@pytest.mark.usefixtures("adapter")
async def test_a_photo_in_answer_to_our_card_arrives(
    telegram: TelegramServer, core: Core, ana: User, site: Chat
) -> None:
    ours = card(telegram, site)
    sent = telegram.sends_photo(ana, b"pixels", site, caption="the wall stands", reply_to=ours)
    [said] = await core.has(1)
    assert isinstance(said, ChatMessage)
    assert said.reply_to is not None
    assert (said.text.text, said.reply_to.id, said.overheard) == ("the wall stands", str(ours.id), False)
    assert said.quoted == "APX-1"  # a reminder is known by what it says
    [photo] = said.attachments
    assert photo.id == f"photo:photo-{site.id}-{sent.id}"
    assert (photo.mime, photo.size) == ("image/jpeg", 6)
    assert photo.name.startswith("photo 2")
    assert photo.name.endswith(".jpg")


@pytest.mark.usefixtures("adapter")
async def test_a_file_without_a_word_arrives_with_its_name(
    telegram: TelegramServer, core: Core, ana: User
) -> None:
    telegram.sends_file(ana, "plan.pdf", b"%PDF")
    [file] = files_of((await core.has(1))[0])
    assert (file.name, file.mime, file.size) == ("plan.pdf", "application/pdf", 4)


@pytest.mark.usefixtures("adapter")
async def test_a_photo_that_nobody_sent_to_us_is_not_heard(
    telegram: TelegramServer, core: Core, ana: User, site: Chat
) -> None:
    telegram.state.privacy = False
    lunch = telegram.says(ana, "lunch", site)
    telegram.sends_photo(ana, b"pixels", site, caption="yum", reply_to=lunch)
    telegram.sends_photo(ana, b"pixels", site)
    telegram.says(ana, "/ms status", site)
    [said] = await core.has(1)
    assert isinstance(said, SlashCommand)


@pytest.mark.usefixtures("adapter")
async def test_a_caption_may_be_a_command(telegram: TelegramServer, core: Core, ana: User) -> None:
    sent = telegram.sends_photo(ana, b"pixels", caption="/ms done APX-1")
    [said] = await core.has(1)
    assert isinstance(said, SlashCommand)
    assert said.message is not None
    assert (said.text.text, len(said.attachments), said.message.id) == ("done APX-1", 1, str(sent.id))


@pytest.mark.usefixtures("adapter")
async def test_an_edit_in_answer_to_our_card_is_told_and_answered_by_nothing(
    telegram: TelegramServer, core: Core, ana: User, site: Chat
) -> None:
    ours = card(telegram, site)
    core.replies(Reply(Card(plain("never shown for an edit"))))
    said = telegram.says(ana, "Thursday", site, reply_to=ours)
    await core.has(1)
    telegram.edits(said, "Friday")
    edited = (await core.has(2))[1]
    assert isinstance(edited, MessageEdited)
    assert (edited.text.text, edited.message.id) == ("Friday", str(said.id))


@pytest.mark.usefixtures("adapter")
async def test_an_edit_of_mere_talk_is_not_told(
    telegram: TelegramServer, core: Core, ana: User, site: Chat
) -> None:
    telegram.state.privacy = False
    said = telegram.says(ana, "lunch?", site)
    telegram.edits(said, "dinner?")
    telegram.says(ana, "/ms status", site)
    assert [type(each) for each in await core.has(1)] == [SlashCommand]


async def test_a_kept_file_is_shown_again_below_its_card(
    adapter: Telegram, telegram: TelegramServer, core: Core, ana: User
) -> None:
    telegram.sends_file(ana, "plan.pdf", b"%PDF")
    telegram.sends_photo(ana, b"pixels")
    first, second = (files_of(said)[0] for said in await core.has(2))
    blocks = tuple(File(a.name, "telegram", a.id) for a in (first, second))
    await adapter.send(place(ana), Card(plain("Kept"), blocks), HOW)
    words, plan, photo = telegram.told(telegram.state.private(ana))
    assert "📎 plan.pdf" in words.words
    assert plan.document is not None
    assert plan.document["file_id"] == first.id.removeprefix("document:")
    assert photo.photo == b"pixels"
    assert plan.silent
    assert photo.silent


async def test_a_file_that_is_gone_costs_no_word_of_the_card(
    adapter: Telegram, telegram: TelegramServer, ana: User
) -> None:
    blocks = (File("plan.pdf", "telegram", "document:gone"),)
    await adapter.send(place(ana), Card(plain("Kept"), blocks), HOW)
    [words] = telegram.told(telegram.state.private(ana))
    assert "plan.pdf" in words.words


async def test_a_file_of_another_platform_is_a_link(
    adapter: Telegram, telegram: TelegramServer, ana: User
) -> None:
    blocks = (File("plan.pdf", "slack", "F1", "https://acme.slack.com/files/F1"),)
    await adapter.send(place(ana), Card(plain("Kept"), blocks), HOW)
    [words] = telegram.told(telegram.state.private(ana))
    assert "plan.pdf" in words.words
    assert any(entity.get("url") == "https://acme.slack.com/files/F1" for entity in words.entities)


async def test_content_is_read(adapter: Telegram, telegram: TelegramServer, core: Core, ana: User) -> None:
    telegram.sends_file(ana, "plan.pdf", b"%PDF")
    [file] = files_of((await core.has(1))[0])
    assert await adapter.fetch(file.id, 100) == b"%PDF"


@pytest.mark.parametrize(("size", "most"), [(101, 100), (21 * 1024 * 1024, 64 * 1024 * 1024)])
async def test_what_is_too_large_is_refused(
    adapter: Telegram, telegram: TelegramServer, core: Core, ana: User, size: int, most: int
) -> None:
    telegram.sends_file(ana, "site.mov", b"x" * size)
    [file] = files_of((await core.has(1))[0])
    with pytest.raises(DeliveryError) as refused:
        await adapter.fetch(file.id, most)
    assert (refused.value.kind, refused.value.code) == (Delivery.PERMANENT, "file_too_large")


async def test_what_is_gone_is_gone_for_good(adapter: Telegram) -> None:
    with pytest.raises(DeliveryError) as refused:
        await adapter.fetch("document:gone", 100)
    assert refused.value.kind is Delivery.PERMANENT
