"""A stateful Slack on 127.0.0.1, in process or as a process of its own.

In a test:  async with SlackServer() as slack: ...
Alone:      python -m tests.fakes.slack_server --port 9000 --log accepted.jsonl --channel C1=launch
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.fakes.slack.delivery import HttpDelivery
from tests.fakes.slack.faults import Fault, Hang, RateLimited, Reset, Status
from tests.fakes.slack.people import People
from tests.fakes.slack.state import Message, User
from tests.fakes.slack.wire import Wire

FAULTS: dict[str, Fault] = {
    "hang": Hang(),
    "reset": Reset(),
    "reset-before": Reset("before"),
    "500-after": Status(500, "after"),
    "503": Status(503),
    "429": RateLimited(1),
}


@dataclass
class SlackServer(People):
    port: int = 0

    async def start(self) -> None:
        self.wire = Wire(self, self.sockets)
        self.base = await self.wire.start(self.port)

    async def stop(self) -> None:
        if self.http is not None:
            await self.http.close()
        await self.sockets.close()
        await self.wire.stop()

    @property
    def api(self) -> str:
        """What a client takes as its base URL."""
        return f"{self.base}/api/"

    def deliver_to(self, url: str) -> None:
        """From now on by signed HTTP instead of the socket."""
        self.http = HttpDelivery(self, url)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()


def keep_log(slack: SlackServer, path: Path) -> None:
    """One JSON line per accepted message, on disk before the caller hears of it."""
    file = path.open("a", encoding="utf-8", buffering=1)

    def write(message: Message) -> None:
        file.write(json.dumps({"channel": message.channel, **message.as_json(with_metadata=True)}) + "\n")

    slack.on_accept.append(write)


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="A Slack on loopback.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--log", type=Path)
    parser.add_argument("--channel", action="append", default=[], metavar="ID=NAME")
    parser.add_argument("--user", action="append", default=[], metavar="ID=NAME")
    parser.add_argument("--fault", action="append", default=[], metavar="KIND[*TIMES]", help="|".join(FAULTS))
    parser.add_argument("--one-message-per-second", action="store_true")
    return parser.parse_args()


def _seed(slack: SlackServer, given: argparse.Namespace) -> None:
    slack.one_message_per_second = given.one_message_per_second
    for user_id, _, name in (each.partition("=") for each in given.user):
        slack.workspace.users[user_id] = User(user_id, name or user_id, name or user_id, slack.workspace.team)
    for channel_id, _, name in (each.partition("=") for each in given.channel):
        slack.channel(name or channel_id, *slack.workspace.users, as_id=channel_id)
    for kind, _, times in (each.partition("*") for each in given.fault):
        slack.faults.add("chat.postMessage", FAULTS[kind], times=int(times or 1))


async def _serve(given: argparse.Namespace) -> None:
    slack = SlackServer(port=given.port)
    _seed(slack, given)
    if given.log:
        keep_log(slack, given.log)
    stopped = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    async with slack:
        sys.stdout.write(slack.api + "\n")
        sys.stdout.flush()
        await stopped.wait()


if __name__ == "__main__":
    asyncio.run(_serve(_parsed()))
