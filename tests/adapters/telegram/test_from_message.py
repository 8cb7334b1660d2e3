"""A milestone out of a message: ``/new`` or the bot's name in answer to it."""

from __future__ import annotations

import pytest

from bot.messages import ChatMessage, MessageShortcut, SlashCommand
from tests.adapters.telegram.conftest import Core
from tests.adapters.telegram.test_receive import posts
from tests.fakes.telegram_server import TelegramServer

pytestmark = pytest.mark.usefixtures("adapter")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("/new@milepost_bot", ""),
        ("/new@milepost_bot by Friday me", "by Friday me"),
        ("/ms@milepost_bot new by Friday", "by Friday"),
        ("@milepost_bot", ""),
    ],
)
async def test_the_answered_message_is_what_is_to_be_true(
    telegram: TelegramServer, core: Core, said: str, words: str
) -> None:
    ana, boris = telegram.user("Ana"), telegram.user("Boris")
    group = telegram.group("Site", ana, boris, supergroup=True, bot_is_admin=True)
    asked = telegram.says(boris, "Roof must be closed before the winter\nor we freeze", group)
    telegram.says(ana, said, group, reply_to=asked)
    (came,) = await core.has(1)
    assert isinstance(came, MessageShortcut)
    assert came.text.text.startswith("Roof must be closed")
    assert came.words.text == words
    assert (came.sender.name, came.message.id) == ("Ana", str(asked.id))
    assert came.permalink.endswith(f"/{asked.id}")
    assert came.permalink.startswith("https://t.me/")


async def test_in_a_small_group_there_is_no_link_to_keep(telegram: TelegramServer, core: Core) -> None:
    ana = telegram.user("Ana")
    group = telegram.group("Site", ana, bot_is_admin=True)
    telegram.says(ana, "/new@milepost_bot", group, reply_to=telegram.says(ana, "Roof closed", group))
    (came,) = await core.has(1)
    assert isinstance(came, MessageShortcut)
    assert came.permalink == ""


async def test_other_commands_in_answer_to_people_are_commands(telegram: TelegramServer, core: Core) -> None:
    ana = telegram.user("Ana")
    group = telegram.group("Site", ana, bot_is_admin=True)
    asked = telegram.says(ana, "Roof closed", group)
    for said in ("/status@milepost_bot", "/ms@milepost_bot newest", "/ms@milepost_bot"):
        telegram.says(ana, said, group, reply_to=asked)
    assert all(isinstance(came, SlashCommand) for came in await core.has(3))


async def test_in_answer_to_our_own_card_new_is_said_about_the_card(
    telegram: TelegramServer, core: Core
) -> None:
    ana = telegram.user("Ana")
    group = telegram.group("Site", ana, bot_is_admin=True)
    telegram.says(ana, "/new@milepost_bot Roof closed", group, reply_to=posts(telegram, group))
    (came,) = await core.has(1)
    assert isinstance(came, ChatMessage)
