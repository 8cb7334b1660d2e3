"""A platform in memory: remembers what it accepted, and fails when told to."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any

from bot.cards import Card
from bot.clock import Clock
from bot.errors import Delivery, DeliveryError
from bot.plain_text import card_text
from bot.ports import Capabilities, Finding, Receiver, Sending
from bot.refs import ConversationRef, MessageRef, PersonRef


@dataclass(frozen=True, slots=True)
class Accepted:
    """One message as it now is on the platform."""

    ref: MessageRef
    card: Card
    how: Sending
    at: datetime
    edits: int = 0

    @property
    def first_line(self) -> str:
        return self.card.title.text

    @property
    def text(self) -> str:
        return card_text(self.card)


@dataclass(frozen=True, slots=True)
class Fault:
    """``after``: the message is accepted and the answer is lost."""

    error: BaseException
    after: bool = False


def refused(code: str = "channel_not_found") -> Fault:
    return Fault(DeliveryError(Delivery.DESTINATION, code))


def away() -> Fault:
    return Fault(DeliveryError(Delivery.NOT_SENT, "not_connected"))


def limited(seconds: float) -> Fault:
    return Fault(DeliveryError(Delivery.NOT_SENT, "ratelimited", retry_after=seconds))


def answer_lost() -> Fault:
    return Fault(DeliveryError(Delivery.UNKNOWN, "read_timeout"), after=True)


def request_lost() -> Fault:
    return Fault(DeliveryError(Delivery.UNKNOWN, "read_timeout"))


def never(code: str = "bad_request", *, plain_text_may_pass: bool = False, gone: bool = False) -> Fault:
    error = DeliveryError(Delivery.PERMANENT, code, plain_text_may_pass=plain_text_may_pass, gone=gone)
    return Fault(error)


class FakeAdapter:
    """Implements `Adapter`.  Each request takes the next fault, if there is one."""

    def __init__(self, clock: Clock, name: str = "slack", *, can_find: bool = True) -> None:
        self.name = name
        self.capabilities = Capabilities(forms=False, private_replies=True, can_find=can_find)
        self.faults: deque[Fault | None] = deque()
        self.unreachable: dict[PersonRef, DeliveryError] = {}
        self.find_error: DeliveryError | None = None
        self.holding: asyncio.Event | None = None
        self.messages: dict[MessageRef, Accepted] = {}
        self.contents: dict[str, bytes | DeliveryError] = {}
        self.fetched: list[str] = []
        self.requests = 0
        self.asked = 0
        self.under_way = 0
        self.most_under_way = 0
        self._clock = clock
        self._numbers = count(1)
        self._changed = asyncio.Event()

    @property
    def sent(self) -> list[Accepted]:
        """Every message, in the order it was accepted."""
        return list(self.messages.values())

    def to(self, *people: PersonRef) -> list[Accepted]:
        """What these accounts were told directly."""
        places = [direct_of(person) for person in people]
        return [message for message in self.sent if message.ref.conversation in places]

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until it is so; looked at whenever a request begins or ends."""
        while not holds():
            self._changed.clear()
            await self._changed.wait()

    async def run(self, receiver: Receiver) -> None:
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Nothing is held open."""

    async def send(self, to: ConversationRef, card: Card, how: Sending) -> MessageRef:
        ref = MessageRef(to, str(next(self._numbers)))
        await self._request(lambda: self._accept(Accepted(ref, card, how, self._clock.now())))
        return ref

    async def edit(self, message: MessageRef, card: Card, how: Sending) -> None:
        old = self.messages.get(message)
        if old is None:
            raise DeliveryError(Delivery.PERMANENT, "message_not_found", gone=True)
        await self._request(lambda: self._accept(replace(old, card=card, edits=old.edits + 1)))

    async def direct(self, person: PersonRef) -> ConversationRef:
        if person in self.unreachable:
            raise self.unreachable[person]
        return direct_of(person)

    async def find(self, to: ConversationRef, oid: str, since: datetime) -> MessageRef | None:
        self.asked += 1
        if self.find_error:
            raise self.find_error
        found = (m for m in self.sent if m.ref.conversation == to and m.how.oid == oid and m.at >= since)
        return next((m.ref for m in found), None)

    async def fetch(self, file_id: str, most: int) -> bytes:
        """``contents`` by id; what is not there is gone."""
        self.fetched.append(file_id)
        content = self.contents.get(file_id, DeliveryError(Delivery.PERMANENT, "file_gone"))
        if isinstance(content, DeliveryError):
            raise content
        if len(content) > most:
            raise DeliveryError(Delivery.PERMANENT, "file_too_large")
        return content

    def routes(self, receiver: Receiver) -> Sequence[Any]:
        return ()

    def deep_link(self, code: str) -> str:
        return ""

    async def check(self) -> Sequence[Finding]:
        return ()

    async def _request(self, accept: Callable[[], None]) -> None:
        self.requests += 1
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        self._changed.set()
        try:
            await self._answer(accept)
        finally:
            self.under_way -= 1
            self._changed.set()

    async def _answer(self, accept: Callable[[], None]) -> None:
        fault = self.faults.popleft() if self.faults else None
        if self.holding:
            await self.holding.wait()
        await asyncio.sleep(0)
        if fault and not fault.after:
            raise fault.error
        accept()
        if fault:
            raise fault.error

    def _accept(self, message: Accepted) -> None:
        self.messages[message.ref] = message


def direct_of(person: PersonRef) -> ConversationRef:
    """Every account has one direct conversation."""
    return ConversationRef(person.platform, person.workspace, f"D-{person.id}")
