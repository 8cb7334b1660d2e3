"""Where an answer is shown: here, by direct message, as a pop-up, or instead of the card."""

from datetime import timedelta

import pytest

from bot.cards import Actions, Button, Card, Text, plain
from bot.messages import Audience, Reply
from tests.adapters.telegram.conftest import Core, WatchedClock
from tests.adapters.telegram.test_receive import posts
from tests.fakes.telegram.faults import Fault
from tests.fakes.telegram.refusals import BLOCKED, migrated
from tests.fakes.telegram.world import Chat, User
from tests.fakes.telegram_server import TelegramServer, refused, reset, server_error, too_many_requests

pytestmark = pytest.mark.usefixtures("adapter")

LIST = Card(plain("3 of yours"), (Text(plain("APX-7")), Actions((Button("All", "tok-all"),))))
SHORT = Card(plain("Only Chen can move Handover."))


@pytest.fixture
def ana(telegram: TelegramServer) -> User:
    return telegram.user("Ana")


@pytest.fixture
def group(telegram: TelegramServer, ana: User) -> Chat:
    return telegram.group("Apex", ana, bot_is_admin=True)


async def test_in_a_direct_message_the_answer_stands_alone(
    telegram: TelegramServer, core: Core, ana: User
) -> None:
    core.replies(Reply(LIST))
    telegram.starts(ana)
    await telegram.until(lambda: len(telegram.told(ana)) == 1)
    [shown] = telegram.told(ana)
    assert (shown.text, [b.data for b in shown.buttons], shown.reply_to) == (
        "3 of yours\nAPX-7",
        ["tok-all"],
        None,
    )


async def test_in_a_group_the_answer_refers_to_what_was_said(
    telegram: TelegramServer, core: Core, ana: User, group: Chat
) -> None:
    core.replies(Reply(SHORT))
    said = telegram.says(ana, "/new x", group)
    await telegram.until(lambda: len(telegram.told(group)) == 1)
    assert telegram.told(group)[0].reply_to is said


async def test_a_personal_answer_goes_by_direct_message(
    telegram: TelegramServer, core: Core, ana: User, group: Chat
) -> None:
    telegram.starts(ana)
    await core.has(1)
    core.replies(Reply(LIST, Audience.DIRECT))
    telegram.says(ana, "/mine", group)
    await telegram.until(lambda: len(telegram.told(ana)) == 1)
    assert telegram.told(group) == []


@pytest.mark.parametrize("blocked", [False, True])
async def test_who_cannot_be_written_to_is_told_in_the_group_with_a_link(
    telegram: TelegramServer, core: Core, ana: User, group: Chat, blocked: bool
) -> None:
    start = Button("Start me", url="https://t.me/milepost_bot?start=mine")
    core.replies(
        Reply(LIST, Audience.DIRECT, unreachable=Card(plain("Start me first."), (Actions((start,)),)))
    )
    if blocked:
        telegram.fail("sendMessage", refused(BLOCKED))
    telegram.says(ana, "/mine", group)
    await telegram.until(lambda: len(telegram.told(group)) == 1)
    [shown] = telegram.told(group)
    assert (shown.text, shown.buttons[0].url) == ("Start me first.", start.url)


async def test_a_list_is_never_shown_to_a_group_instead_of_its_person(
    telegram: TelegramServer, core: Core, group: Chat
) -> None:
    core.replies(Reply(LIST, Audience.DIRECT, unreachable=SHORT))
    telegram.says_anonymously("/mine", group)
    await telegram.until(lambda: len(telegram.told(group)) == 1)
    assert telegram.told(group)[0].text == SHORT.title.text


async def test_an_answer_stays_in_its_topic(telegram: TelegramServer, core: Core, ana: User) -> None:
    forum = telegram.group("Apex", ana, topics=(3,), bot_is_admin=True)
    core.replies(Reply(SHORT))
    telegram.says(ana, "/new x", forum, thread=3)
    await telegram.until(lambda: len(telegram.told(forum)) == 1)
    assert telegram.told(forum)[0].thread == 3


async def test_every_press_is_answered(telegram: TelegramServer, core: Core, ana: User, group: Chat) -> None:
    card = posts(telegram, group)
    duplicate = telegram.presses(ana, card, "Done")
    await telegram.until(lambda: telegram.answer_to(duplicate) is not None)
    core.replies(Reply(toast="Saved"))
    pressed = telegram.presses(ana, card, "Done")
    await telegram.until(lambda: telegram.answer_to(pressed) is not None)
    answer = telegram.answer_to(pressed)
    assert answer
    assert (answer.text, answer.alert) == ("Saved", False)
    assert [message.text for message in telegram.told(group)] == ["Card"]


