"""A `Reply` to what the sender sees: privately where they acted, by modal, on the Home surface."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

from adapters.slack import form, limits, render
from adapters.slack.send import Speaker, Wire
from bot.cards import Card, Picture
from bot.clock import Clock
from bot.errors import Delivery, DeliveryError
from bot.forms import Form
from bot.messages import Audience, Incoming, PlaceKind, Reply
from bot.refs import ConversationRef

LONGEST_WAIT: Final = 30.0  # seconds a person still waits for an answer
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Door:
    """The ways back to whoever acted.

    ``private``: they acted on a message only they see, which may be replaced.  ``left`` counts the uses of
    the response URL.
    """

    trigger: str = ""
    response_url: str = ""
    private: bool = False
    left: int = limits.RESPONSE_URL_USES


class Answers:
    """A lost answer never loses the change: what cannot be said is logged, not raised."""

    def __init__(self, wire: Wire, speaker: Speaker, clock: Clock) -> None:
        self._wire, self._speaker, self._clock = wire, speaker, clock

    async def give(self, reply: Reply, to: Incoming, door: Door) -> None:
        """``reply.body`` is a card here; forms go by `open_form`, which can fail in time to ask otherwise."""
        if not isinstance(reply.body, Card):
            return
        try:
            await self._say(reply.body, reply, to, door)
        except DeliveryError as error:
            await self._or_else(error, reply, to, door)

    async def open_form(self, asked: Form, to: Incoming, door: Door) -> bool:
        """False when Slack would not open it (the trigger lives for three seconds)."""
        place = to.place.ref
        origin = form.Origin(asked.token, place.id, place.thread, door.response_url)
        try:
            view = form.view(asked, origin)
            await self._wire.call("views.open", trigger_id=door.trigger, view=view)
        except DeliveryError as error:
            log.warning("a form could not be opened: %s", error.code)
            return False
        return True

    async def show_home(self, user: str, card: Card) -> None:
        try:
            await self._wire.call("views.publish", user_id=user, view=render.home(card))
        except DeliveryError as error:
            log.warning("the Home surface could not be shown: %s", error.code)

    async def _say(self, card: Card, reply: Reply, to: Incoming, door: Door) -> None:
        place = to.place
        match reply.audience:
            case Audience.DIRECT:
                await self._post(_person(to), card)
            case Audience.CONVERSATION:
                await self._post(place.ref, card)
            case Audience.SENDER if place.kind is PlaceKind.DIRECT and not (reply.edits and door.private):
                await self._post(place.ref, card)
            case Audience.SENDER:
                await self._privately(card, to, door, replace=reply.edits and door.private)

    async def _privately(self, card: Card, to: Incoming, door: Door, *, replace: bool) -> None:
        """By response URL, which works where the bot is no member; else as an ephemeral message."""
        if door.response_url and door.left > 0:
            try:
                await self._respond(card, to.place.ref, door, replace=replace)
            except DeliveryError as error:
                log.info("a response URL was refused: %s", error.code)
            else:
                return
        await self._whisper(card, to)

    async def _respond(self, card: Card, place: ConversationRef, door: Door, *, replace: bool) -> None:
        door.left -= 1
        payload = render.message(in_words(card))
        await self._speaker.respond(door.response_url, payload, replace=replace, thread=place.thread)

    async def _whisper(self, card: Card, to: Incoming) -> None:
        payload = render.message(in_words(card))
        await self._speaker.whisper(to.place.ref, to.sender.ref.id, payload)

    async def _post(self, to: ConversationRef, card: Card) -> None:
        landed = await self._speaker.post(to, render.message(card))
        await show_pictures(self._speaker, landed.conversation, card)

    async def _or_else(self, error: DeliveryError, reply: Reply, to: Incoming, door: Door) -> None:
        """A pause is waited for once; then it is said directly, or that it could not be."""
        if error.kind is Delivery.NOT_SENT and (error.retry_after or LONGEST_WAIT) < LONGEST_WAIT:
            await self._clock.sleep(error.retry_after or 1.0)
            other = reply
        else:
            other = _elsewhere(reply)
        if not isinstance(other.body, Card):
            log.warning("an answer was not delivered: %s", error.code)
            return
        try:
            await self._say(other.body, other, to, door)
        except DeliveryError as again:
            log.warning("an answer was not delivered: %s, then %s", error.code, again.code)


def _elsewhere(reply: Reply) -> Reply:
    """What cannot be said in place goes directly to the sender; what cannot go there is said in place."""
    if reply.audience is Audience.DIRECT:
        return Reply(reply.unreachable)
    return Reply(reply.body, Audience.DIRECT)


def _person(to: Incoming) -> ConversationRef:
    ref = to.sender.ref
    return ConversationRef(ref.platform, ref.workspace, ref.id)


def in_words(card: Card) -> Card:
    """Files cannot be shown to one person alone: there the text version stands."""
    blocks = (Picture(b.subject, b.alt, b.text) if isinstance(b, Picture) else b for b in card.blocks)
    return Card(card.title, tuple(blocks), card.tone)


async def show_pictures(speaker: Speaker, to: ConversationRef, card: Card) -> None:
    """After the message, which says the same in words; a lost picture loses no fact."""
    for number, block in enumerate(b for b in card.blocks if isinstance(b, Picture) and b.png):
        try:
            await speaker.upload(to, f"picture-{number + 1}.png", block.png, block.alt)
        except DeliveryError as error:
            log.warning("a picture was not delivered: %s", error.code)
            text = Card(card.title, (Picture(block.subject, block.alt, block.text),))
            await _follow(speaker, to, text)


async def _follow(speaker: Speaker, to: ConversationRef, card: Card) -> None:
    """What was said before it has arrived: a failure here must not look as if nothing had."""
    try:
        await speaker.post(to, render.message(card))
    except DeliveryError as error:
        raise DeliveryError(Delivery.UNKNOWN, f"{error.code}_after_first_part") from error
