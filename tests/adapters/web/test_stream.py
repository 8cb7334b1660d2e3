"""Live updates, read as a browser reads them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import timedelta
from typing import Any

import pytest

from adapters.web.config import WebSettings
from adapters.web.receive import Visit
from adapters.web.render import card_payload, said_payload
from adapters.web.stream import Stream, positions_of
from adapters.web.transcript import Bell, Conversations, Position
from bot.cards import Card, plain
from bot.messages import Place, PlaceKind
from bot.refs import ConversationRef, PersonRef
from tests.adapters.web.fakes import ANA, MemoryBoards, MovingClock
from tests.fakes.clock import FakeClock

SITE = ConversationRef("web", "demo", "site")
BETA = ConversationRef("web", "demo", "beta")
DM_ANA = ConversationRef("web", "demo", "dm:ana")
DM_BORIS = ConversationRef("web", "demo", "dm:boris")
KNOWN = {place: Position() for place in ("site", "beta", "dm:ana", "dm:boris", "dm:chen")}


class Watching:
    """Ana's open page, with the channel in front of her."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.boards = MemoryBoards(MovingClock(clock))
        self.bell = Bell()
        self.conversations = Conversations(self.boards, clock, self.bell)
        self.stream = Stream(WebSettings(self.boards, clock), self.conversations, self.bell)

    async def open(self, known: dict[str, Position] | None = None) -> AsyncGenerator[dict[str, Any]]:
        ref = PersonRef("web", "demo", "ana")
        visit = Visit(ref, ANA, await self.boards.view(ref))
        place = Place(SITE, PlaceKind.GROUP, "riverside-site")
        events = self.stream.events(visit, place, KNOWN if known is None else known)
        async with aclosing(events):
            async for event in events:
                mark, data = event.removesuffix("\n\n").split("\n")
                yield {**json.loads(data.removeprefix("data: ")), "id": mark.removeprefix("id: ")}

    async def tell(self, where: ConversationRef, text: str, **more: str) -> str:
        return (await self.conversations.add(where, card_payload(Card(plain(text))), **more)).id


@pytest.fixture
def watching(clock: FakeClock) -> Watching:
    return Watching(clock)


async def test_the_first_thing_told_is_the_time(watching: Watching) -> None:
    events = watching.open()
    first = await anext(events)
    assert (first["now"], first["zone"], first["lines"]) == ("2026-03-02T09:00:00+00:00", "Europe/Lisbon", [])
    await events.aclose()


async def test_a_new_line_here_is_told_at_once_and_in_full(watching: Watching) -> None:
    events = watching.open()
    await anext(events)
    line = await watching.tell(SITE, "Created")
    told = await anext(events)
    assert [found["id"] for found in told["lines"]] == [line]
    assert told["places"]["site"]["new"] == 1
    await events.aclose()


async def test_elsewhere_only_the_number_of_new_lines_is_told(watching: Watching) -> None:
    events = watching.open()
    await anext(events)
    await watching.tell(BETA, "one")
    await watching.tell(DM_BORIS, "two")
    told = await anext(events)
    assert told["lines"] == []
    assert {place: news["new"] for place, news in told["places"].items()} == {"beta": 1, "dm:boris": 1}
    assert "two" not in json.dumps(told)
    await events.aclose()


async def test_what_is_for_another_person_alone_is_neither_told_nor_counted(watching: Watching) -> None:
    events = watching.open()
    await anext(events)
    await watching.tell(SITE, "for Boris", only_for="boris")
    await watching.tell(SITE, "for all")
    told = await anext(events)
    assert [found["payload"]["title"][0]["text"] for found in told["lines"]] == ["for all"]
    assert told["places"]["site"]["new"] == 1
    await events.aclose()


async def test_a_changed_line_is_told_but_is_not_news(watching: Watching) -> None:
    line = await watching.tell(SITE, "before")
    events = watching.open({**KNOWN, "site": Position(1, 10**13)})
    await anext(events)
    await watching.conversations.edit(SITE, line, card_payload(Card(plain("after"))))
    told = await anext(events)
    assert [found["id"] for found in told["lines"]] == [line]
    assert told["places"]["site"]["new"] == 0
    await events.aclose()


async def test_what_oneself_said_is_not_news(watching: Watching) -> None:
    events = watching.open()
    await anext(events)
    await watching.conversations.add(SITE, said_payload("Ana Costa", "status"), author="ana")
    assert (await anext(events))["places"]["site"]["new"] == 0
    await events.aclose()


async def test_a_place_never_seen_starts_as_read(watching: Watching) -> None:
    await watching.tell(BETA, "long ago")
    events = watching.open({})
    first = await anext(events)
    assert first["places"]["beta"]["new"] == 0
    assert Position.parse(first["places"]["beta"]["at"]) is not None
    await events.aclose()


async def test_after_a_lost_connection_it_goes_on_where_it_was(watching: Watching) -> None:
    events = watching.open()
    await anext(events)
    await watching.tell(SITE, "one")
    mark = (await anext(events))["id"]
    await events.aclose()
    await watching.tell(SITE, "two")
    events = watching.open(positions_of(mark))
    told = await anext(events)
    assert [found["payload"]["title"][0]["text"] for found in told["lines"]] == ["two"]
    await events.aclose()


async def test_what_another_process_wrote_is_told_with_the_next_look(
    watching: Watching, clock: FakeClock
) -> None:
    events = watching.open()
    await anext(events)
    waiting = asyncio.ensure_future(anext(events))
    await asyncio.sleep(0)
    other = Conversations(watching.boards, clock, Bell())
    await other.add(SITE, card_payload(Card(plain("from the worker"))))
    await clock.advance(timedelta(seconds=3))
    assert (await waiting)["places"]["site"]["new"] == 1
    await events.aclose()


async def test_silence_is_broken_now_and_then(watching: Watching, clock: FakeClock) -> None:
    events = watching.open()
    await anext(events)
    waiting = asyncio.ensure_future(anext(events))
    await clock.advance(timedelta(seconds=10))
    assert not waiting.done()
    await clock.advance(timedelta(seconds=10))
    assert (await waiting)["places"] == {}
    await events.aclose()


async def test_a_stopping_server_lets_the_pages_go(watching: Watching) -> None:
    events = watching.open()
    await anext(events)
    watching.bell.close()
    assert [event async for event in events] == []
    assert watching.bell.listeners == 0


async def test_a_page_that_is_closed_is_forgotten(watching: Watching) -> None:
    events = watching.open()
    await anext(events)
    assert watching.bell.listeners == 1
    await events.aclose()
    assert watching.bell.listeners == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "site",
        "site=",
        "site=x",
        "site=1",
        "site=-1.2",
        "site=1.2.3",
        "=" * 3000,
        "site=" + "9" * 40 + ".1",
    ],
)
def test_a_position_nobody_wrote_is_no_position(text: str) -> None:
    assert positions_of(text) == {}


def test_positions_come_back_as_they_were_told() -> None:
    assert positions_of("dm%3Aana=3.1772&site=12.0") == {"dm:ana": Position(3, 1772), "site": Position(12, 0)}
