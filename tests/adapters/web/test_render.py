"""Cards as the page gets them: whole, and with nothing in them that deceives."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from adapters.web.render import card_payload, form_payload, said_payload
from bot.cards import (
    Actions,
    Button,
    Card,
    Column,
    Fields,
    Link,
    Moment,
    Picture,
    RichText,
    Table,
    Text,
    link,
    plain,
    strong,
)
from bot.domain.timeline import Timeline
from bot.forms import Field, FieldKind, Form, Option
from bot.messages import Audience, Reply
from tests.adapters.web import cards
from tests.adapters.web.conftest import Site, refusal
from tests.adapters.web.server import PNG_OF_ONE_PIXEL

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</textarea><svg onload=alert(1)>",
    "&lt;b&gt; & \" ' ` ${7*7} {{7*7}}",
    "<!channel> <@U1> <https://evil.example|click>",
    "*bold* _it_ `code` ~no~ \\[x](javascript:alert(1))",
    "x" * 10_000,
    "👩‍👩‍👧‍👦 \u0e01\u0e33 ﷽ 日本語 العربية",
]


def payload(card: Card) -> dict[str, Any]:
    """As it comes out of storage and the wire."""
    read: dict[str, Any] = json.loads(json.dumps(card_payload(card)))
    return read


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text_whatever_it_looks_like(text: str) -> None:
    column = Column(text)
    card = Card(
        plain(text),
        (Text(strong(text)), Fields(((text, plain(text)),)), Table((column,), ((plain(text),),), text)),
    )
    read = payload(card)
    body, fields, table = read["blocks"]
    assert read["title"] == [{"text": text}]
    assert body["runs"] == [{"text": text, "as": "strong"}]
    assert fields["items"] == [[text, [{"text": text}]]]
    assert (table["columns"][0]["title"], table["rows"][0][0], table["footer"]) == (
        text,
        [{"text": text}],
        text,
    )


@pytest.mark.parametrize(
    "sign", ["\u202e", "\u2066", "\u200b", "\u200f", "\x00", "\x1b", "\ufeff", "\ud800", "\r"]
)
def test_signs_that_deceive_are_taken_out(sign: str) -> None:
    text = f"Per{sign}mit"
    assert payload(Card(plain(text)))["title"] == [{"text": "Permit"}]
    assert said_payload(text, text)["text"] == "Permit"
    field = Field("f", text, FieldKind.CHOICE, options=(Option(text, "v"),))
    assert form_payload(Form("T", "t", (field,), "OK", "No"))["fields"][0]["options"][0]["label"] == "Permit"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "/chat/state",
        "https://evil.example/ x",
        "https://evil.example\\@good.example",
        "vbscript:x",
        "https://",
        "https://x/" + "y" * 3000,
    ],
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert payload(Card(link("here", url)))["title"] == [{"text": "here"}]
    assert (
        payload(Card(plain("t"), (Actions((Button("go", url=url),)),)))["blocks"][0]["buttons"][0]["url"]
        == ""
    )


@pytest.mark.parametrize(
    "url",
    ["https://example.org/a?b=c#d", "http://example.org", "mailto:ana@example.org", "tg://resolve?domain=x"],
)
def test_web_addresses_do(url: str) -> None:
    assert payload(Card(RichText("here", (Link(0, 4, url),))))["title"] == [
        {"text": "here", "as": "link", "url": url}
    ]


def test_a_moment_carries_its_instant_and_its_words() -> None:
    at = datetime(2026, 3, 13, 9, 0, tzinfo=UTC)
    runs = payload(Card(RichText("Fri 09:00 UTC", (Moment(0, 13, at),))))["title"]
    assert runs == [{"text": "Fri 09:00 UTC", "as": "moment", "at": "2026-03-13T09:00:00+00:00"}]


def test_every_kind_of_block_is_drawn() -> None:
    kinds = {
        block["kind"]
        for card in (cards.milestone(), cards.status(), cards.achieved())
        for block in payload(card)["blocks"]
    }
    assert kinds == {"text", "progress", "actions", "table", "fields", "divider"}


def test_a_picture_that_could_not_be_drawn_is_told_in_words() -> None:
    picture = Picture(Timeline("T", date(2026, 3, 2), ()), "alt", "the same in words")
    (block,) = payload(Card(plain("T"), (picture,)))["blocks"]
    assert (block["png"], block["text"]) == ("", "the same in words")


async def test_a_picture_travels_apart_from_the_conversation(demo: Site) -> None:
    demo.answer(Reply(cards.picture(PNG_OF_ONE_PIXEL), Audience.CONVERSATION))
    await demo.say("show")
    (block,) = (await demo.seen(who="boris"))[-1]["payload"]["blocks"]
    assert (block["png"], block["width"], block["height"]) == ("", 1, 1)
    picture = await demo.get(block["src"])
    assert (picture.content, picture.headers["content-type"]) == (PNG_OF_ONE_PIXEL, "image/png")


async def test_a_private_picture_is_private(demo: Site) -> None:
    demo.answer(Reply(cards.picture(PNG_OF_ONE_PIXEL)))
    await demo.say("show")
    src = (await demo.seen())[-1]["payload"]["blocks"][0]["src"]
    assert (await demo.get(src)).status_code == 200
    assert refusal(await demo.get(src.replace("as=ana", "as=boris"))) == (404, "no_such_picture")


@pytest.mark.parametrize("path", ["1?block=0", "2?block=1", "99?block=0", "2?block=99999999999"])
async def test_where_there_is_no_picture_the_page_says_so(demo: Site, path: str) -> None:
    demo.answer(Reply(cards.picture(PNG_OF_ONE_PIXEL), Audience.CONVERSATION))
    await demo.say("show")
    answer = await demo.get(f"/chat/picture/{path}&as=ana&place=site")
    assert refusal(answer) == (404, "no_such_picture")


@pytest.mark.parametrize("path", ["x", "-1", "1e3", "9" * 30])
async def test_a_picture_address_nobody_made_is_refused(demo: Site, path: str) -> None:
    answer = await demo.get(f"/chat/picture/{path}", **{"as": "ana"}, place="site", block="0")
    assert refusal(answer) == (400, "bad_request")


@pytest.mark.parametrize("text", HOSTILE)
async def test_what_people_type_comes_back_as_they_typed_it(demo: Site, text: str) -> None:
    await demo.say(text)
    assert (await demo.seen(who="boris"))[0]["payload"]["text"] == text


async def test_half_a_character_is_replaced_before_it_reaches_anyone(demo: Site) -> None:
    headers = {"Origin": demo.home, "Content-Type": "application/json"}
    body = b'{"key": "key-surrogate", "as": "ana", "place": "site", "text": "a\\ud800b\\u0000c"}'
    assert (await demo.client.post("/chat/send", content=body, headers=headers)).status_code == 200
    assert demo.receiver.came[0].text.text == "a\ufffdb\ufffdc"  # type: ignore[union-attr]
