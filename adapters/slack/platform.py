"""Slack behind the adapter protocol."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from slack_bolt.async_app import AsyncApp
from starlette.routing import Route

from adapters.slack import check, files, render
from adapters.slack.answer import Answers, in_words, show_pictures
from adapters.slack.config import SlackSettings
from adapters.slack.desk import Desk, Identity
from adapters.slack.guard import Guard
from adapters.slack.listen import listening
from adapters.slack.people import Directory
from adapters.slack.send import Speaker, Wire
from adapters.slack.socket import Socket
from adapters.slack.text import PLATFORM
from bot.cards import Card
from bot.ports import Capabilities, Finding, Receiver, Sending
from bot.refs import ConversationRef, MessageRef, PersonRef

EVENTS_PATH: Final = "/slack/events"


class SlackAdapter:
    """One installation: one bot token, Socket Mode or signed HTTP."""

    def __init__(self, settings: SlackSettings) -> None:
        self._settings, self._clock = settings, settings.clock
        self._wire = Wire(settings)
        self._speaker = Speaker(self._wire)
        self._directory = Directory(self._wire, settings.clock)
        self._who: Identity | None = None
        self._asking = asyncio.Lock()
        self._desks: list[Desk] = []

    @property
    def name(self) -> str:
        return PLATFORM

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(forms=True, private_replies=True, can_find=True)

    async def run(self, receiver: Receiver) -> None:
        try:
            if self._settings.app_token:
                app = self._app(receiver)
                token = self._settings.app_token
                await Socket(self._wire, token, app.async_dispatch, self._clock).run()
            else:
                await asyncio.Event().wait()
        finally:
            await self.close()

    def routes(self, receiver: Receiver) -> Sequence[Route]:
        """Only with a signing secret: without one nothing could be verified."""
        if not self._settings.signing_secret:
            return ()
        dispatch = self._app(receiver).async_dispatch
        guard = Guard(self._settings.signing_secret, dispatch, self._clock)
        return (Route(EVENTS_PATH, guard),)

    async def send(self, to: ConversationRef, card: Card, how: Sending) -> MessageRef:
        message = await self._speaker.post(to, render.message(card, plain_text=how.plain_text), how)
        await show_pictures(self._speaker, message.conversation, card)
        return message

    async def edit(self, message: MessageRef, card: Card, how: Sending) -> None:
        """A file stays what it is: in an edited message the words of a picture stand for it."""
        await self._speaker.edit(message, render.message(in_words(card), plain_text=how.plain_text))

    async def direct(self, person: PersonRef) -> ConversationRef:
        return ConversationRef(PLATFORM, person.workspace, await self._speaker.direct(person.id))

    async def find(self, to: ConversationRef, oid: str, since: datetime) -> MessageRef | None:
        return await self._speaker.find(to, oid, since)

    async def fetch(self, file_id: str, most: int) -> bytes:
        return await files.content(self._wire, file_id, most, self._settings.api_url)

    def deep_link(self, code: str) -> str:
        return ""

    async def check(self) -> Sequence[Finding]:
        return await check.findings(self._wire, self._settings)

    async def close(self) -> None:
        """Finishes the answers under way, then lets go of the connections; a later call opens new ones."""
        for desk in self._desks:
            await desk.errands.finish()
        await self._wire.close()

    async def identity(self) -> Identity:
        """Asked once.  Raises `DeliveryError`."""
        async with self._asking:
            if self._who is None:
                answer = await self._wire.call("auth.test")
                self._who = Identity(
                    answer["team_id"], answer["user_id"], answer["bot_id"], str(answer.get("url", ""))
                )
        return self._who

    def _app(self, receiver: Receiver) -> AsyncApp:
        answers = Answers(self._wire, self._speaker, self._clock)
        desk = Desk(receiver, self._directory, answers, self.identity, self._clock)
        self._desks.append(desk)
        return listening(desk, self.identity, self._settings)
