"""Answers reach the one who asked: privately, by form, on the Home surface; a lost one loses nothing."""

import asyncio
from datetime import timedelta

import pytest

from adapters.slack.platform import SlackAdapter
from bot.cards import Actions, Button, Card, Picture, Text, plain
from bot.domain.timeline import Timeline
from bot.forms import Field, FieldKind, Form, Option
from bot.messages import (
    Audience,
    ButtonPress,
    ChatMessage,
    FormSubmission,
    HomeOpened,
    Incoming,
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
FORM = Form(
    title="New milestone",
    token="token-form",
    fields=(
        Field("title", "Title"),
        Field("due", "Due", FieldKind.DATE, value="2026-03-13"),
        Field("note", "Note", FieldKind.LONG_TEXT, required=False, hint="What will be true that day?"),
        Field(
            "cause",
            "What held it up?",
            FieldKind.CHOICE,
            options=(Option("People", "people"), Option("Scope", "scope")),
            value="scope",
        ),
        Field("owner", "Owner", FieldKind.PERSON, options=(Option("Ana", "p1"), Option("Boris", "p2"))),
        Field("days", "Days", FieldKind.NUMBER, required=False),
    ),
    submit="Create",
    cancel="Cancel",
    intro="One owner, one date.",
)


def always(reply: Reply) -> object:
    return lambda _: reply


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


# --- forms -----------------------------------------------------------------------------------------


def asking(submission: Reply) -> object:
    return lambda it: submission if isinstance(it, FormSubmission) else Reply(FORM)


async def test_a_form_is_a_modal_and_its_answers_come_back(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    core.answer = asking(Reply(OTHER))  # type: ignore[assignment]
    await slack.slash(cast.ana, cast.launch, "new")
    view = await slack.opens_modal(cast.ana)
    await slack.submits(cast.ana, title="Prototype tested", owner="p2", days="3")
    assert not view.open
    submitted = await core.got(FormSubmission)
    assert submitted.values == {
        "title": "Prototype tested",
        "due": "2026-03-13",
        "note": "",
        "cause": "scope",
        "owner": "p2",
        "days": "3",
    }
    assert (submitted.token, submitted.place.ref.id) == ("token-form", cast.launch)
    said = await slack.hears(cast.ana)
    assert (said.kind, said.text) == ("ephemeral", "APX-7 is done")


async def test_a_wrong_answer_keeps_the_form_open_with_the_reason(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    core.answer = asking(Reply(errors={"title": "Say what will be true that day."}))  # type: ignore[assignment]
    await slack.slash(cast.ana, cast.launch, "new")
    await slack.opens_modal(cast.ana)
    view = await slack.submits(cast.ana, title="x", owner="p1")
    assert view.open
    assert view.errors == {"title": "Say what will be true that day."}
    slack.nobody_hears_anything_else()


async def test_a_form_can_lead_to_the_next(slack: SlackServer, cast: Cast, core: Core) -> None:
    following = Form("Why late", "token-2", (Field("why", "Why"),), "Save", "Cancel")
    core.answer = asking(Reply(following))  # type: ignore[assignment]
    await slack.slash(cast.ana, cast.launch, "new")
    await slack.opens_modal(cast.ana)
    view = await slack.submits(cast.ana, title="x", owner="p1")
    assert (view.open, view.body["title"]["text"]) == (True, "Why late")
    core.answer = lambda _: None
    await slack.submits(cast.ana, why="weather")
    assert (await core.got(FormSubmission, 2)).token == "token-2"
    assert not view.open


async def test_a_form_that_comes_too_late_is_asked_in_words(
    slack: SlackServer, cast: Cast, core: Core, clock: FakeClock
) -> None:
    def answer(incoming: Incoming) -> Reply:
        clock.jump_to(clock.now() + timedelta(seconds=4))
        return (
            Reply(FORM) if incoming.can_open_form else Reply(Card(plain("Which title?"), (Text(plain("?")),)))
        )

    core.answer = answer
    await slack.slash(cast.ana, cast.launch, "new")
    assert (await slack.hears(cast.ana)).text.startswith("Which title?")
    assert slack.modal(cast.ana) is None
    first, second = core.all_of(SlashCommand)
    assert first.key != second.key


async def test_a_modal_of_somebody_else_is_left_alone(slack: SlackServer, cast: Cast, core: Core) -> None:
    core.answer = asking(Reply(OTHER))  # type: ignore[assignment]
    await slack.slash(cast.ana, cast.launch, "new")
    view = await slack.opens_modal(cast.ana)
    for metadata in ("", "not json", "[1,2]", '{"token":"x"}', '["a","b","c",4]'):
        view.body["private_metadata"], view.open = metadata, True
        await slack.submits(cast.ana, title="x", owner="p1")
    assert core.all_of(FormSubmission) == []


# --- the Home surface -------------------------------------------------------------------------------


async def test_the_home_surface_shows_a_card_and_its_buttons_work(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    core.answer = lambda it: Reply(CARD) if isinstance(it, HomeOpened) else Reply(OTHER)
    await slack.opens_home(cast.ana)
    await slack.until(lambda: slack.workspace.homes)
    home = slack.workspace.homes[cast.ana]
    assert "APX-7" in str(home.body)
    await slack.press_in_view(cast.ana, home, "Done")
    press = await core.got(ButtonPress)
    assert (press.token, press.message, press.place.ref.id) == ("token-done", None, slack.direct(cast.ana))
    assert (await slack.hears(cast.ana)).text == "APX-7 is done"
    await core.got(HomeOpened, 2)
    await slack.until(lambda: slack.workspace.homes[cast.ana] is not home)


async def test_chat_and_home_have_different_keys(slack: SlackServer, cast: Cast, core: Core) -> None:
    await slack.opens_home(cast.ana)
    await slack.types(cast.ana, slack.direct(cast.ana), "mine")
    await core.got(ChatMessage)
    assert len({incoming.key for incoming in core.received}) == 2
