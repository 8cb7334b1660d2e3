"""The real process for minutes, with Slack and Telegram on loopback: `python -m benchmarks.soak [seconds]`.

Messages become due at a steady rate.  What is reported: how late each was accepted, how memory grew, and
whether any was lost or said twice.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import quantiles
from subprocess import Popen
from typing import IO

from benchmarks.processes import ROOT, first_answer, free_port, process, resident
from bot.clock import SystemClock
from bot.domain.notices import Notice, NoticeKind
from bot.domain.people import Identity, Project, Workspace
from bot.ports import UnitOfWork
from bot.refs import PersonRef
from bot.reminders.address import post
from storage.database import open_store
from storage.migrate import upgrade
from tests.faults.fleet import PEOPLE, Platforms, milestone, person, platforms

PER_SECOND = 10
SECONDS = 300
_WARM_UP = timedelta(seconds=10)
_GRACE = 30.0  # seconds after the last message was due
_AFTERWARDS = 3.0  # in which a second copy would show
_LOOK, _BETWEEN_LOOKS_AT_MEMORY = 0.02, 5.0
_KEY = re.compile(r"\bPRJ-\d+")
_NAMES = ("slack", "telegram")


@dataclass
class Ledger:
    """``due`` and ``accepted`` are seconds since 1970, by the number of the message's milestone."""

    due: dict[str, float] = field(default_factory=dict)
    accepted: dict[str, list[float]] = field(default_factory=dict)
    memory: list[float] = field(default_factory=list)

    @property
    def is_settled(self) -> bool:
        return len(self.accepted) >= len(self.due)

    def late(self) -> list[float]:
        """Milliseconds between due and accepted."""
        return [(self.accepted[key][0] - at) * 1000 for key, at in self.due.items() if key in self.accepted]


def main(seconds: int) -> None:
    with tempfile.TemporaryDirectory(prefix="milepost-soak-") as name:
        folder = Path(name)
        database = f"sqlite:///{folder / 'milepost.sqlite3'}"
        upgrade(database)
        with platforms(folder) as servers:
            ledger = Ledger()
            asyncio.run(_fill(database, seconds * PER_SECOND, ledger))
            with _milepost(database, servers, folder) as started:
                _watch(servers, started, ledger)
    _report(ledger, seconds)


async def _fill(database: str, messages: int, ledger: Ledger) -> None:
    store = open_store(database, SystemClock())
    begins = datetime.now(UTC) + _WARM_UP + timedelta(milliseconds=messages)
    await store.write(partial(_people, now=datetime.now(UTC)))
    for start in range(0, messages, 200):
        numbers = range(start, min(messages, start + 200))
        await store.write(partial(_messages, numbers=numbers, begins=begins, ledger=ledger))
    await store.close()


def _people(uow: UnitOfWork, now: datetime) -> None:
    uow.workspaces.add(Workspace("w", "Acme"))
    for name in _NAMES:
        for number in range(PEOPLE):
            uow.people.add(person(name, number))
            account = ("slack", "T1", f"U{number}") if name == "slack" else (name, "", f"{1000 + number}")
            uow.people.add_identity(Identity(f"{name}{number}", "w", PersonRef(*account)), now)
    uow.projects.add(Project("p", "w", "PRJ", "Project", lead_id="slack0", week=frozenset(range(7))))


def _messages(uow: UnitOfWork, numbers: range, begins: datetime, ledger: Ledger) -> None:
    for number in numbers:
        due = begins + timedelta(seconds=number / PER_SECOND)
        about = milestone(number, f"{_NAMES[number % 2]}{number // 2 % PEOPLE}")
        uow.milestones.add(about)
        notice = Notice(
            kind=NoticeKind.ASSIGNED, workspace_id="w", occurrence="1", planned_for=due,
            milestone_id=about.id, project_id="p", person_id=about.owner_id, detail={"by": "slack1"},
        )  # fmt: skip
        post(uow, notice, due)
        ledger.due[about.key] = due.timestamp()


@contextmanager
def _milepost(database: str, servers: Platforms, folder: Path) -> Iterator[Popen[bytes]]:
    port = free_port()
    env = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DATABASE_URL": database, "PORT": str(port),
        "LOG_LEVEL": "ERROR", "SLACK_BOT_TOKEN": "xoxb-test-token", "SLACK_APP_TOKEN": "xapp-test-token",
        "SLACK_API_URL": servers.slack, "TELEGRAM_BOT_TOKEN": servers.telegram_token,
        "TELEGRAM_API_URL": servers.telegram,
    }  # fmt: skip
    with process("-m", "bot", "run", env=env, folder=folder) as started:
        first_answer(port)
        yield started


def _watch(servers: Platforms, started: Popen[bytes], ledger: Ledger) -> None:
    """Read what the platforms accept until everything has arrived, and a little longer, or its time is up."""
    first, last = min(ledger.due.values()), max(ledger.due.values())
    with ExitStack() as files:
        logs = [files.enter_context(_opened(log)) for log in servers.logs]
        while time.time() < last + (_AFTERWARDS if ledger.is_settled else _GRACE):
            for key in (found[0] for log in logs for line in log if (found := _KEY.search(line))):
                ledger.accepted.setdefault(key, []).append(time.time())
            if time.time() - first > len(ledger.memory) * _BETWEEN_LOOKS_AT_MEMORY:
                ledger.memory.append(resident(started.pid))
            time.sleep(_LOOK)


def _opened(log: Path) -> IO[str]:
    log.touch()
    return log.open(encoding="utf-8")


def _report(ledger: Ledger, seconds: int) -> None:
    late = sorted(ledger.late())
    lost = len(ledger.due) - len(late)
    doubled = sum(len(times) - 1 for times in ledger.accepted.values())
    hundredths = quantiles(late, n=100)
    settled = ledger.memory[len(ledger.memory) // 5 :]
    _say(
        f"{len(ledger.due)} messages in {seconds} s, half by Slack, half by Telegram, to {2 * PEOPLE} people"
    )
    _say(
        f"due → accepted: p50 {hundredths[49]:.0f} ms, p99 {hundredths[98]:.0f} ms, longest {late[-1]:.0f} ms"
    )
    _say(f"memory: {ledger.memory[0]:.1f} MiB at first, {settled[0]:.1f} warm, {settled[-1]:.1f} at the end")
    _say(f"lost {lost}, doubled {doubled}")
    sys.exit(1 if lost or doubled else 0)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else SECONDS)
