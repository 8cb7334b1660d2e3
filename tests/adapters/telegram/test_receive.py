"""What people do in Telegram, as the core hears it."""

import pytest

from adapters.telegram.platform import Telegram
from bot.cards import Mention
from bot.messages import (
    BotAdded,
    BotRemoved,
    ButtonPress,
    ChatMessage,
    ConversationMoved,
    MessageEdited,
    MessageShortcut,
    PersonLeft,
    PlaceKind,
    SlashCommand,
    Standing,
)
from bot.refs import ConversationRef, MessageRef, PersonRef
from tests.adapters.telegram.conftest import Core
from tests.fakes.telegram.world import Message, User
from tests.fakes.telegram_server import Chat, TelegramServer, server_error

pytestmark = pytest.mark.usefixtures("adapter")


@pytest.fixture
def ana(telegram: TelegramServer) -> User:
    return telegram.user("Ana", "ana_c", language="pt-br")


def place(chat: Chat | User, thread: str = "") -> ConversationRef:
    return ConversationRef("telegram", "", str(chat.id), thread)


def posts(telegram: TelegramServer, chat: Chat) -> Message:
    """A card of the bot that people can answer or press."""
    message = Message(chat.next_id(), chat, telegram.bot, 0, "Card")
    message.keyboard = [[{"text": "Done", "callback_data": "tok-1"}]]
    return telegram.state.deliver(message)


async def test_a_command_in_a_direct_message(telegram: TelegramServer, core: Core, ana: User) -> None:
    telegram.says(ana, "/ms done APX-7")
    [command] = await core.has(1)
    assert isinstance(command, SlashCommand)
    assert (command.verb, command.text.text, command.place.kind) == ("", "done APX-7", PlaceKind.DIRECT)
    assert command.sender.ref == PersonRef("telegram", "", str(ana.id))
    assert (command.sender.username, command.sender.language, command.sender.zone) == ("ana_c", "pt-br", "")
    assert (command.place.ref, command.received_at.tzname()) == (place(ana), "UTC")


async def test_a_verb_of_its_own_and_one_with_a_hyphen(
    telegram: TelegramServer, core: Core, ana: User
) -> None:
    telegram.says(ana, "/NEW Beta by Friday")
    telegram.says(ana, "/who_hears")
    first, second = await core.has(2)
    assert isinstance(first, SlashCommand)
    assert isinstance(second, SlashCommand)
    assert [(c.verb, c.text.text) for c in (first, second)] == [("new", "Beta by Friday"), ("who-hears", "")]


async def test_plain_words_in_a_direct_message(telegram: TelegramServer, core: Core, ana: User) -> None:
    boris = telegram.user("Boris")
    said = telegram.says(ana, "🎉 give Beta to Boris", mentions={"Boris": boris})
    [words] = await core.has(1)
    assert isinstance(words, ChatMessage)
    assert words.text.spans == (Mention(15, 20, PersonRef("telegram", "", str(boris.id))),)
    assert words.message == MessageRef(place(ana), str(said.id))


async def test_an_edited_command_is_not_a_second_one(telegram: TelegramServer, core: Core, ana: User) -> None:
    said = telegram.says(ana, "/new Beta by Friday")
    telegram.edits(said, "/new Beta by Monday")
    telegram.raw_update("edited_message", said.as_json())
    telegram.says(ana, "/mine")
    received = await core.has(4)
    assert [c.verb for c in received if isinstance(c, SlashCommand)] == ["new", "mine"]
    assert [c.text.text for c in received if isinstance(c, MessageEdited)] == ["new Beta by Monday"] * 2


async def test_among_several_bots_the_command_with_our_name_is_ours(
    telegram: TelegramServer, core: Core, ana: User
) -> None:
    other = telegram.user("Other", "other_bot", bot=True)
    group = telegram.group("Apex", ana, other)
    telegram.says(other, "Hello from another bot", group)
    for text in ("/ms status", "/ms@other_bot status", "/ms@milepost_bot", "/ms@Milepost_Bot status"):
        telegram.says(ana, text, group)
    received = await core.has(2)
    assert [(c.verb, c.text.text) for c in received if isinstance(c, SlashCommand)] == [
        ("", ""),
        ("", "status"),
    ]


