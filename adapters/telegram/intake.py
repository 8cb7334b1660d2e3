"""One update from Telegram to its commit, whichever way it came; the answer follows on its own.

In order within a chat, side by side across chats, and answers apart from arrivals: a chat that Telegram slows
down holds up nobody else.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace

from telegram import Bot, Update
from telegram.error import TelegramError

from adapters.telegram.answer import Answers
from adapters.telegram.envelope import Arrival, Me
from adapters.telegram.lanes import Lanes
from adapters.telegram.membership import Memberships
from adapters.telegram.receive import arrival
from bot.clock import Clock
from bot.errors import MilepostError
from bot.ports import Receiver

Raw = Mapping[str, object]

DRAIN_SECONDS = 4.0
"""For arrivals, then again for answers: with the engine's fourteen seconds a stop stays under thirty."""
_UNREADABLE = (
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    ArithmeticError,
    OSError,
    TelegramError,
    MilepostError,
)
_log = logging.getLogger(__name__)


class Intake:
    def __init__(self, bot: Bot, me: Me, receiver: Receiver, answers: Answers, clock: Clock) -> None:
        self._bot, self._me, self._receiver, self._answers, self._clock = bot, me, receiver, answers, clock
        self._memberships = Memberships(bot)
        self._arriving, self._answering = Lanes(), Lanes()

    async def take(self, raw: Raw) -> bool:
        """True once this update needs no further delivery; False when it could not be saved just now."""
        lane = lane_of(raw)
        return await self._arriving.add(lane, self._take(raw, lane))

    async def drain(self) -> None:
        await self._arriving.drain(DRAIN_SECONDS)
        await self._answering.drain(DRAIN_SECONDS)

    async def _take(self, raw: Raw, lane: str) -> bool:
        try:
            update = Update.de_json(dict(raw), self._bot)
            arrived = arrival(update, self._me, self._clock.now())
        except _UNREADABLE as error:
            kinds = ", ".join(str(kind) for kind in raw if kind != "update_id")
            reason = type(error).__name__
            _log.error("update %s (%s) parked, it cannot be read: %s", raw.get("update_id"), kinds, reason)
            return True
        self._memberships.changed(update)
        if arrived is None:
            self._end_waiting(update, lane)
            return True
        return await self._receive(await self._with_standing(arrived), lane)

    async def _receive(self, arrived: Arrival, lane: str) -> bool:
        try:
            reply = await self._receiver.receive(arrived.incoming)
        except Exception:
            _log.exception("update %s not saved, Telegram keeps it", arrived.incoming.key)
            return False
        self._answering.add(lane, self._answers.show(arrived, reply))
        return True

    async def _with_standing(self, arrived: Arrival) -> Arrival:
        incoming = arrived.incoming
        standing = await self._memberships.standing(incoming.sender, incoming.place, incoming.received_at)
        if standing is incoming.sender.standing:
            return arrived
        return replace(
            arrived, incoming=replace(incoming, sender=replace(incoming.sender, standing=standing))
        )

    def _end_waiting(self, update: Update, lane: str) -> None:
        if update.callback_query:
            self._answering.add(lane, self._answers.end_waiting(update.callback_query.id))


def lane_of(raw: Raw) -> str:
    """The chat an update belongs to, read without trusting its shape."""
    for content in raw.values():
        if isinstance(content, Mapping):
            message = content.get("message", content)
            chat = message.get("chat") if isinstance(message, Mapping) else None
            return str(chat.get("id", "")) if isinstance(chat, Mapping) else ""
    return ""
