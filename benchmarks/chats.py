"""A hundred chats at once, each answer taking its time: our intake beside python-telegram-bot's own loop."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from time import perf_counter
from typing import Any, cast

from telegram import Bot, Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters
from telegram.request import BaseRequest, RequestData

from adapters.telegram.answer import Answers
from adapters.telegram.envelope import Me
from adapters.telegram.intake import Intake
from adapters.telegram.send import Sender
from benchmarks.report import Line, at_least, fact
from benchmarks.rounds import contest
from bot.cards import Card
from bot.clock import SystemClock
from bot.messages import Audience, ChatMessage, Incoming, Reply
from bot.ports import Sending
from bot.refs import ConversationRef, MessageRef

CHATS, EACH = 100, 10
ANSWER_SECONDS = 0.02
_OF_THE_FLOOR = 60
_TOKEN = "123456789:AAE-bench-bench-bench-bench-bench-"
_updates = count(1)


async def chats() -> Sequence[Line]:
    floor, ours = _Floor(), _Ours()
    await floor.start()
    found = await contest({"ptb": floor.run, "ours": ours.run}, rounds=5)
    await floor.stop()
    return (
        fact("python-telegram-bot's default, an answer of 20 ms", found.of("ptb") / 1e-3, "ms"),
        at_least(f"5 {CHATS} chats, times that rate, order kept in each", found.share("ours", "ptb"), 40),
    )


def _raw(chat: int, text: str) -> dict[str, Any]:
    number = next(_updates)
    person = {"id": chat, "is_bot": False, "first_name": "Ana", "language_code": "en"}
    message = {
        "message_id": number, "date": 1_790_000_000, "text": text, "from": person,
        "chat": {"id": chat, "type": "private", "first_name": "Ana"},
    }  # fmt: skip
    return {"update_id": number, "message": message}


class _Floor:
    """``Application`` as its documentation starts it, with one handler."""

    def __init__(self) -> None:
        self._app = Application.builder().token(_TOKEN).request(_NoNetwork()).updater(None).build()
        self._app.add_handler(MessageHandler(filters.TEXT, self._answer))
        self._left, self._done = 0, asyncio.Event()

    async def start(self) -> None:
        await self._app.initialize()
        await self._app.start()

    async def stop(self) -> None:
        await self._app.stop()
        await self._app.shutdown()

    async def run(self) -> float:
        raw = [_raw(number % CHATS + 1, "mine") for number in range(_OF_THE_FLOOR)]
        self._left, self._done = len(raw), asyncio.Event()
        begun = perf_counter()
        for each in raw:
            await self._app.update_queue.put(Update.de_json(each, self._app.bot))
        await self._done.wait()
        return (perf_counter() - begun) / len(raw)

    async def _answer(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await asyncio.sleep(ANSWER_SECONDS)
        self._left -= 1
        if not self._left:
            self._done.set()


class _Ours:
    """Our intake and answers; the core says each message back."""

    def __init__(self) -> None:
        clock = SystemClock()
        self._slow = _SlowSender()
        bot, answers = Bot(_TOKEN, request=_NoNetwork()), Answers(cast(Sender, self._slow), clock)
        self._intake = Intake(bot, Me(1, "milepost_bot"), self, answers, clock)

    async def run(self) -> float:
        raw = [_raw(chat + 1, f"{number}") for number in range(EACH) for chat in range(CHATS)]
        self._slow.shown.clear()
        begun = perf_counter()
        await asyncio.gather(*map(self._intake.take, raw))
        await self._intake.drain()
        seconds = perf_counter() - begun
        assert len(self._slow.shown) == CHATS
        assert all(said == [f"{n}" for n in range(EACH)] for said in self._slow.shown.values())
        return seconds / len(raw)

    async def receive(self, incoming: Incoming) -> Reply | None:
        assert isinstance(incoming, ChatMessage)
        return Reply(Card(incoming.text), Audience.SENDER)


class _SlowSender:
    """Remembers what each chat was shown, in order."""

    def __init__(self) -> None:
        self.shown: defaultdict[str, list[str]] = defaultdict(list)

    async def send(self, to: ConversationRef, card: Card, how: Sending, reply_to: str = "") -> MessageRef:
        await asyncio.sleep(ANSWER_SECONDS)
        self.shown[to.id].append(card.title.text)
        return MessageRef(to, "1")


class _NoNetwork(BaseRequest):
    """Knows only who the bot is."""

    @property
    def read_timeout(self) -> float | None:
        return 1.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: object,
        **more: object,
    ) -> tuple[int, bytes]:
        me = {"id": 1, "is_bot": True, "first_name": "Milepost", "username": "milepost_bot"}
        return 200, json.dumps({"ok": True, "result": me}).encode()