async def test_groups_are_heard_by_command_mention_and_reply_only(
    telegram: TelegramServer, core: Core, ana: User
) -> None:
    group = telegram.group("Apex", ana, bot_is_admin=True)
    card = posts(telegram, group)
    for text in ("small talk", "/start", "/status", "/status@other_bot", "/new@Milepost_Bot Beta",
                 "/new Gamma", "@milepost_bot late?", "so @milepost_bot done APX-7 @ana_c"):  # fmt: skip
        telegram.says(ana, text, group)
    telegram.says(ana, "tomorrow", group, reply_to=card)
    telegram.says(ana, "me too", group, reply_to=telegram.says(ana, "hm", group))
    received = await core.has(5)
    assert [c.text.text for c in received if isinstance(c, SlashCommand | ChatMessage)] == [
        "Beta", "Gamma", "late?", "so done APX-7 @ana_c", "tomorrow",
    ]  # fmt: skip
    mentioned, answered = received[3], received[4]
    assert isinstance(mentioned, ChatMessage)
    assert isinstance(answered, ChatMessage)
    assert mentioned.text.spans == (Mention(14, 20, None),)
    assert answered.reply_to == MessageRef(place(group), str(card.id))


async def test_a_command_typed_as_an_answer_to_a_card_points_at_it(
    telegram: TelegramServer, core: Core, ana: User
) -> None:
    card = posts(telegram, telegram.state.private(ana))
    telegram.says(ana, "/ms done", reply_to=card)
    telegram.says(ana, "/move to Monday", reply_to=card)
    received = await core.has(2)
    assert [(c.text.text, c.reply_to) for c in received if isinstance(c, ChatMessage)] == [
        ("done", MessageRef(place(ana), str(card.id))),
        ("move to Monday", MessageRef(place(ana), str(card.id))),
    ]


async def test_topics_are_threads(telegram: TelegramServer, core: Core, ana: User) -> None:
    forum = telegram.group("Apex", ana, topics=(3,), bot_is_admin=True)
    telegram.says(ana, "/mine", forum, thread=3)
    telegram.says(ana, "/mine", forum)
    received = await core.has(2)
    assert [c.place.ref for c in received] == [place(forum, "3"), place(forum)]


async def test_a_press_brings_its_token_and_message(telegram: TelegramServer, core: Core, ana: User) -> None:
    group = telegram.group("Apex", ana)
    card = posts(telegram, group)
    telegram.presses(ana, card, "Done")
    telegram.presses_data(ana, card, "guessed", inaccessible=True)
    first, old = await core.has(2)
    assert isinstance(first, ButtonPress)
    assert isinstance(old, ButtonPress)
    assert (first.token, first.message) == ("tok-1", MessageRef(place(group), str(card.id)))
    assert (old.token, old.message) == ("guessed", first.message)


async def test_start_brings_the_code_of_its_link(telegram: TelegramServer, core: Core, ana: User) -> None:
    telegram.starts(ana, "code_7-x")
    telegram.starts(ana)
    received = await core.has(2)
    assert [b.payload for b in received if isinstance(b, BotAdded)] == ["code_7-x", ""]


async def test_blocking_and_coming_back(telegram: TelegramServer, core: Core, ana: User) -> None:
    telegram.starts(ana)
    telegram.blocks(ana)
    telegram.unblocks(ana)
    _, gone, back = await core.has(3)
    assert isinstance(gone, BotRemoved)
    assert gone.reason == "blocked"
    assert isinstance(back, BotAdded)


async def test_being_added_to_a_group_and_removed(telegram: TelegramServer, core: Core, ana: User) -> None:
    group = telegram.group("Apex", ana)
    telegram.adds_bot(ana, group, admin=True)
    telegram.kicks_bot(ana, group)
    telegram.adds_bot(ana, group)
    gone, back = await core.has(2)
    assert isinstance(gone, BotRemoved)
    assert (gone.place.ref, gone.reason, gone.place.name) == (place(group), "kicked", "Apex")
    assert isinstance(back, BotAdded)
    assert back.sender.name == "Ana"


async def test_a_migration_is_told_twice_under_one_key(
    telegram: TelegramServer, core: Core, ana: User
) -> None:
    group = telegram.group("Apex", ana)
    large = telegram.migrates(group, by=ana)
    received = await core.has(2)
    moves = [m for m in received if isinstance(m, ConversationMoved)]
    assert [(m.place.ref, m.new) for m in moves] == [(place(group), place(large))] * 2
    assert len({m.key for m in moves}) == 1


async def test_a_migration_by_nobody_we_hear_is_still_a_migration(
    telegram: TelegramServer, core: Core
) -> None:
    telegram.migrates(telegram.group("Apex"), by=telegram.user("Robo", bot=True))
    [old, _] = await core.has(2)
    assert old.sender.standing is Standing.ANONYMOUS


