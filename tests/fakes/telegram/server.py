"""HTTP: /bot<token>/<method>, faults, and the record of every call."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Self

from aiohttp import web

from tests.fakes.telegram import refusals
from tests.fakes.telegram.faults import Fault, Way
from tests.fakes.telegram.message_methods import METHODS
from tests.fakes.telegram.parameters import Parameters, read
from tests.fakes.telegram.people import People
from tests.fakes.telegram.refusals import Refusal
from tests.fakes.telegram.state import BOT_ID, Call, State
from tests.fakes.telegram.webhook import WebhookDelivery
from tests.fakes.telegram.world import Chat, Message, User

TOKEN = f"{BOT_ID}:AAFakeTokenForTheLoopbackServer00000"
LARGEST_REQUEST = 64 * 1024 * 1024


class TelegramServer(People):
    """`async with TelegramServer() as telegram:`; the bot gets `telegram.base_url` and `telegram.token`.

    `now` returns seconds since 1970; `everyone_has_started` lets the bot write to any positive chat id, for
    drains of thousands of rows; `mentions_pass_privacy`: whether a plain @bot reaches it in a group with
    privacy mode on (Telegram's documents do not say).
    """

    def __init__(self, *, now: Callable[[], float] = time.time, privacy: bool = True, port: int = 0,
                 everyone_has_started: bool = False, mentions_pass_privacy: bool = False,
                 first_webhook_wait: float = 1.0) -> None:  # fmt: skip
        super().__init__()
        bot = User(BOT_ID, "Milepost", "milepost_bot", None, is_bot=True)
        self.state = State(now, bot, privacy, mentions_pass_privacy, everyone_has_started)
        self.token = TOKEN
        self.port = port
        self._delivery = WebhookDelivery(self.state, first_webhook_wait)
        self._closing = asyncio.Event()
        self._called = asyncio.Event()
        self.state.updates.on_confirmed = self._called.set
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=LARGEST_REQUEST)
        app.router.add_route("*", "/bot{token}/{method}", self._respond)
        app.router.add_get("/file/bot{token}/f/{file}", self._download)
        self.add_routes(app)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *exception: object) -> None:
        self._closing.set()
        self.state.updates.stop_poller(Refusal(502, "Bad Gateway"))
        await self._delivery.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _download(self, request: web.Request) -> web.Response:
        content = self.state.contents.get(request.match_info["file"])
        if content is None or request.match_info["token"] != self.token:
            return web.Response(status=404)
        return web.Response(body=content)

    def add_routes(self, app: web.Application) -> None:
        """For what else this process serves."""

    @property
    def bot(self) -> User:
        return self.state.bot

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def calls(self) -> list[Call]:
        return self.state.calls

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method.lower() == method.lower()]

    def fail(self, method: str, fault: Fault, *, chat: Chat | None = None, times: int = 1) -> None:
        """The next `times` calls of a method (to a chat) meet this fault."""
        self.state.faults.add(method, fault, chat=chat.id if chat else None, times=times)

    def messages(self, chat: Chat | User) -> list[Message]:
        """What the chat shows now: everybody's messages, edits applied, deleted ones gone."""
        return [message for message in self.state.chats[chat.id].messages.values() if not message.deleted]

    def told(self, chat: Chat | User) -> list[Message]:
        """What the bot says in this chat, as it is shown now; asking accounts for it."""
        found = [message for message in self.messages(chat) if message.sender.id == self.bot.id]
        for message in found:
            message.taken = True
        return found

    def unaccounted(self) -> list[Message]:
        """Messages of the bot that no test has asked for."""
        return [message for message in self.state.sent if not message.taken]

    def assert_nothing_else(self) -> None:
        """Fails on a message that nobody asked for, and on a planned fault that never happened."""
        extra = [
            f"{message.chat.title or message.chat.id}: {message.words}" for message in self.unaccounted()
        ]
        assert not extra, f"unexpected messages: {extra}"
        assert not self.state.faults.left(), f"{self.state.faults.left()} planned faults were never met"

    async def until(self, true: Callable[[], bool], seconds: float = 10) -> None:
        """Waits, without polling, for a call (or a confirmed update) after which `true()` holds."""
        async with asyncio.timeout(seconds):
            while not true():
                self._called.clear()
                await self._called.wait()

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request.match_info["token"])
            parameters = await read(request)
            method = request.match_info["method"]
            return await self._call(request, method, parameters)
        except Refusal as refusal:
            return _json(refusal.as_json(), refusal.code)

    async def _call(self, request: web.Request, name: str, parameters: Parameters) -> web.StreamResponse:
        fault = self.state.faults.next_for(name, parameters.values.get("chat_id"))
        if fault is not None and not fault.after:
            self._record(name, parameters, fault.refusal and fault.refusal.as_json())
            return await self._meet(request, fault)
        try:
            answer = await self._run(name, parameters)
        except Refusal as refusal:
            self._record(name, parameters, refusal.as_json())
            raise
        self._record(name, parameters, answer)
        return await self._meet(request, fault) if fault else _json({"ok": True, "result": answer})

    async def _run(self, name: str, parameters: Parameters) -> object:
        method = METHODS.get(name.lower())
        if method is None:
            raise refusals.NO_SUCH_METHOD
        answer = await method(self.state, parameters)
        if name.lower() == "setwebhook":
            self._delivery.begin()
        return answer

    async def _meet(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.refusal is not None:
            raise fault.refusal
        if fault.way is Way.STATUS:
            return web.Response(
                status=fault.status, text="<html><h1>Bad Gateway</h1></html>", content_type="text/html"
            )
        if fault.way is Way.NOT_JSON:
            return web.Response(text="<html>captive portal</html>", content_type="text/html")
        if fault.way is Way.HANG:
            await self._closing.wait()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _check_token(self, token: str) -> None:
        if ":" not in token:
            raise refusals.NOT_FOUND
        if token != self.token:
            raise refusals.UNAUTHORIZED

    def _record(self, method: str, parameters: Parameters, answer: object) -> None:
        self.state.calls.append(Call(method, parameters.values, answer, self.state.now()))
        self._called.set()


def _json(body: object, status: int = 200) -> web.Response:
    return web.Response(status=status, body=json.dumps(body).encode(), content_type="application/json")
