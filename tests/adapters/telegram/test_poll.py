"""Polling: what is saved is confirmed, and nothing else; what is odd is parked; nobody waits for another."""

import asyncio
import logging
from collections import defaultdict
from datetime import timedelta

import pytest

from adapters.telegram import TelegramSettings
from adapters.telegram.intake import Raw
from adapters.telegram.poll import Poller
from bot.cards import Card, plain
from bot.errors import Delivery, DeliveryError
from bot.messages import ChatMessage, Incoming, Reply
from bot.ports import Sending
from bot.refs import PersonRef
from tests.adapters.telegram.conftest import Core, WatchedClock, built, running
from tests.fakes.telegram_server import (
    Refusal,
    TelegramServer,
    refused,
    reset,
    server_error,
    too_many_requests,
)


def texts(core: Core) -> list[str]:
    return [words.text.text for words in core.received if isinstance(words, ChatMessage)]


async def test_what_waited_while_it_was_away_is_received_once(
    telegram: TelegramServer, settings: TelegramSettings, core: Core
) -> None:
    ana = telegram.user("Ana")
    for text in ("one", "two", "three"):
        telegram.says(ana, text)
    async with running(settings, core):
        await core.has(3)
        await telegram.until(lambda: len(telegram.state.updates) == 0)
    async with running(settings, core):
        telegram.says(ana, "four")
        await core.has(4)
    assert texts(core) == ["one", "two", "three", "four"]


@pytest.mark.usefixtures("adapter")
async def test_an_update_that_cannot_be_read_is_parked_and_the_rest_goes_on(
    telegram: TelegramServer, core: Core, caplog: pytest.LogCaptureFixture
) -> None:
    ana = telegram.user("Ana")
    odd = telegram.raw_update("message", {"message_id": "none", "chat": "secret words"})
    telegram.raw_update("callback_query", {"id": 5})
    telegram.raw_update("message", None)
    telegram.says(ana, "still here")
    await telegram.until(lambda: len(telegram.state.updates) == 0)
    assert texts(core) == ["still here"]
    assert odd
    parked = [record.getMessage() for record in caplog.records if "parked" in record.getMessage()]
    assert [f"update {odd.id + n} " in line for n, line in enumerate(parked)] == [True, True]
    assert "secret words" not in caplog.text


@pytest.mark.usefixtures("adapter")
async def test_nothing_is_confirmed_while_it_cannot_be_saved(
    telegram: TelegramServer, core: Core, clock: WatchedClock
) -> None:
    ana = telegram.user("Ana")
    core.down = True
    telegram.says(ana, "kept by Telegram")
    polled = len(telegram.calls_of("getUpdates"))
    await telegram.until(lambda: len(telegram.calls_of("getUpdates")) > polled)
    await clock.rested()
    core.down = False
    await clock.advance(timedelta(seconds=1))
    await core.has(1)
    await telegram.until(lambda: len(telegram.state.updates) == 0)
    assert texts(core) == ["kept by Telegram"]


@pytest.mark.usefixtures("adapter")
async def test_one_chat_that_cannot_be_saved_does_not_repeat_the_others(
    telegram: TelegramServer, core: Core, clock: WatchedClock
) -> None:
    ana, boris = telegram.user("Ana"), telegram.user("Boris")
    broken = [True]

    async def answer(incoming: Incoming) -> None:
        if incoming.sender.name == "Ana" and broken[0]:
            raise ConnectionError

    core.answer = answer
    telegram.says(ana, "one")
    telegram.says(boris, "two")
    await clock.rested()
    broken[0] = False
    await clock.advance(timedelta(seconds=1))
    await telegram.until(lambda: len(telegram.state.updates) == 0)
    assert sorted(texts(core)) == ["one", "two"]


@pytest.mark.parametrize(
    "fault", [server_error(502), reset(after=False), too_many_requests(1)], ids=["502", "reset", "429"]
)
async def test_it_polls_on_after_a_failure(telegram: TelegramServer, settings: TelegramSettings, core: Core,
                                           clock: WatchedClock, fault: object) -> None:  # fmt: skip
    telegram.fail("getUpdates", fault)  # type: ignore[arg-type]  # parametrize loses the type
    async with running(settings, core):
        await clock.rested()
        await clock.advance(timedelta(seconds=1))
        telegram.says(telegram.user("Ana"), "hello")
        await core.has(1)
    assert texts(core) == ["hello"]


