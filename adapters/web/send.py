"""The adapter: messages of the relay become lines of a conversation."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from starlette.routing import BaseRoute

from adapters.web.config import PLATFORM, WebSettings
from adapters.web.errors import undelivered
from adapters.web.receive import direct_of
from adapters.web.render import card_payload
from adapters.web.routes import page_routes
from adapters.web.transcript import Bell, Conversations
from bot.cards import Card
from bot.errors import StoreUnavailable
from bot.ports import Capabilities, Finding, Receiver, Sending
from bot.refs import ConversationRef, MessageRef, PersonRef


class WebAdapter:
    """Implements `bot.ports.Adapter`."""

    def __init__(self, settings: WebSettings) -> None:
        self._settings = settings
        self._bell = Bell()
        self._conversations = Conversations(settings.boards, settings.clock, self._bell)

    @property
    def name(self) -> str:
        return PLATFORM

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(
            forms=True,
            private_replies=True,
            can_find=True,
            edits=True,
            deep_links=bool(self._settings.public_url),
            signs_in=True,
        )

    async def run(self, receiver: Receiver) -> None:
        """Requests arrive through `routes`; stopping lets go of the open pages, so the server can stop."""
        try:
            await asyncio.Event().wait()
        finally:
            self._bell.close()

    async def close(self) -> None:
        """Let go of the open pages, so that the server can stop."""
        self._bell.close()

    async def send(self, to: ConversationRef, card: Card, how: Sending) -> MessageRef:
        """A second send with the same ``oid`` shows nothing new: there is no network in which to lose one."""
        if to.platform != PLATFORM:
            raise undelivered("wrong_platform")
        with _stored():
            line = await self._conversations.add(to, card_payload(card), oid=how.oid)
        return MessageRef(to.root, line.id)

    async def edit(self, message: MessageRef, card: Card, how: Sending) -> None:
        if message.conversation.platform != PLATFORM:
            raise undelivered("wrong_platform")
        with _stored():
            edited = await self._conversations.edit(message.conversation, message.id, card_payload(card))
        if edited is None:
            raise undelivered("message_gone")

    async def direct(self, person: PersonRef) -> ConversationRef:
        if person.platform != PLATFORM:
            raise undelivered("wrong_platform")
        return direct_of(person)

    async def find(self, to: ConversationRef, oid: str, since: datetime) -> MessageRef | None:
        """``since`` is not needed: an ``oid`` is written once, whenever that was."""
        line = await self._conversations.find(to, oid)
        return MessageRef(to.root, line.id) if line else None

    async def fetch(self, file_id: str, most: int) -> bytes:
        """What was uploaded here lies here already."""
        with _stored():
            blob = await self._settings.boards.content(file_id)
        if blob is None:
            raise undelivered("file_gone")
        if blob.size > most:
            raise undelivered("file_too_large")
        return blob.content

    def routes(self, receiver: Receiver) -> Sequence[BaseRoute]:
        return page_routes(self._settings, receiver, self._conversations, self._bell)

    def deep_link(self, code: str) -> str:
        """The code stands behind the ``#``: it reaches the page, but no server's log."""
        url = self._settings.public_url.rstrip("/")
        return f"{url}/#code={code}" if url else ""

    async def check(self) -> Sequence[Finding]:
        if self._settings.is_loopback:
            return (Finding("ok", "Web page: answers on this machine"),)
        if self._settings.public_url:
            return (Finding("ok", f"Web page: answers as {self._settings.public_host}"),)
        remedy = "Set PUBLIC_URL to the address people use, for example https://milepost.example.org."
        return (Finding("fail", "Web page: listens to the network but knows no address of its own", remedy),)


@contextmanager
def _stored() -> Iterator[None]:
    """The page lives in the database: while that is away, nothing is shown and it may be tried again."""
    try:
        yield
    except StoreUnavailable as error:
        raise undelivered("store_away") from error
