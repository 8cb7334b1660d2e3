"""Whom the Telegram server lets the bot hear, and whether what passes has Telegram's shapes."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters, Update
from telegram.error import InvalidToken

from tests.fakes.clock import FakeClock
from tests.fakes.telegram.schemas import faults_in, faults_of_calls
from tests.fakes.telegram_server import TelegramServer


@pytest.fixture
async def telegram(clock: FakeClock) -> AsyncIterator[TelegramServer]:
    async with TelegramServer(now=lambda: clock.now().timestamp(), first_webhook_wait=0.01) as server:
        yield server


@pytest.fixture
async def bot(telegram: TelegramServer) -> AsyncIterator[Bot]:
    async with Bot(telegram.token, base_url=telegram.base_url) as bot:
        yield bot


def keyboard(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([buttons])


async def test_privacy_mode_hides_small_talk(telegram: TelegramServer, bot: Bot) -> None:
    ana = telegram.user("Ana")
    group = telegram.group("Apex", ana)
    for text in ("small talk", "/status", "/status@milepost_bot", "/status@other_bot", "hi @milepost_bot"):
        telegram.says(ana, text, group)
    await bot.send_message(group.id, "Card")
    telegram.says(ana, "done", group, reply_to=telegram.told(group)[0])
    await bot.send_message(group.id, "Card")
    telegram.says(ana, "/mine", group)
    heard = [update.message and update.message.text for update in await bot.get_updates()]
    assert heard == ["/status@milepost_bot", "done", "/mine"]


async def test_a_bare_command_goes_to_the_bot_that_posted_last(telegram: TelegramServer, bot: Bot) -> None:
    ana, other = telegram.user("Ana"), telegram.user("Other", "other_bot", bot=True)
    group = telegram.group("Apex", ana, other)
    telegram.says(ana, "/ms before anybody posted", group)
    await bot.send_message(group.id, "Card")
    telegram.says(ana, "small talk", group)
    telegram.says(ana, "/ms one", group)
    telegram.says(ana, "/ms two", group)
    telegram.says(other, "Hello from another bot", group)
    telegram.says(ana, "/ms lost", group)
    telegram.says(ana, "/ms@milepost_bot by name", group)
    await bot.send_message(group.id, "Card")
    telegram.says(ana, "/ms three", group)
    heard = [update.message and update.message.text for update in await bot.get_updates()]
    assert heard == ["/ms one", "/ms two", "/ms@milepost_bot by name", "/ms three"]


async def test_an_administrator_bot_hears_everything(telegram: TelegramServer, bot: Bot) -> None:
    ana = telegram.user("Ana")
    telegram.says(ana, "small talk", telegram.group("Apex", ana, bot_is_admin=True))
    assert len(await bot.get_updates()) == 1


async def test_anonymous_admins_and_channels_have_a_sender_chat(telegram: TelegramServer, bot: Bot) -> None:
    group = telegram.group("Apex", bot_is_admin=True)
    telegram.says_anonymously("/status", group)
    telegram.channel_says("/status", group)
    anonymous, channel = [update.message for update in await bot.get_updates()]
    assert anonymous
    assert anonymous.from_user
    assert anonymous.sender_chat
    assert (anonymous.from_user.id, anonymous.sender_chat.id) == (1087968824, group.id)
    assert channel
    assert channel.sender_chat
    assert channel.sender_chat.type == "channel"


async def test_the_token_and_the_method_are_checked(telegram: TelegramServer) -> None:
    with pytest.raises(InvalidToken):
        async with Bot("424242:wrong", base_url=telegram.base_url):
            pass


async def test_every_update_and_every_request_has_the_shape_telegram_documents(
    telegram: TelegramServer, bot: Bot
) -> None:
    ana, boris = telegram.user("Ana", "ana_c"), telegram.user("Boris")
    group = telegram.group("Apex", ana, boris, topics=(3,), bot_is_admin=True)
    telegram.starts(ana, "code-1")
    telegram.adds_bot(ana, group, admin=True)
    said = telegram.says(ana, "/new x @ana_c Boris", group, mentions={"Boris": boris}, thread=3)
    telegram.edits(said, "/new y")
    sent = await bot.send_message(
        group.id, "Card", message_thread_id=3, reply_parameters=ReplyParameters(said.id),
        reply_markup=keyboard(InlineKeyboardButton("Done", callback_data="t")),
    )  # fmt: skip
    await bot.send_photo(ana.id, b"png", caption="x")
    telegram.says(ana, "reply", group, reply_to=telegram.told(group)[0])
    telegram.presses(boris, telegram.told(group)[0], "Done")
    telegram.presses_data(boris, telegram.told(group)[0], "zzz", inaccessible=True)
    telegram.says_anonymously("/status", group)
    telegram.migrates(telegram.group("Old", ana), by=ana)
    telegram.blocks(ana)
    await bot.set_my_commands([("status", "The list")])
    assert (await bot.get_chat_member(group.id, ana.id)).status == "member"
    assert (await bot.get_chat(group.id)).title == "Apex"
    made = [update.as_json() for update in telegram.state.updates.all_made]
    assert len(made) == 11
    assert [fault for each in made for fault in faults_in("TelegramUpdate", each)] == []
    assert faults_of_calls(telegram.calls) == []
    assert all(Update.de_json(each, bot) for each in made)
    assert sent.message_thread_id == 3


async def test_a_request_of_the_wrong_shape_is_noticed(telegram: TelegramServer, bot: Bot) -> None:
    ana = telegram.user("Ana")
    telegram.starts(ana)
    await bot.send_message(ana.id, "x", api_kwargs={"colour": "red"})
    assert any("colour" in fault for fault in faults_of_calls(telegram.calls))
