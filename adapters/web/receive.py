"""What the page sends → `Incoming`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from adapters.web.config import PLATFORM
from adapters.web.errors import Refused
from bot.cards import Mention, RichText
from bot.messages import (
    Attachment,
    BotAdded,
    ButtonPress,
    ChatMessage,
    FormSubmission,
    Place,
    PlaceKind,
    Sender,
    SlashCommand,
)
from bot.ports import BoardPerson, BoardPlace, BoardView, Line
from bot.refs import ConversationRef, MessageRef, PersonRef

DEMO = "demo"
DIRECT = "dm:"
_COMMAND = re.compile(r"/(?P<verb>[\w-]+)(?:@\w+)?(?:\s+|$)(?P<rest>.*)", re.DOTALL)
_OUR_COMMANDS = ("ms", "milestone")
_ADDRESS = re.compile(r"@milepost\b[\s,:]*", re.IGNORECASE)
_AT = re.compile(r"(?<!\w)@(?=\w)")


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at the page: their account, who they are there, and what they may see."""

    ref: PersonRef
    me: BoardPerson
    view: BoardView

    @property
    def sender(self) -> Sender:
        return Sender(self.ref, self.me.name)

    @property
    def direct(self) -> Place:
        return Place(direct_of(self.ref), PlaceKind.DIRECT)

    def place(self, place_id: str) -> Place:
        """A conversation this person may see; empty means the direct one.  Raises `Refused`."""
        if place_id in ("", self.direct.ref.id):
            return self.direct
        found = next((place for place in self.view.places if place.id == place_id), None)
        if found is None:
            raise Refused("no_such_place")
        return self.group(found)

    def group(self, place: BoardPlace) -> Place:
        return Place(ConversationRef(PLATFORM, self.ref.workspace, place.id), PlaceKind.GROUP, place.name)

    @property
    def everywhere(self) -> tuple[Place, ...]:
        return (self.direct, *map(self.group, self.view.places))


@dataclass(frozen=True, slots=True)
class Arrival:
    """What every incoming thing has: the page's key for it, from whom, where, when (aware UTC)."""

    key: str
    visit: Visit
    place: Place
    at: datetime

    @property
    def unique(self) -> str:
        """Prefixed by the account, so that nobody can use up another's keys."""
        return f"{self.visit.ref.id}:{self.key}"


def direct_of(person: PersonRef) -> ConversationRef:
    return ConversationRef(PLATFORM, person.workspace, DIRECT + person.id)


def words(
    arrival: Arrival,
    text: str,
    line_id: str,
    answered: Line | None = None,
    files: tuple[Attachment, ...] = (),
) -> SlashCommand | ChatMessage:
    """``/ms …`` and ``/done …`` are commands; everything else is said to Milepost, whose page this is."""
    found = _COMMAND.fullmatch(text.strip())
    if found is None:
        return _message(arrival, text, line_id, answered, files)
    verb = found["verb"].lower()
    return SlashCommand(
        key=arrival.unique,
        sender=arrival.visit.sender,
        place=arrival.place,
        received_at=arrival.at,
        can_open_form=True,
        text=_spoken(found["rest"], arrival.visit),
        verb="" if verb in _OUR_COMMANDS else verb,
        message=MessageRef(arrival.place.ref, line_id),
        attachments=files,
    )


def press(arrival: Arrival, token: str, line_id: str) -> ButtonPress:
    return ButtonPress(
        key=arrival.unique,
        sender=arrival.visit.sender,
        place=arrival.place,
        received_at=arrival.at,
        can_open_form=True,
        token=token,
        message=MessageRef(arrival.place.ref, line_id) if line_id else None,
    )


def submission(arrival: Arrival, token: str, values: Mapping[str, str]) -> FormSubmission:
    return FormSubmission(
        key=arrival.unique,
        sender=arrival.visit.sender,
        place=arrival.place,
        received_at=arrival.at,
        can_open_form=True,
        token=token,
        values=values,
    )


def started(sender: Sender, code: str, key: str, at: datetime) -> BotAdded:
    """A visitor typed the code from ``/ms link``."""
    place = Place(direct_of(sender.ref), PlaceKind.DIRECT)
    return BotAdded(key=key, sender=sender, place=place, received_at=at, can_open_form=True, payload=code)


def _message(
    arrival: Arrival, text: str, line_id: str, answered: Line | None, files: tuple[Attachment, ...]
) -> ChatMessage:
    return ChatMessage(
        key=arrival.unique,
        sender=arrival.visit.sender,
        place=arrival.place,
        received_at=arrival.at,
        can_open_form=True,
        text=_spoken(_ADDRESS.sub("", text, count=1), arrival.visit),
        message=MessageRef(arrival.place.ref, line_id),
        reply_to=MessageRef(arrival.place.ref, answered.id) if answered else None,
        quoted=_first_line(answered) if answered and not answered.author else "",
        attachments=files,
    )


def _first_line(line: Line) -> str:
    """Of a card of ours: a reminder names its milestone there."""
    return "".join(str(run["text"]) for run in line.payload.get("title", ()))


def _spoken(text: str, visit: Visit) -> RichText:
    """The text with people of the demo as mentions; elsewhere the core knows names better than the page."""
    text = text.strip()
    if not visit.view.demo:
        return RichText(text)
    spans = (_mentioned(text, found.start(), visit) for found in _AT.finditer(text))
    return RichText(text, tuple(span for span in spans if span))


def _mentioned(text: str, start: int, visit: Visit) -> Mention | None:
    """The person whose whole or only first name follows the ``@`` at ``start``; the longest name wins."""
    after = text[start + 1 :].casefold()
    matches = [
        (len(name), person)
        for person in visit.view.people
        for name in _names(person, visit.view.people)
        if after.startswith(name.casefold()) and not after[len(name) : len(name) + 1].isalnum()
    ]
    if not matches:
        return None
    length, person = max(matches, key=lambda match: match[0])
    return Mention(start, start + 1 + length, PersonRef(PLATFORM, visit.ref.workspace, person.id))


def _names(person: BoardPerson, people: tuple[BoardPerson, ...]) -> tuple[str, ...]:
    first = person.name.partition(" ")[0]
    namesakes = [other for other in people if other.name.partition(" ")[0] == first]
    return (person.name, first) if len(namesakes) == 1 else (person.name,)
