"""The Telegram server, met by python-telegram-bot: its updates and its refusals."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden

from tests.fakes.clock import FakeClock
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


async def test_an_update_comes_again_until_a_higher_offset_is_asked_for(
    telegram: TelegramServer, bot: Bot
) -> None:
    telegram.starts(telegram.user("Ana"))
    [first] = await bot.get_updates()
    [again] = await bot.get_updates()
    assert again.update_id == first.update_id
    assert await bot.get_updates(offset=first.update_id + 1) == ()
    assert await bot.get_updates() == ()


async def test_a_negative_offset_forgets_what_is_older(telegram: TelegramServer, bot: Bot) -> None:
    ana = telegram.user("Ana")
    for text in ("one", "two", "three"):
        telegram.says(ana, text)
    [last] = await bot.get_updates(offset=-1)
    assert last.message
    assert last.message.text == "three"
    assert [update.update_id for update in await bot.get_updates()] == [last.update_id]


async def test_a_long_poll_ends_when_something_is_said(telegram: TelegramServer, bot: Bot) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await telegram.state.updates.polling.wait()
    telegram.starts(telegram.user("Ana"))
    assert len(await polling) == 1


async def test_a_long_poll_ends_empty_when_its_time_is_over(bot: Bot) -> None:
    assert await bot.get_updates(timeout=1) == ()


async def test_a_second_poller_ends_the_first(telegram: TelegramServer, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await telegram.state.updates.polling.wait()
    async with Bot(telegram.token, base_url=telegram.base_url) as second:
        assert await second.get_updates(timeout=0) == ()
    with pytest.raises(Conflict, match="only one bot instance"):
        await first


async def test_a_failed_poll_confirms_nothing(telegram: TelegramServer, bot: Bot) -> None:
    telegram.starts(telegram.user("Ana"))
    [first] = await bot.get_updates()
    await bot.set_webhook("https://127.0.0.1:1/x")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates(offset=first.update_id + 1)
    await bot.delete_webhook()
    assert [update.update_id for update in await bot.get_updates()] == [first.update_id]


async def test_what_is_not_allowed_when_it_happens_never_arrives(telegram: TelegramServer, bot: Bot) -> None:
    ana = telegram.user("Ana")
    await bot.get_updates(allowed_updates=["callback_query"])
    telegram.says(ana, "unheard")
    await bot.get_updates(allowed_updates=["message"])
    telegram.says(ana, "heard")
    assert [update.message and update.message.text for update in await bot.get_updates()] == ["heard"]


async def test_updates_are_kept_for_a_day(telegram: TelegramServer, bot: Bot, clock: FakeClock) -> None:
    telegram.starts(telegram.user("Ana"))
    await clock.advance(timedelta(hours=25))
    assert await bot.get_updates() == ()


async def test_a_message_shows_its_text_keyboard_and_edits(telegram: TelegramServer, bot: Bot) -> None:
    ana = telegram.user("Ana")
    telegram.starts(ana)
    buttons = keyboard(InlineKeyboardButton("Done", callback_data="t1"))
    sent = await bot.send_message(ana.id, "<b>Café</b> &lt;due&gt;", parse_mode="HTML", reply_markup=buttons)
    await bot.edit_message_text("Moved", chat_id=ana.id, message_id=sent.message_id)
    [shown] = telegram.told(ana)
    assert (shown.versions, shown.buttons) == (["Café <due>", "Moved"], [])
    assert sent.entities[0].length == 4


async def test_entities_count_in_utf16(telegram: TelegramServer, bot: Bot) -> None:
    ana = telegram.user("Ana")
    telegram.starts(ana)
    sent = await bot.send_message(ana.id, "🎉🎉 <b>x</b>", parse_mode="HTML")
    assert (sent.entities[0].offset, sent.entities[0].length) == (5, 1)
    said = telegram.says(ana, "🎉 /start for Boris", mentions={"Boris": telegram.user("Boris")})
    assert [(each["type"], each["offset"]) for each in said.entities] == [
        ("bot_command", 3),
        ("text_mention", 14),
    ]


async def test_a_photo_is_kept_and_its_caption_edited(telegram: TelegramServer, bot: Bot) -> None:
    ana = telegram.user("Ana")
    telegram.starts(ana)
    sent = await bot.send_photo(ana.id, b"\x89PNG", caption="Plan")
    await bot.edit_message_caption(ana.id, sent.message_id, caption="New plan")
    [shown] = telegram.told(ana)
    assert (shown.photo, shown.caption) == (b"\x89PNG", "New plan")
    with pytest.raises(BadRequest, match=r"(?i)there is no text in the message to edit"):
        await bot.edit_message_text("x", ana.id, sent.message_id)


REFUSED = {
    "message text is empty": {"text": "  "},
    "message is too long": {"text": "x" * 4097},
    'can\'t parse entities: Unsupported start tag "3" at byte offset 2': {
        "text": "I <3 U>",
        "parse_mode": "HTML",
    },
    'Can\'t find end tag corresponding to start tag "b"': {"text": "<b>bold", "parse_mode": "HTML"},
    'Unmatched end tag at byte offset 7, expected "</b>", found "</i>"': {
        "text": "<b>bold</i>",
        "parse_mode": "HTML",
    },
    "Unclosed start tag at byte offset 4": {"text": "due <b", "parse_mode": "HTML"},
    "Unexpected end tag at byte offset 1": {"text": "x</b>", "parse_mode": "HTML"},
    "BUTTON_DATA_INVALID": {
        "text": "x",
        "reply_markup": keyboard(InlineKeyboardButton("D", callback_data="é" * 33)),
    },
    "Text buttons are unallowed": {"text": "x", "reply_markup": keyboard(InlineKeyboardButton("D"))},
    "message to be replied not found": {"text": "x", "reply_parameters": ReplyParameters(999)},
    "message thread not found": {"text": "x", "message_thread_id": 7},
}


@pytest.mark.parametrize("reason", REFUSED)
async def test_it_refuses_in_the_words_of_telegram(telegram: TelegramServer, bot: Bot, reason: str) -> None:
    ana = telegram.user("Ana")
    telegram.starts(ana)
    with pytest.raises(BadRequest) as caught:
        await bot.send_message(ana.id, **REFUSED[reason])  # type: ignore[arg-type]
    assert reason.lower() in caught.value.message.lower()
    assert telegram.told(ana) == []


async def test_callback_data_of_64_bytes_is_taken(telegram: TelegramServer, bot: Bot) -> None:
    ana = telegram.user("Ana")
    telegram.starts(ana)
    await bot.send_message(
        ana.id, "x", reply_markup=keyboard(InlineKeyboardButton("D", callback_data="é" * 32))
    )
    assert len(telegram.told(ana)) == 1


async def test_people_who_never_started_blocked_or_left_cannot_be_written_to(
    telegram: TelegramServer, bot: Bot
) -> None:
    never, blocks, gone = (telegram.user(name) for name in ("Never", "Blocks", "Gone"))
    telegram.starts(blocks)
    telegram.blocks(blocks)
    telegram.deactivates(gone)
    reasons = {
        never: "can't initiate conversation",
        blocks: "blocked by the user",
        gone: "user is deactivated",
    }
    for person, reason in reasons.items():
        with pytest.raises(Forbidden, match=f"(?i){reason}"):
            await bot.send_message(person.id, "x")
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(12345, "x")


async def test_a_group_that_removed_the_bot_says_so(telegram: TelegramServer, bot: Bot) -> None:
    ana = telegram.user("Ana")
    small, large = telegram.group("Small", ana), telegram.group("Large", ana, supergroup=True)
    for chat in (small, large):
        telegram.kicks_bot(ana, chat)
    with pytest.raises(Forbidden, match=r"(?i)bot was kicked from the group chat"):
        await bot.send_message(small.id, "x")
    with pytest.raises(Forbidden, match=r"(?i)bot was kicked from the supergroup chat"):
        await bot.send_message(large.id, "x")


async def test_a_group_that_migrated_names_its_new_id(telegram: TelegramServer, bot: Bot) -> None:
    ana = telegram.user("Ana")
    group = telegram.group("Apex", ana)
    large = telegram.migrates(group, by=ana)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(group.id, "x")
    assert caught.value.new_chat_id == large.id
    old, new = [update.message for update in await bot.get_updates()]
    assert old
    assert new
    assert (old.migrate_to_chat_id, new.migrate_from_chat_id) == (large.id, group.id)


async def test_editing_refuses_what_is_gone_not_ours_or_the_same(telegram: TelegramServer, bot: Bot) -> None:
    ana = telegram.user("Ana")
    theirs = telegram.starts(ana)
    sent = await bot.send_message(ana.id, "same")
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_text("same", ana.id, sent.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message can't be edited"):
        await bot.edit_message_text("x", ana.id, theirs.id)
    await bot.delete_message(ana.id, sent.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await bot.edit_message_text("x", ana.id, sent.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message to delete not found"):
        await bot.delete_message(ana.id, sent.message_id)


async def test_a_press_is_answered_once_and_in_time(
    telegram: TelegramServer, bot: Bot, clock: FakeClock
) -> None:
    ana = telegram.user("Ana")
    telegram.starts(ana)
    await bot.send_message(
        ana.id, "x", reply_markup=keyboard(InlineKeyboardButton("Done", callback_data="t1"))
    )
    [shown] = telegram.told(ana)
    pressed = telegram.presses(ana, shown, "Done")
    await bot.answer_callback_query(pressed, "Saved")
    answer = telegram.answer_to(pressed)
    assert answer
    assert answer.text == "Saved"
    late = telegram.presses(ana, shown, "Done")
    await clock.advance(timedelta(seconds=16))
    for query_id in (pressed, late, "unknown"):
        with pytest.raises(BadRequest, match=r"(?i)query is too old"):
            await bot.answer_callback_query(query_id)