async def test_a_group_that_does_not_say_who_is_who_is_believed(
    telegram: TelegramServer, core: Core, ana: User
) -> None:
    telegram.fail("getChatMember", server_error())
    telegram.says(ana, "/mine@milepost_bot", telegram.group("Apex", admins=(ana,)))
    [said] = await core.has(1)
    assert said.sender.standing is Standing.MEMBER


async def test_who_speaks_for_a_group_or_a_channel_is_anonymous(telegram: TelegramServer, core: Core) -> None:
    group = telegram.group("Apex", bot_is_admin=True)
    telegram.says_anonymously("/mine", group)
    telegram.channel_says("/mine", group)
    received = await core.has(2)
    assert {c.sender.standing for c in received} == {Standing.ANONYMOUS}
    assert received[0].sender.ref == PersonRef("telegram", "", str(group.id))


async def test_other_bots_are_not_heard(telegram: TelegramServer, core: Core, ana: User) -> None:
    group = telegram.group("Apex", ana, bot_is_admin=True)
    telegram.says(telegram.user("Robo", bot=True), "/mine", group)
    telegram.says(ana, "/mine", group)
    [only] = await core.has(1)
    assert only.sender.name == "Ana"


async def test_a_groups_administrators_are_known_for_five_minutes(
    telegram: TelegramServer, core: Core
) -> None:
    ana, boris, gone = (telegram.user(name) for name in ("Ana", "Boris", "Gone"))
    group = telegram.group("Apex", boris, admins=(ana,), bot_is_admin=True)
    for person in (ana, boris, gone, ana):
        telegram.says(person, "/mine", group)
    received = await core.has(4)
    assert [c.sender.standing for c in received] == [
        Standing.ADMIN,
        Standing.MEMBER,
        Standing.GUEST,
        Standing.ADMIN,
    ]
    assert len(telegram.calls_of("getChatMember")) == 3
    telegram.leaves(ana, group)
    telegram.says(ana, "/mine", group)
    left, after = (await core.has(6))[4:]
    assert isinstance(left, PersonLeft)
    assert (left.sender.ref, left.place.ref) == (received[0].sender.ref, place(group))
    assert after.sender.standing is Standing.GUEST


async def test_somebody_who_left_is_told_of_by_a_message_too(
    telegram: TelegramServer, core: Core, ana: User
) -> None:
    group = telegram.group("Apex", ana, bot_is_admin=True)
    for who, is_bot in ((ana.id, False), (telegram.bot.id, True)):
        gone = {"id": who, "is_bot": is_bot, "first_name": "Ana"}
        telegram._service(ana, group, {"left_chat_member": gone})
    telegram.says(ana, "/mine", group)
    left, words = await core.has(2)
    assert isinstance(left, PersonLeft)
    assert (left.sender.ref.id, left.place.ref) == (str(ana.id), place(group))
    assert isinstance(words, SlashCommand)


async def test_a_forwarded_command_is_only_words(telegram: TelegramServer, core: Core, ana: User) -> None:
    origin = {"type": "hidden_user", "sender_user_name": "Boss", "date": 1}
    group = telegram.group("Apex", ana, bot_is_admin=True)
    for chat in (group, telegram.state.private(ana)):
        message = telegram._message(ana, chat, "/done APX-7", {})
        message.service = {"forward_origin": origin}
        telegram._post(message)
    [only] = await core.has(1)
    assert isinstance(only, MessageShortcut)
    assert (only.text.text, only.place.kind) == ("/done APX-7", PlaceKind.DIRECT)


async def test_names_cannot_reorder_their_neighbours(telegram: TelegramServer, core: Core) -> None:
    telegram.says(telegram.user("Ana\u202e\u200b"), "hello")
    telegram.says(telegram.user("\u200f", "hidden_one"), "hello")
    received = await core.has(2)
    assert [words.sender.name for words in received] == ["Ana", "hidden_one"]


async def test_pictures_come_along_with_their_words_if_any(
    telegram: TelegramServer, core: Core, ana: User, adapter: Telegram
) -> None:
    message = telegram._message(ana, telegram.state.private(ana), "", {})
    message.text, message.photo = None, b"png"
    telegram._post(message)
    captioned = telegram._message(ana, telegram.state.private(ana), "", {})
    captioned.text, captioned.photo, captioned.caption = None, b"png", "done APX-7"
    telegram._post(captioned)
    said = [each for each in await core.has(2) if isinstance(each, ChatMessage)]
    assert [(each.text.text, len(each.attachments)) for each in said] == [("", 1), ("done APX-7", 1)]
