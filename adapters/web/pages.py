"""What the page is told about itself: who, where, when, and the lines of a conversation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from adapters.web import render
from adapters.web.dialogue import Outcome
from adapters.web.phrases import PHRASES
from adapters.web.receive import Visit
from adapters.web.render import Json
from adapters.web.transcript import Position, visible_to
from bot.messages import Place, PlaceKind
from bot.ports import BoardPerson, BoardView, Line
from bot.verbs import Verb


def landing(view: BoardView) -> Json:
    """For somebody who has not signed in: nothing of the workspace, not even its name."""
    return {"signed_in": False, "phrases": _phrases(view)}


def state(visit: Visit, place: Place, lines: Iterable[Line], verbs: tuple[Verb, ...]) -> Json:
    seen = tuple(lines)
    view = visit.view
    return {
        "signed_in": True,
        "workspace": view.workspace,
        "demo": view.demo,
        "me": _person(visit.me),
        "people": [_person(person) for person in view.people] if view.demo else [],
        "mentionable": [person.name for person in view.people],
        "places": [{"id": at.id, "name": at.name, "project": at.project} for at in view.places],
        "direct": visit.direct.ref.id,
        "place": {"id": place.ref.id, "name": place.name, "direct": place.kind is PlaceKind.DIRECT},
        "lines": shown_lines(visit, place, seen),
        "at": str(Position().after(seen)),
        "verbs": [_verb(verb) for verb in verbs],
        "phrases": _phrases(view),
        **clock(view),
    }


def clock(view: BoardView) -> Json:
    return {
        "now": view.now.isoformat() if view.now else None,
        "today": view.today.isoformat() if view.today else None,
        "zone": view.zone,
    }


def outcome(visit: Visit, place: Place, done: Outcome) -> Json:
    return {
        "lines": shown_lines(visit, place, done.lines),
        "toast": done.toast,
        "form": render.form_payload(done.form) if done.form else None,
        "errors": dict(done.errors),
        "elsewhere": done.elsewhere,
    }


def shown_lines(visit: Visit, place: Place, lines: Iterable[Line]) -> list[Json]:
    """What this person may see, oldest first."""
    seen = sorted(
        (line for line in lines if visible_to(visit.ref.id, line)), key=lambda line: (line.at, line.id)
    )
    return [_line(visit, place, line) for line in seen]


def _line(visit: Visit, place: Place, line: Line) -> Json:
    where = {"place": place.ref.id, "as": visit.me.id if visit.view.demo else ""}
    return {
        "id": line.id,
        "seq": line.seq,
        "at": line.at.isoformat(),
        "author": line.author,
        "mine": line.author == visit.ref.id,
        "key": line.oid.rpartition(":")[2] if line.author == visit.ref.id else "",
        "private": bool(line.only_for),
        "payload": render.with_pictures(
            line.payload, f"/chat/picture/{line.seq}?{urlencode(where)}", urlencode({"as": where["as"]})
        ),
    }


def _person(person: BoardPerson) -> Json:
    return {"id": person.id, "name": person.name, "role": person.role}


def _verb(verb: Verb) -> Json:
    return {"name": verb.name, "summary": verb.summary, "usage": verb.usage, "examples": list(verb.examples)}


def _phrases(view: BoardView) -> Mapping[str, str]:
    return {**PHRASES, **view.phrases}
