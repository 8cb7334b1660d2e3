"""Live updates: what is new for one visitor, as Server-Sent Events, until they leave."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from adapters.web import limits, pages
from adapters.web.config import WebSettings
from adapters.web.receive import Visit, direct_of
from adapters.web.render import Json
from adapters.web.transcript import Bell, Conversations, Position, visible_to
from bot.messages import Place, PlaceKind
from bot.ports import BoardPerson, Line
from bot.refs import PersonRef

Positions = dict[str, Position]


def positions_of(text: str) -> Positions:
    """Read ``site=12.1772&dm%3Aana=3.1773``; what cannot be read is left out."""
    try:
        pairs = parse_qsl(text, max_num_fields=1000)
    except ValueError:
        return {}
    read = ((place, Position.parse(position)) for place, position in pairs)
    return {place: position for place, position in read if position is not None}


@dataclass(frozen=True, slots=True)
class Followed:
    """A place, and through whose eyes it is followed (in the demo, everybody's direct conversation is)."""

    place: Place
    eyes: str


def followed(visit: Visit) -> tuple[Followed, ...]:
    own = tuple(Followed(place, visit.ref.id) for place in visit.everywhere)
    others = visit.view.people if visit.view.demo else ()
    return (own + tuple(_direct(visit, person) for person in others if person.id != visit.me.id))[
        : limits.PLACES_FOLLOWED
    ]


class Stream:
    """The open place is told in full; of other places only how many lines are new."""

    def __init__(self, settings: WebSettings, conversations: Conversations, bell: Bell) -> None:
        self._boards = settings.boards
        self._clock = settings.clock
        self._conversations = conversations
        self._bell = bell

    async def events(self, visit: Visit, open_place: Place, known: Positions) -> AsyncGenerator[str]:
        ear = self._bell.listen()
        positions = dict(known)
        quiet = limits.HEARTBEAT_POLLS
        try:
            while not self._bell.closed:
                ear.clear()
                now = await self._as_of_now(visit)
                if now is None:
                    return
                news = await self._news(now, open_place, positions)
                quiet = 0 if news["places"] else quiet + 1
                if quiet == 0 or quiet > limits.HEARTBEAT_POLLS:
                    quiet = 0
                    yield event({**pages.clock(now.view), **news}, positions)
                await self._wait(ear)
        finally:
            self._bell.leave(ear)

    async def _as_of_now(self, visit: Visit) -> Visit | None:
        """The same visitor with today's rights; None when they have none any more."""
        view = await self._boards.view(visit.ref)
        return Visit(visit.ref, visit.me, view) if view.demo or view.me else None

    async def _news(self, visit: Visit, open_place: Place, positions: Positions) -> Json:
        """Moves ``positions`` on."""
        lines: list[Json] = []
        places: dict[str, Json] = {}
        for watched in followed(visit):
            place_id = watched.place.ref.id
            first = place_id not in positions
            since = positions.get(place_id, Position())
            found = await self._conversations.since(watched.place.ref, since.seq)
            if not found and not first:
                continue
            positions[place_id] = since.after(found)
            count = 0 if first else _count(found, since, watched.eyes)
            places[place_id] = {"new": count, "at": str(positions[place_id])}
            if watched.place.ref == open_place.ref and not first:
                lines = pages.shown_lines(visit, open_place, found)
        return {"lines": lines, "places": places}

    async def _wait(self, ear: asyncio.Event) -> None:
        """Until something happens in this process, or another one may have done something."""
        waits = {
            asyncio.ensure_future(ear.wait()),
            asyncio.ensure_future(self._clock.sleep(limits.POLL_SECONDS)),
        }
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.gather(*waits, return_exceptions=True)


def event(data: Json, positions: Mapping[str, Position]) -> str:
    """A browser that lost the connection sends the id of the last event back, and goes on from there."""
    mark = urlencode({place: str(position) for place, position in positions.items()})
    return f"id: {mark}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _count(lines: Iterable[Line], since: Position, eyes: str) -> int:
    return sum(
        1 for line in lines if since.is_before(line) and line.author != eyes and visible_to(eyes, line)
    )


def _direct(visit: Visit, person: BoardPerson) -> Followed:
    ref = PersonRef(visit.ref.platform, visit.ref.workspace, person.id)
    return Followed(Place(direct_of(ref), PlaceKind.DIRECT), person.id)