async def test_a_second_poller_is_named_in_the_log(
    telegram: TelegramServer,
    settings: TelegramSettings,
    core: Core,
    clock: WatchedClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    refusal = Refusal(409, "Conflict: terminated by other getUpdates request; only one bot instance")
    telegram.fail("getUpdates", refused(refusal))
    async with running(settings, core):
        await clock.rested()
        assert "another process or a webhook" in caplog.text
        await clock.advance(timedelta(seconds=1))
        telegram.says(telegram.user("Ana"), "hello")
        await core.has(1)


async def test_waiting_grows_while_telegram_is_away(
    telegram: TelegramServer, settings: TelegramSettings, core: Core, clock: WatchedClock
) -> None:
    telegram.fail("getUpdates", server_error(), times=3)
    async with running(settings, core):
        for seconds in (1, 2, 4):
            await clock.rested()
            before = len(telegram.calls_of("getUpdates"))
            await clock.advance(timedelta(seconds=seconds, milliseconds=-1))
            assert len(telegram.calls_of("getUpdates")) == before
            await clock.advance(timedelta(milliseconds=1))
        telegram.says(telegram.user("Ana"), "hello")
        await core.has(1)


async def test_a_network_that_is_down_at_the_start_is_waited_for(
    telegram: TelegramServer, settings: TelegramSettings, core: Core, clock: WatchedClock
) -> None:
    telegram.fail("getMe", server_error())
    async with running(settings, core):
        await clock.rested()
        await clock.advance(timedelta(seconds=1))
        telegram.says(telegram.user("Ana"), "hello")
        await core.has(1)
    assert texts(core) == ["hello"]


async def test_a_webhook_of_before_is_removed_to_poll(
    telegram: TelegramServer, settings: TelegramSettings, core: Core
) -> None:
    telegram.says(telegram.user("Ana"), "hello")
    telegram.state.webhook.url = "https://old.example.org"
    async with running(settings, core):
        await core.has(1)
    assert telegram.state.webhook.url == ""


async def test_a_hundred_chats_run_side_by_side_and_in_order_within_each(
    telegram: TelegramServer, settings: TelegramSettings, core: Core
) -> None:
    """Goal 5: nobody is answered until every chat is being served, so one at a time would never end."""
    people = [telegram.user(f"Person {number}") for number in range(100)]
    order: dict[PersonRef, list[str]] = defaultdict(list)
    under_way: set[PersonRef] = set()
    all_together = asyncio.Event()

    async def slow(incoming: Incoming) -> Reply | None:
        assert isinstance(incoming, ChatMessage)
        who = incoming.sender.ref
        assert who not in under_way, "two at once in one chat"
        under_way.add(who)
        if len(under_way) == len(people) // 3:
            all_together.set()
        await all_together.wait()
        under_way.discard(who)
        order[who].append(incoming.text.text)
        return None

    core.answer = slow
    for person in people:
        for text in ("first", "second", "third"):
            telegram.says(person, text)
    async with running(settings, core), asyncio.timeout(20):
        await core.has(300)
    assert list(order.values()) == [["first", "second", "third"]] * 100


async def test_a_chat_whose_answers_hang_holds_up_nobody(
    telegram: TelegramServer, settings: TelegramSettings, core: Core, clock: WatchedClock
) -> None:
    core.replies(Reply(Card(plain("Here"))))
    ana, boris = telegram.user("Ana"), telegram.user("Boris")
    telegram.starts(ana)
    telegram.starts(boris)
    telegram.fail("sendMessage", too_many_requests(50), chat=telegram.state.private(ana), times=2)
    async with running(settings, core):
        await core.has(2)
        telegram.says(ana, "again")
        telegram.says(boris, "again")
        await telegram.until(lambda: len(telegram.told(boris)) == 2)
        assert telegram.told(ana) == []
        assert len(await core.has(4)) == 4
        for _ in range(3):
            await clock.rested()
            await clock.advance(timedelta(seconds=50))
            if len(telegram.told(ana)) == 2:
                break
        await telegram.until(lambda: len(telegram.told(ana)) == 2)


async def test_answers_under_way_are_finished_at_the_stop(
    telegram: TelegramServer, settings: TelegramSettings, core: Core
) -> None:
    core.replies(Reply(Card(plain("Saved"))))
    ana = telegram.user("Ana")
    telegram.starts(ana)
    async with running(settings, core):
        await core.has(1)
    assert [message.text for message in telegram.told(ana)] == ["Saved"]


async def test_the_token_is_never_logged(
    telegram: TelegramServer,
    settings: TelegramSettings,
    core: Core,
    clock: WatchedClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    telegram.token = "424242:another-token-than-the-adapter-has-000"
    async with built(settings) as adapter:
        to = await adapter.direct(PersonRef("telegram", "", "1"))
        with pytest.raises(DeliveryError) as caught:
            await adapter.send(to, Card(plain("x")), Sending("1"))
    assert caught.value.kind is Delivery.INSTALL
    async with running(settings, core):
        await clock.rested()
    assert "invalid_token" in caplog.text
    assert settings.token not in caplog.text


async def test_an_error_that_is_not_telegrams_does_not_end_the_polling(
    telegram: TelegramServer,
    settings: TelegramSettings,
    core: Core,
    clock: WatchedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fetch, failures = Poller._fetch, iter([OverflowError("a pause of ages"), AttributeError("odd")])

    async def odd(self: Poller) -> list[Raw]:
        if error := next(failures, None):
            raise error
        return await fetch(self)

    monkeypatch.setattr(Poller, "_fetch", odd)
    telegram.says(telegram.user("Ana"), "still here")
    async with running(settings, core):
        for seconds in (1, 2):
            await clock.rested()
            await clock.advance(timedelta(seconds=seconds))
        await core.has(1)
    assert texts(core) == ["still here"]
