"""Forms are modals whose answers come back; the Home surface shows a card whose buttons work."""

from datetime import timedelta

import pytest

from bot.cards import Actions, Button, Card, Text, plain
from bot.forms import Field, FieldKind, Form, Option
from bot.messages import (
    ButtonPress,
    ChatMessage,
    FormSubmission,
    HomeOpened,
    Incoming,
    Reply,
    SlashCommand,
)
from tests.adapters.slack.conftest import Cast
from tests.adapters.slack.core import Core
from tests.fakes.clock import FakeClock
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