async def test_a_press_without_data_still_stops_spinning(
    telegram: TelegramServer, core: Core, ana: User
) -> None:
    query_id = telegram.presses_data(ana, posts(telegram, telegram.state.private(ana)), "x")
    query = {"id": query_id, "from": ana.as_json(), "chat_instance": "1", "game_short_name": "g"}
    telegram.state.updates.clear()
    telegram.raw_update("callback_query", query)
    await telegram.until(lambda: telegram.answer_to(query_id) is not None)
    assert core.received == []


async def test_short_words_to_a_press_in_a_group_are_a_private_pop_up(
    telegram: TelegramServer, core: Core, ana: User, group: Chat
) -> None:
    core.replies(Reply(SHORT))
    pressed = telegram.presses(ana, posts(telegram, group), "Done")
    await telegram.until(lambda: telegram.answer_to(pressed) is not None)
    answer = telegram.answer_to(pressed)
    assert answer
    assert (answer.text, answer.alert) == (SHORT.title.text, True)
    assert [message.text for message in telegram.told(group)] == ["Card"]


async def test_an_answer_with_buttons_to_a_press_is_a_message(
    telegram: TelegramServer, core: Core, ana: User, group: Chat
) -> None:
    core.replies(Reply(LIST, toast="Here"))
    pressed = telegram.presses(ana, posts(telegram, group), "Done")
    await telegram.until(lambda: len(telegram.told(group)) == 2)
    answer = telegram.answer_to(pressed)
    assert answer
    assert (answer.text, answer.alert) == ("Here", False)


async def test_an_answer_may_replace_its_card(telegram: TelegramServer, core: Core, ana: User) -> None:
    core.replies(Reply(LIST, edits=True))
    card = posts(telegram, telegram.state.private(ana))
    telegram.starts(ana)
    await core.has(1)
    telegram.presses(ana, card, "Done")
    await telegram.until(lambda: card.text == "3 of yours\nAPX-7")
    assert [b.label for b in card.buttons] == ["All"]


async def test_a_card_that_is_gone_is_said_anew(telegram: TelegramServer, core: Core, ana: User) -> None:
    telegram.starts(ana)
    await core.has(1)
    card = posts(telegram, telegram.state.private(ana))
    core.replies(Reply(LIST, edits=True))
    telegram.deletes(card)
    telegram.presses(ana, card, "Done")
    await telegram.until(lambda: len(telegram.told(ana)) == 1)


@pytest.mark.parametrize(
    ("fault", "copies"),
    [(too_many_requests(3), 1), (reset(), 1), (server_error(after=True), 1), (reset(after=False), 0)],
    ids=["429", "reset after", "502 after", "reset before"],
)
async def test_an_answer_is_sent_again_only_when_it_surely_was_not(
    telegram: TelegramServer, core: Core, ana: User, clock: WatchedClock, fault: Fault, copies: int
) -> None:
    core.replies(Reply(SHORT))
    telegram.fail("sendMessage", fault)
    telegram.starts(ana)
    await telegram.until(lambda: len(telegram.calls_of("sendMessage")) == 1)
    if fault.refusal:
        await clock.rested()
        await clock.advance(timedelta(seconds=3))
        await telegram.until(lambda: len(telegram.calls_of("sendMessage")) == 2)
    assert len(telegram.told(ana)) == copies


async def test_an_answer_follows_a_group_that_migrated(
    telegram: TelegramServer, core: Core, ana: User, group: Chat
) -> None:
    core.replies(Reply(SHORT))
    large = telegram.migrates(group, by=ana)
    await core.has(2)
    assert telegram.told(large) == []
    group.migrated_to = None
    telegram.fail("sendMessage", refused(migrated(large.id)))
    telegram.says(ana, "/new x", group)
    await telegram.until(lambda: len(telegram.told(large)) == 1)


async def test_a_lost_answer_is_a_log_line_and_the_next_one_comes(
    telegram: TelegramServer, core: Core, ana: User, caplog: pytest.LogCaptureFixture
) -> None:
    core.replies(Reply(SHORT))
    telegram.starts(ana)
    telegram.fail("sendMessage", refused(BLOCKED))
    await telegram.until(lambda: len(telegram.calls_of("sendMessage")) == 1)
    telegram.says(ana, "again")
    await telegram.until(lambda: len(telegram.told(ana)) == 1)
    assert "not shown: destination: bot_blocked" in caplog.text


async def test_coming_back_is_answered_once(telegram: TelegramServer, core: Core, ana: User) -> None:
    """Unblocking is one update and Start another: one welcome is enough."""
    core.replies(Reply(SHORT))
    telegram.unblocks(ana)
    telegram.starts(ana)
    await telegram.until(lambda: len(telegram.told(ana)) == 1)
    assert len(core.received) == 2
