"""Answers reach the one who asked: in place, directly, by replacing; a lost one loses nothing."""

import asyncio
from datetime import timedelta

import pytest

from adapters.slack.platform import SlackAdapter
from bot.cards import Actions, Button, Card, Picture, plain
from bot.domain.timeline import Timeline
from bot.messages import (
    Audience,
    ButtonPress,
    PlaceKind,
    Reply,
    SlashCommand,
)
from tests.adapters.slack.conftest import Cast
from tests.adapters.slack.core import Core
from tests.fakes.clock import FakeClock
from tests.fakes.slack.faults import ErrorCode, RateLimited
from tests.fakes.slack_server import SlackServer

pytestmark = pytest.mark.usefixtures("adapter")

CARD = Card(plain("APX-7 Prototype tested"), (Actions((Button("Done", "token-done"),)),))
OTHER = Card(plain("APX-7 is done"))


async def test_a_command_is_answered_privately_where_it_was_typed(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    core.answer = lambda _: Reply(CARD)
    await slack.slash(cast.ana, cast.launch, "show APX-7")
    said = await slack.hears(cast.ana)
    assert (said.kind, said.channel, said.text) == ("ephemeral", cast.launch, "APX-7 Prototype tested")
    slack.nobody_hears_anything_else()


async def test_it_is_answered_even_where_the_bot_is_no_member(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    core.answer = lambda _: Reply(CARD)
    hidden = slack.channel("hidden", cast.ana, kind="group", with_bot=False)
    await slack.slash(cast.ana, hidden, "show APX-7")
    assert (await slack.hears(cast.ana)).channel == hidden


async def test_words_in_a_direct_conversation_are_answered_there_to_stay(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    core.answer = lambda _: Reply(CARD)
    direct = slack.direct(cast.ana)
    await slack.types(cast.ana, direct, "show APX-7")
    await slack.slash(cast.ana, direct, "show APX-7")
    first, second = await slack.hears(cast.ana), await slack.hears(cast.ana)
    assert (first.kind, second.kind) == ("message", "message")


async def test_a_mention_in_a_thread_is_answered_privately_in_it(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    core.answer = lambda _: Reply(CARD)
    await slack.types(cast.boris, cast.launch, "the card")
    parent = slack.messages(cast.launch)[0].ts
    await slack.types(cast.ana, cast.launch, f"{slack.mention} show", thread=parent)
    said = await slack.hears(cast.ana)
    assert (said.kind, said.thread_ts) == ("ephemeral", parent)


async def test_an_answer_to_everybody_is_a_message(slack: SlackServer, cast: Cast, core: Core) -> None:
    core.answer = lambda _: Reply(CARD, Audience.CONVERSATION)
    await slack.slash(cast.ana, cast.launch, "status")
    assert (await slack.hears(cast.launch)).kind == "message"


async def test_a_personal_list_goes_to_the_person(slack: SlackServer, cast: Cast, core: Core) -> None:
    core.answer = lambda _: Reply(CARD, Audience.DIRECT)
    await slack.slash(cast.ana, cast.launch, "mine")
    said = await slack.hears(cast.ana)
    assert (said.kind, said.channel) == ("message", slack.direct(cast.ana))


async def test_who_cannot_be_told_directly_is_told_in_place(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    core.answer = lambda _: Reply(CARD, Audience.DIRECT, unreachable=OTHER)
    slack.faults.add("chat.postMessage", ErrorCode("messages_tab_disabled"))
    await slack.slash(cast.ana, cast.launch, "mine")
    said = await slack.hears(cast.ana)
    assert (said.kind, said.text) == ("ephemeral", "APX-7 is done")
    slack.nobody_hears_anything_else()


async def test_a_press_replaces_the_private_card_it_came_from(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    core.answer = lambda it: Reply(OTHER, edits=True) if isinstance(it, ButtonPress) else Reply(CARD)
    await slack.slash(cast.ana, cast.launch, "show APX-7")
    said = await slack.hears(cast.ana)
    await slack.press(cast.ana, said, "Done")
    assert (await core.got(ButtonPress)).token == "token-done"
    await slack.until(lambda: said.text == "APX-7 is done")
    slack.nobody_hears_anything_else()


async def test_a_press_on_a_shared_card_is_answered_beside_it(
    slack: SlackServer, cast: Cast, core: Core, adapter: SlackAdapter
) -> None:
    core.answer = lambda it: (
        Reply(OTHER, edits=True) if isinstance(it, ButtonPress) else Reply(CARD, Audience.CONVERSATION)
    )
    await slack.slash(cast.boris, cast.launch, "show APX-7")
    shared = await slack.hears(cast.launch)
    await slack.press(cast.ana, shared, "Done")
    assert (await slack.hears(cast.ana)).kind == "ephemeral"
    assert shared.text == "APX-7 Prototype tested"


async def test_a_press_in_the_direct_conversation_replaces_its_card(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    core.answer = lambda it: Reply(OTHER, edits=True) if isinstance(it, ButtonPress) else Reply(CARD)
    direct = slack.direct(cast.ana)
    await slack.types(cast.ana, direct, "show APX-7")
    said = await slack.hears(cast.ana)
    await slack.press(cast.ana, said, "Done")
    await slack.until(lambda: said.text == "APX-7 is done")
    assert (await core.got(ButtonPress)).place.kind is PlaceKind.DIRECT
    slack.nobody_hears_anything_else()


async def test_nothing_to_answer_says_nothing(slack: SlackServer, cast: Cast, core: Core) -> None:
    core.answer = lambda it: Reply(toast="Done") if isinstance(it, ButtonPress) else None
    await slack.slash(cast.ana, cast.launch, "x")
    await slack.press_value(cast.ana, slack.whisper(cast.launch, cast.ana, {"text": "x"}), "t")
    await core.got(ButtonPress)
    await slack.hears(cast.ana, "x")
    slack.nobody_hears_anything_else()


async def test_a_spent_response_url_is_not_the_end(slack: SlackServer, cast: Cast, core: Core) -> None:
    core.answer = lambda _: Reply(CARD)
    slack.faults.add("response_url", ErrorCode("used_url"))
    await slack.slash(cast.ana, cast.launch, "show")
    said = await slack.hears(cast.ana)
    assert said.kind == "ephemeral"


async def test_a_short_pause_is_waited_for(
    slack: SlackServer, cast: Cast, core: Core, clock: FakeClock
) -> None:
    core.answer = lambda _: Reply(CARD)
    slack.faults.add("chat.postMessage", RateLimited(3))
    await slack.types(cast.ana, slack.direct(cast.ana), "show")
    while not clock.sleeping:  # noqa: ASYNC110 a fake clock tells nobody who waits for it
        await asyncio.sleep(0)
    assert slack.direct_messages(cast.ana) == []
    await clock.advance(timedelta(seconds=3))
    assert (await slack.hears(cast.ana)).text == "APX-7 Prototype tested"


async def test_an_answer_that_cannot_be_given_takes_nothing_down(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    core.answer = lambda _: Reply(CARD)
    slack.faults.add("chat.postMessage", ErrorCode("is_archived"), times=2)
    await slack.types(cast.ana, slack.direct(cast.ana), "show")
    await slack.until(lambda: not slack.faults.left)
    await slack.types(cast.ana, slack.direct(cast.ana), "show")
    assert (await slack.hears(cast.ana)).text == "APX-7 Prototype tested"


async def test_a_picture_for_one_person_is_told_in_words(slack: SlackServer, cast: Cast, core: Core) -> None:
    timeline = Timeline("Apex", (await core_today(core, slack, cast)), ())
    core.answer = lambda _: Reply(Card(plain("The plan"), (Picture(timeline, "alt", "in words", b"png"),)))
    await slack.slash(cast.ana, cast.launch, "plan")
    assert "in words" in str((await slack.hears(cast.ana)).blocks)
    assert slack.calls_to("files.getUploadURLExternal") == []


async def core_today(core: Core, slack: SlackServer, cast: Cast) -> object:
    await slack.slash(cast.ana, cast.launch, "x")
    return (await core.got(SlashCommand)).received_at.date()
