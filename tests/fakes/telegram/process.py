"""The server as a process of its own, for tests that kill the bot.

Every message that Telegram would have shown is one line of JSON in the log, written before the answer.
`/control/*` is for the test: start a person, say something, plan a fault, read the messages.
"""

import argparse
import asyncio
import json
import os
import sys
from typing import cast

from aiohttp import web

from tests.fakes.telegram.faults import Fault, Way
from tests.fakes.telegram.refusals import too_many_requests
from tests.fakes.telegram.server import TelegramServer
from tests.fakes.telegram.world import Message, User


class TelegramProcess(TelegramServer):
    def __init__(self, port: int, log: str | None, *, everyone_has_started: bool) -> None:
        super().__init__(port=port, everyone_has_started=everyone_has_started)
        if log is not None:
            self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            self.state.on_sent.append(self._append)

    def add_routes(self, app: web.Application) -> None:
        app.router.add_post("/control/start", self._start)
        app.router.add_post("/control/say", self._say)
        app.router.add_post("/control/fault", self._fault)
        app.router.add_get("/control/messages", self._messages)

    def _append(self, message: Message) -> None:
        os.write(self._log, (json.dumps(_line(message)) + "\n").encode())

    async def _start(self, request: web.Request) -> web.Response:
        """{"name": …, "id"?: …} → the person, who has pressed Start."""
        asked = await request.json()
        user = self.user(asked["name"])
        if "id" in asked:
            user = self.state.users[asked["id"]] = User(asked["id"], asked["name"])
        self.starts(user, asked.get("payload", ""))
        return web.json_response(user.as_json())

    async def _say(self, request: web.Request) -> web.Response:
        """{"user": …, "text": …, "chat"?: …} → the message."""
        asked = await request.json()
        user = self.state.users[asked["user"]]
        said = self.says(user, asked["text"], self.state.chats[asked.get("chat", user.id)])
        return web.json_response(said.as_json())

    async def _fault(self, request: web.Request) -> web.Response:
        """{"method": …, "way": "reset", "after": true, "times": 1, "seconds"?: …}"""
        asked = await request.json()
        way = Way(asked["way"])
        refusal = too_many_requests(asked["seconds"]) if way is Way.REFUSE else None
        fault = Fault(way, after=bool(asked.get("after")), refusal=refusal, status=asked.get("status", 502))
        self.state.faults.add(asked["method"], fault, chat=asked.get("chat"), times=asked.get("times", 1))
        return web.json_response({})

    async def _messages(self, request: web.Request) -> web.Response:
        return web.json_response([_line(message) for message in self.state.sent])


def _line(message: Message) -> dict[str, object]:
    return {
        "chat": message.chat.id,
        "message_id": message.id,
        "text": message.words,
        "silent": message.silent,
    }


async def serve(port: int, log: str | None, *, everyone_has_started: bool) -> None:
    async with TelegramProcess(port, log, everyone_has_started=everyone_has_started) as server:
        sys.stdout.write(json.dumps({"base_url": server.base_url, "token": server.token}) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(description="A Telegram Bot API on 127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--log", help="file that gets one line of JSON per accepted message")
    parser.add_argument(
        "--everyone-has-started", action="store_true", help="any positive chat id may be written to"
    )
    asked = parser.parse_args()
    try:
        asyncio.run(
            serve(asked.port, cast(str | None, asked.log), everyone_has_started=asked.everyone_has_started)
        )
    except KeyboardInterrupt:
        return
