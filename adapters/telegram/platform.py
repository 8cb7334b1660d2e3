"""Telegram as an `Adapter`: the bot's life from first use to shutdown."""

from __future__ import annotations

import asyncio
import logging
import os
import re
from collections.abc import Sequence
from datetime import datetime
from itertools import chain, repeat

from starlette.routing import Route
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from adapters.telegram.answer import Answers
from adapters.telegram.config import PLATFORM, TelegramSettings
from adapters.telegram.envelope import Me, conversation
from adapters.telegram.errors import row_for
from adapters.telegram.files import content
from adapters.telegram.health import findings
from adapters.telegram.intake import Intake, Raw
from adapters.telegram.limits import CONNECT_SECONDS, CONNECTIONS, DEEP_LINK_CHARACTERS, READ_SECONDS
from adapters.telegram.menu import command_word, menus
from adapters.telegram.poll import WAITS, Poller
from adapters.telegram.receive import ALLOWED_UPDATES
from adapters.telegram.send import Sender
from adapters.telegram.webhook import Webhook
from bot.cards import Card
from bot.ports import Capabilities, Finding, Receiver, Sending
from bot.refs import ConversationRef, MessageRef, PersonRef

_LINKABLE = re.compile(rf"[\w-]{{1,{DEEP_LINK_CHARACTERS}}}", re.ASCII)
_log = logging.getLogger(__name__)


class Telegram:
    """See `bot.ports.Adapter`."""

    name = PLATFORM
    capabilities = Capabilities(forms=False, private_replies=False, can_find=False, deep_links=True)

    def __init__(self, settings: TelegramSettings) -> None:
        _quiet_libraries()
        self._settings = settings
        self._polling, self._calling = _request(1), _request(CONNECTIONS)
        self._bot = Bot(
            settings.token,
            base_url=settings.api_url,
            base_file_url=_file_url(settings.api_url),
            request=self._calling,
            get_updates_request=self._polling,
        )
        self._sender = Sender(self._bot)
        self._learning = asyncio.Lock()
        self._me: Me | None = None
        self._intake: Intake | None = None

    async def run(self, receiver: Receiver) -> None:
        try:
            await self._connected()
            if self._settings.by_webhook:
                await asyncio.Event().wait()
            intake = await self._intake_for(receiver)
            await Poller(self._polling, self._bot.base_url, intake, self._settings.clock).run()
        finally:
            await self.close()

    async def close(self) -> None:
        """Lets answers under way finish, then hangs up; whatever is sent later connects again."""
        if self._intake:
            await self._intake.drain()
        await self._bot.shutdown()
        await asyncio.gather(self._polling.shutdown(), self._calling.shutdown())
        self._me = self._intake = None

    async def send(self, to: ConversationRef, card: Card, how: Sending) -> MessageRef:
        await self._calling.initialize()
        return await self._sender.send(to, card, how)

    async def edit(self, message: MessageRef, card: Card, how: Sending) -> None:
        await self._calling.initialize()
        await self._sender.edit(message, card, how)

    async def direct(self, person: PersonRef) -> ConversationRef:
        """A person's private chat has the person's id."""
        return conversation(int(person.id))

    async def find(self, to: ConversationRef, oid: str, since: datetime) -> MessageRef | None:
        """Telegram cannot be asked (`Capabilities.can_find`)."""
        return None

    async def fetch(self, file_id: str, most: int) -> bytes:
        await self._calling.initialize()
        return await content(self._bot, file_id, most)

    def routes(self, receiver: Receiver) -> Sequence[Route]:
        if not self._settings.by_webhook:
            return ()

        async def take(raw: Raw) -> bool:
            try:
                intake = await self._intake_for(receiver)
            except TelegramError as error:
                _log.warning("Telegram not reached (%s), it will deliver again", row_for(error).code)
                return False
            return await intake.take(raw)

        hook = Webhook(self._settings.secrets, take)
        return (Route(self._settings.webhook_path, hook.respond, methods=["POST"]),)

    def deep_link(self, code: str) -> str:
        """Empty until the bot's name is known, and for a code that no link can carry."""
        username = self._me.username if self._me else self._settings.username
        return f"https://t.me/{username}?start={code}" if username and _LINKABLE.fullmatch(code) else ""

    async def check(self) -> Sequence[Finding]:
        await self._calling.initialize()
        return await findings(self._bot, self._settings)

    async def _intake_for(self, receiver: Receiver) -> Intake:
        """Knows the bot's own name, without which nothing in a group can be told from small talk."""
        me = await self._known()
        if self._intake is None:
            answers = Answers(self._sender, self._settings.clock)
            self._intake = Intake(self._bot, me, receiver, answers, self._settings.clock)
        return self._intake

    async def _known(self) -> Me:
        """Raises `telegram.error.TelegramError`."""
        async with self._learning:
            if self._me is None:
                await self._bot.initialize()
                words = frozenset(map(command_word, self._settings.verbs))
                self._me = Me(self._bot.id, self._bot.username, words)
            return self._me

    async def _connected(self) -> None:
        """Until Telegram answers: a network that is down at the start is no reason to give up."""
        for wait in chain(WAITS, repeat(WAITS[-1])):
            try:
                await self._known()
                await self._choose_delivery()
            except TelegramError as error:
                _log.warning("Telegram not reached (%s), next try in %g s", row_for(error).code, wait)
                await self._settings.clock.sleep(wait)
            else:
                break
        try:
            for scope, commands in menus(self._settings.verbs):
                await self._bot.set_my_commands(commands, scope)
        except TelegramError as error:
            _log.warning("command menu not set: %s", row_for(error).code)

    async def _choose_delivery(self) -> None:
        if self._settings.by_webhook:
            secret = self._settings.secrets[0]
            await self._bot.set_webhook(
                self._settings.webhook_url, secret_token=secret, allowed_updates=ALLOWED_UPDATES
            )
        else:
            await self._bot.delete_webhook()


def _file_url(api_url: str) -> str:
    """Files lie beside the methods: ``…/file/bot<token>/…`` and ``…/bot<token>/…``."""
    return f"{api_url.removesuffix('bot')}file/bot"


def _request(connections: int) -> HTTPXRequest:
    return HTTPXRequest(
        connections, read_timeout=READ_SECONDS, write_timeout=READ_SECONDS, connect_timeout=CONNECT_SECONDS,
        pool_timeout=CONNECT_SECONDS,
    )  # fmt: skip


def _quiet_libraries() -> None:
    """Their INFO and DEBUG lines hold addresses with the token, and whole messages.  The environment variable
    is how the SDK is told to give durations as `timedelta`, as its next major version will."""
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.WARNING)
    os.environ.setdefault("PTB_TIMEDELTA", "true")
