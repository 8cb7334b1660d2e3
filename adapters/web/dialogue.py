"""One thing that a person does on the page, from what they sent to what they see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.web import receive, render
from adapters.web.receive import Arrival
from adapters.web.transcript import Conversations
from bot.cards import Card
from bot.forms import Form
from bot.messages import Attachment, Audience, Incoming, PlaceKind, Reply
from bot.ports import Line, Receiver


@dataclass(frozen=True, slots=True)
class Outcome:
    """What changed: ``lines`` where it was done; ``elsewhere``, the place of an answer given in another."""

    lines: tuple[Line, ...] = ()
    toast: str = ""
    form: Form | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A line as the page last saw it."""

    line_id: str = ""
    seq: int = 0


class Dialogue:
    def __init__(self, receiver: Receiver, conversations: Conversations) -> None:
        self._receiver = receiver
        self._conversations = conversations

    async def say(
        self, arrival: Arrival, text: str, reply_to: Seen, files: tuple[Attachment, ...] = ()
    ) -> Outcome:
        """The words are shown first, so they are there even if the answer is long in coming."""
        quoted = await self._shown(arrival, reply_to)
        quoted_id = quoted.id if quoted else ""
        said = await self._conversations.add(
            arrival.place.ref,
            render.said_payload(arrival.visit.me.name, text, quoted_id, [file.name for file in files]),
            author=arrival.visit.ref.id,
            oid=f"said:{arrival.unique}",
        )
        outcome = await self._answered(arrival, receive.words(arrival, text, said.id, quoted, files), None)
        return Outcome((said, *outcome.lines), outcome.toast, outcome.form, outcome.errors, outcome.elsewhere)

    async def press(self, arrival: Arrival, token: str, pressed: Seen) -> Outcome:
        line = await self._shown(arrival, pressed)
        return await self._answered(arrival, receive.press(arrival, token, line.id if line else ""), line)

    async def submit(self, arrival: Arrival, token: str, values: Mapping[str, str]) -> Outcome:
        return await self._answered(arrival, receive.submission(arrival, token, values), None)

    async def _shown(self, arrival: Arrival, seen: Seen) -> Line | None:
        return await self._conversations.shown(
            arrival.place.ref, seen.line_id, seen.seq, arrival.visit.ref.id
        )

    async def _answered(self, arrival: Arrival, incoming: Incoming, pressed: Line | None) -> Outcome:
        reply = await self._receiver.receive(incoming)
        if reply is None:
            return Outcome()
        match reply.body:
            case Form() as form:
                return Outcome(toast=reply.toast, form=form, errors=reply.errors)
            case Card() as card:
                return await self._shown_card(arrival, reply, card, pressed)
            case None:
                return Outcome(toast=reply.toast, errors=reply.errors)

    async def _shown_card(self, arrival: Arrival, reply: Reply, card: Card, pressed: Line | None) -> Outcome:
        payload = render.card_payload(card)
        if reply.edits and pressed is not None and self._is_own(arrival, pressed):
            edited = await self._conversations.edit(arrival.place.ref, pressed.id, payload)
            if edited is not None:
                return Outcome((edited,), reply.toast, errors=reply.errors)
        return await self._new_card(arrival, reply, payload)

    async def _new_card(self, arrival: Arrival, reply: Reply, payload: render.Json) -> Outcome:
        """A direct conversation is private as a whole; elsewhere a line for the sender alone says so."""
        me = arrival.visit.ref.id
        direct = arrival.visit.direct.ref
        to = direct if reply.audience is Audience.DIRECT else arrival.place.ref
        private = reply.audience is Audience.SENDER and to != direct
        oid = f"answer:{arrival.unique}"
        line = await self._conversations.add(to, payload, only_for=me if private else "", oid=oid)
        if to != arrival.place.ref:
            return Outcome((), reply.toast, errors=reply.errors, elsewhere=to.id)
        return Outcome((line,), reply.toast, errors=reply.errors)

    def _is_own(self, arrival: Arrival, line: Line) -> bool:
        """Only a card that nobody else sees is replaced in place."""
        return line.only_for == arrival.visit.ref.id or arrival.place.kind is PlaceKind.DIRECT
