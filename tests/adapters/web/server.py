"""The page with scripted answers, on a loopback port: for browser tests, and to look at while working on it.

python -m tests.adapters.web.server
"""

from __future__ import annotations

import asyncio
import itertools
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette

from adapters.web import WebAdapter, WebSettings, adapter
from bot.cards import Tone
from bot.clock import Clock, SystemClock
from bot.messages import Audience, ButtonPress, ChatMessage, FormSubmission, Incoming, Reply, SlashCommand
from bot.ports import Sending
from bot.refs import ConversationRef
from bot.verbs import Verb
from tests.adapters.web import cards
from tests.adapters.web.fakes import MemoryBoards, MovingClock, ScriptedReceiver

VERBS = (
    Verb(
        "new", "Add a milestone", "TITLE by DATE [@owner] [needs …]", ("new Prototype tested by Friday @ana",)
    ),
    Verb("show", "Show one milestone", "MILESTONE", ("show APX-7",)),
    Verb("status", "How the project stands", "[PROJECT]", ("status",)),
    Verb("mine", "What is mine", "", ("mine",)),
    Verb("move", "Move a date", "MILESTONE to DATE", ("move APX-7 to 20 March",)),
    Verb("done", "It is achieved", "MILESTONE", ("done APX-7",)),
    Verb("help", "What can I type?", "[VERB]", ("help",)),
)
SITE = ConversationRef("web", "demo", "site")
PNG_OF_ONE_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8ffff3f0005fe02fea135ab3b0000000049454e44ae426082"
)


@dataclass
class Stage:
    """The whole set: where it answers, and what stands behind it."""

    url: str
    boards: MemoryBoards
    receiver: ScriptedReceiver
    web: WebAdapter


def answers(incoming: Incoming) -> Reply | None:
    """A small play, enough to see every kind of thing."""
    match incoming:
        case ChatMessage(text=text) | SlashCommand(text=text):
            verb = incoming.verb if isinstance(incoming, SlashCommand) and incoming.verb else text.text
            return _to_words(verb or text.text)
        case ButtonPress(token="t-done"):
            return Reply(cards.achieved(), Audience.SENDER, edits=True, toast="Well kept.")
        case ButtonPress(token="t-move"):
            return Reply(cards.new_form("f-move"))
        case FormSubmission(values=values) if "yesterday" in values.get("title", ""):
            return Reply(errors={"due": "This day is over. Which one did you mean?"})
        case FormSubmission(values=values):
            return Reply(cards.milestone(due=values.get("due", "")), Audience.CONVERSATION)
        case _:
            return Reply(toast="Noted.")


def _to_words(words: str) -> Reply | None:
    match words.split():
        case ["status", *_]:
            return Reply(cards.status(), Audience.CONVERSATION)
        case ["new"]:
            return Reply(cards.new_form())
        case ["new", *_]:
            return Reply(cards.milestone(), Audience.CONVERSATION)
        case ["mine", *_]:
            return Reply(cards.reminder(), Audience.DIRECT)
        case ["show", *_]:
            return Reply(cards.picture(PNG_OF_ONE_PIXEL), Audience.CONVERSATION)
        case _:
            return Reply(cards.unclear(words))


@asynccontextmanager
async def stage(clock: Clock, *, demo: bool = True, port: int = 0) -> AsyncIterator[Stage]:
    moving = MovingClock(clock)
    boards = MemoryBoards(moving, demo=demo)
    receiver = ScriptedReceiver(answers)
    web = adapter(WebSettings(boards, moving, verbs=VERBS))
    boards.on_clock = _reminders(web)
    listener = socket.create_server(("127.0.0.1", port))
    app = Starlette(routes=list(web.routes(receiver)))
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=2)
    )
    running = asyncio.create_task(web.run(receiver))
    serving = asyncio.create_task(server.serve([listener]))
    try:
        yield Stage(f"http://127.0.0.1:{listener.getsockname()[1]}", boards, receiver, web)
    finally:
        running.cancel()
        server.should_exit = True
        await asyncio.gather(running, serving, return_exceptions=True)
        listener.close()


def _reminders(web: WebAdapter) -> Callable[[], Awaitable[None]]:
    count = itertools.count()

    async def send() -> None:
        """Moving the clock makes a reminder due for Boris, and a digest in the channel."""
        at = next(count)
        boris = ConversationRef("web", "demo", "dm:boris")
        await web.send(boris, cards.reminder(), Sending(f"r{at}"))
        await web.send(SITE, cards.status(), Sending(f"d{at}"))

    return send


async def _main() -> None:
    async with stage(SystemClock(), port=8765) as running:
        await running.web.send(SITE, cards.milestone(tone=Tone.NEUTRAL), Sending("first"))
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_main())
