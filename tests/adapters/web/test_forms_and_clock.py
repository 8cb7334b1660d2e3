"""Forms, the clock and the order of lines on the page."""

from __future__ import annotations

import pytest

from bot.messages import FormSubmission, Reply
from bot.ports import Sending
from bot.refs import ConversationRef, MessageRef, PersonRef
from tests.adapters.web import cards
from tests.adapters.web.conftest import Site, refusal

SITE = ConversationRef("web", "demo", "site")
ANA = PersonRef("web", "demo", "ana")


async def test_a_form_is_opened_and_its_answers_arrive_as_text(demo: Site) -> None:
    demo.answer(Reply(cards.new_form()))
    form = (await demo.say("new"))["form"]
    assert [field["kind"] for field in form["fields"]] == ["text", "date", "person", "number", "long_text"]
    values = {"title": "Permit issued", "due": "2026-03-13", "owner": "ana"}
    await demo.post("/chat/form", **{"as": "ana"}, place="site", token=form["token"], values=values)
    came = demo.receiver.came[-1]
    assert isinstance(came, FormSubmission)
    assert (came.token, came.values) == ("f-new", values)


async def test_a_form_with_mistakes_stays_open_with_a_sentence_at_each(demo: Site) -> None:
    demo.answer(Reply(errors={"due": "This day is over."}))
    answer = await demo.post(
        "/chat/form", **{"as": "ana"}, place="site", token="f", values={"due": "2020-01-01"}
    )
    assert answer.json()["errors"] == {"due": "This day is over."}
    assert await demo.seen() == []


async def test_the_clock_moves_forward_and_everybody_is_told(demo: Site) -> None:
    before = (await demo.get("/chat/state")).json()["now"]
    for step in ("hour", "day", "morning"):
        after = (await demo.post("/chat/clock", **{"as": "ana"}, step=step)).json()["now"]
        assert after > before
        before = after


@pytest.mark.parametrize("step", ["", "year", "-hour", None, "Hour"])
async def test_the_clock_knows_three_steps_and_no_other(demo: Site, step: object) -> None:
    answer = await demo.post("/chat/clock", **{"as": "ana"}, step=step)
    assert refusal(answer) in ((400, "clock_refused"), (400, "bad_request"))
    assert demo.boards.clock.ahead.total_seconds() == 0


async def test_the_page_shows_the_newest_lines_and_the_order_they_were_said_in(demo: Site) -> None:
    for number in range(90):
        await demo.say(f"line {number}")
    first = (await demo.seen())[0]
    assert [line["payload"]["text"] for line in await demo.seen()] == [f"line {n}" for n in range(10, 90)]
    await demo.web.edit(MessageRef(SITE, first["id"]), cards.achieved(), Sending("o9"))
    assert (await demo.seen())[0]["id"] == first["id"]


async def test_the_page_speaks_with_the_workspaces_sentences(demo: Site) -> None:
    demo.boards.phrases = {"send": "Absenden", "lang": "de"}
    phrases = (await demo.get("/chat/state")).json()["phrases"]
    assert (phrases["send"], phrases["lang"]) == ("Absenden", "de")
    assert phrases["sign_out"] == "Sign out"
