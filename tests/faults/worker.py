"""One sending process, as in production but in a hurry: it is killed, stopped and frozen by the tests."""

from __future__ import annotations

import asyncio
import logging
import signal
from dataclasses import dataclass
from datetime import timedelta
from random import Random

import storage.repositories.claiming as claiming
from adapters.slack.config import SlackSettings
from adapters.slack.platform import SlackAdapter
from adapters.telegram.config import TelegramSettings
from adapters.telegram.platform import Telegram
from bot.clock import SystemClock
from bot.ports import Adapter
from bot.reminders.engine import Engine, Timing
from storage.database import open_store

IN_FLIGHT = 4
LEASE = timedelta(seconds=2)
TIMING = Timing(
    tick=timedelta(seconds=0.2),
    relay=timedelta(seconds=0.05),
    reconcile=timedelta(seconds=0.2),
    trust=timedelta(seconds=1.5),
    settle=timedelta(seconds=2),
)
SLACK_TOKEN = "xoxb-test-token"
TELEGRAM_TOKEN = "987654:" + "A" * 35


@dataclass(frozen=True, slots=True)
class Order:
    """Where a worker finds its database and the platforms; ``seed`` fixes its jitter."""

    database: str
    slack: str = ""
    telegram: str = ""
    telegram_token: str = TELEGRAM_TOKEN
    name: str = "worker"
    seed: int = 7


def work(order: Order) -> None:
    """Send until SIGTERM, then stop in good order."""
    logging.disable(logging.CRITICAL)
    asyncio.run(_work(order))


async def _work(order: Order) -> None:
    claiming.LEASE = LEASE
    store = open_store(order.database, SystemClock())
    engine = Engine(
        store,
        _adapters(order),
        SystemClock(),
        Random(order.seed),
        order.name,
        in_flight=IN_FLIGHT,
        timing=TIMING,
    )
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    engine.start()
    await stopped.wait()
    await engine.stop()
    await store.close()


def _adapters(order: Order) -> dict[str, Adapter]:
    clock, found = SystemClock(), dict[str, Adapter]()
    if order.slack:
        found["slack"] = SlackAdapter(
            SlackSettings(SLACK_TOKEN, clock, app_token="xapp-1", api_url=order.slack)
        )
    if order.telegram:
        found["telegram"] = Telegram(TelegramSettings(order.telegram_token, clock, api_url=order.telegram))
    return found
