"""Showing a `Reply` where it belongs.

Inside a group nobody can be answered privately, so an answer there is a short reply to what was said; after a
press it is a pop-up when it is short enough.  Personal answers go by direct message.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from adapters.telegram.envelope import Arrival, conversation
from adapters.telegram.limits import TOAST_CHARACTERS
from adapters.telegram.markup import shown_line
from adapters.telegram.send import Sender
from bot.cards import Card
from bot.clock import Clock
from bot.errors import Delivery, DeliveryError
from bot.messages import Audience, ButtonPress, PlaceKind, Reply, Standing
from bot.plain_text import card_text
from bot.ports import Sending
from bot.refs import ConversationRef

TRIES = 4
LONGEST_WAIT_SECONDS = 60.0
_HOW = Sending(oid="")
_UNREACHABLE = (Delivery.DESTINATION, Delivery.INSTALL)
_log = logging.getLogger(__name__)


class Answers:
    def __init__(self, sender: Sender, clock: Clock) -> None:
        self._sender = sender
        self._clock = clock

    async def show(self, arrival: Arrival, reply: Reply | None) -> None:
        """Never raises: what was done is saved, an answer that cannot be shown is only a log line."""
        try:
            pop_up = _pop_up(arrival, reply)
            if arrival.query:
                await self._toast(arrival.query, pop_up or (reply.toast if reply else ""), alert=bool(pop_up))
            if reply and isinstance(reply.body, Card) and not pop_up and not arrival.mute:
                await self._show_card(arrival, reply, reply.body)
        except DeliveryError as error:
            _log.warning("answer to %s not shown: %s", arrival.incoming.key, error)

    async def end_waiting(self, query: str) -> None:
        """A press that means nothing still must not spin."""
        await self._toast(query, "")

    async def _toast(self, query: str, text: str, *, alert: bool = False) -> None:
        try:
            await self._sender.answer(query, shown_line(text, TOAST_CHARACTERS), alert=alert)
        except DeliveryError as error:
            _log.info("press not acknowledged: %s", error.code)

    async def _show_card(self, arrival: Arrival, reply: Reply, card: Card) -> None:
        if reply.edits and await self._edited(arrival, card):
            return
        if reply.audience is not Audience.DIRECT:
            await self._say(arrival, card, quiet=reply.quiet)
            return
        try:
            await self._direct(arrival, card)
        except DeliveryError as error:
            if error.kind not in _UNREACHABLE:
                raise
            if reply.unreachable:
                await self._say(arrival, reply.unreachable)

    async def _edited(self, arrival: Arrival, card: Card) -> bool:
        """False: the message is gone or not ours, so the card must be said anew."""
        press = arrival.incoming
        message = press.message if isinstance(press, ButtonPress) else None
        if message is None:
            return False
        try:
            await self._patiently(lambda _: self._sender.edit(message, card, _HOW), message.conversation)
        except DeliveryError as error:
            return error.kind is not Delivery.PERMANENT
        return True

    async def _say(self, arrival: Arrival, card: Card, *, quiet: bool = False) -> None:
        place = arrival.incoming.place
        quoted = arrival.reply_to if place.kind is PlaceKind.GROUP else ""
        how = replace(_HOW, silent=quiet)
        await self._patiently(lambda to: self._sender.send(to, card, how, quoted), place.ref)

    async def _direct(self, arrival: Arrival, card: Card) -> None:
        sender = arrival.incoming.sender
        if sender.standing is Standing.ANONYMOUS:
            raise DeliveryError(Delivery.DESTINATION, "anonymous")
        to = conversation(int(sender.ref.id))
        await self._patiently(lambda where: self._sender.send(where, card, _HOW), to)

    async def _patiently(
        self, send: Callable[[ConversationRef], Awaitable[object]], to: ConversationRef
    ) -> None:
        """Again only while Telegram certainly has not shown it."""
        for attempt in range(1, TRIES + 1):
            try:
                await send(to)
            except DeliveryError as error:
                if error.kind is not Delivery.NOT_SENT or attempt == TRIES:
                    raise
                if error.moved_to:
                    to = conversation(int(error.moved_to))
                else:
                    await self._clock.sleep(min(error.retry_after or 2.0**attempt, LONGEST_WAIT_SECONDS))
            else:
                return


def _pop_up(arrival: Arrival, reply: Reply | None) -> str:
    """The private answer to a press in a group, when it is short words without buttons."""
    if not (arrival.query and reply and isinstance(reply.body, Card)) or reply.edits or reply.body.buttons:
        return ""
    in_group = arrival.incoming.place.kind is PlaceKind.GROUP
    text = card_text(reply.body)
    return text if in_group and reply.audience is Audience.SENDER and len(text) <= TOAST_CHARACTERS else ""
