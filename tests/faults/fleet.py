"""The stage of the fault tests: platforms and workers as processes, a database full of messages, a ledger.

Workers are forked from a server that has everything imported, so that a killed one is replaced at once.
"""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from typing import Any

from bot.clock import SystemClock
from bot.domain.milestone import Milestone
from bot.domain.notices import Notice, NoticeKind
from bot.domain.people import Identity, Person, Project, Workspace
from bot.ports import UnitOfWork
from bot.refs import PersonRef
from bot.reminders.address import post
from storage.database import open_store
from tests.faults.worker import Order, work

ROOT = Path(__file__).parents[2]
PEOPLE = 50
"""Of each platform: as many lanes."""

PATIENCE = 45.0
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.faults.worker"])


@dataclass
class Platforms:
    """Loopback servers as processes of their own; what they accepted is in their logs."""

    slack: str
    telegram: str
    telegram_token: str
    logs: tuple[Path, Path]

    def accepted(self) -> Counter[str]:
        """How often each message was accepted, by its key (``ANA-17``)."""
        return Counter(_key(line) for log in self.logs for line in _lines(log))

    def lines(self) -> int:
        return sum(len(_lines(log)) for log in self.logs)

    def order(self, database: str, name: str = "worker") -> Order:
        return Order(database, self.slack, self.telegram, self.telegram_token, name)


@contextmanager
def platforms(folder: Path) -> Iterator[Platforms]:
    logs = folder / "slack.jsonl", folder / "telegram.jsonl"
    users = [part for n in range(PEOPLE) for part in ("--user", f"U{n}=person{n}")]
    slack = _server("tests.fakes.slack_server", "--log", str(logs[0]), *users)
    telegram = _server("tests.fakes.telegram_server", "--log", str(logs[1]), "--everyone-has-started")
    try:
        said = json.loads(_first_line(telegram))
        yield Platforms(_first_line(slack), said["base_url"], said["token"], logs)
    finally:
        for server in (slack, telegram):
            server.kill()
            server.wait()
            assert server.stdout
            server.stdout.close()


@dataclass
class Fleet:
    """Workers on one database."""

    order: Order
    running: list[ForkServerProcess] = field(default_factory=list)

    def start(self, name: str = "worker") -> ForkServerProcess:
        worker = _processes.Process(target=work, args=(replace(self.order, name=name),), daemon=True)
        worker.start()
        self.running.append(worker)
        return worker

    def kill_all(self) -> None:
        for worker in self.running:
            worker.kill()
            worker.join()
            worker.close()
        self.running.clear()


@contextmanager
def fleet(order: Order) -> Iterator[Fleet]:
    workers = Fleet(order)
    try:
        yield workers
    finally:
        workers.kill_all()


def wait_until(holds: Callable[[], bool], patience: float = PATIENCE) -> None:
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.01)


async def fill(database: str, rows: int, kinds: tuple[NoticeKind, ...], names: tuple[str, ...]) -> None:
    """``rows`` messages for the people of each platform in ``names``, each about its own milestone."""
    store = open_store(database, SystemClock())
    now = datetime.now(UTC)
    await store.write(lambda uow: _furnish(uow, names, now))
    for start in range(0, rows, 100):
        numbers = range(start, min(rows, start + 100))
        await store.write(lambda uow, numbers=numbers: _messages(uow, numbers, kinds, names, now))  # type: ignore[misc]
    await store.close()


async def states(database: str) -> dict[str, int]:
    """How many rows the outbox has in each state, empty ones left out."""
    store = open_store(database, SystemClock())
    counts = await store.read(lambda uow: dict(uow.outbox.counts()))
    await store.close()
    return {state: n for state, n in counts.items() if n}


def due_in(days: int) -> Any:
    return (datetime.now(UTC) + timedelta(days=days)).date()


def person(platform: str, number: int) -> Person:
    """Awake since an hour ago, every day of the week."""
    rises = (datetime.now(UTC) - timedelta(hours=1)).time().replace(microsecond=0)
    return Person(f"{platform}{number}", "w", f"Person {number}", week=frozenset(range(7)), morning=rises)


def milestone(number: int, owner_id: str) -> Milestone:
    return Milestone(
        id=f"m{number}", workspace_id="w", project_id="p", project_key="PRJ", number=number,
        title="Roof closed", owner_id=owner_id, due=due_in(100), zone="UTC", created_by=owner_id,
        created_at=datetime.now(UTC) - timedelta(days=1),
    )  # fmt: skip


def _furnish(uow: UnitOfWork, names: tuple[str, ...], now: datetime) -> None:
    uow.workspaces.add(Workspace("w", "Acme"))
    for name in names:
        for number in range(PEOPLE):
            somebody = person(name, number)
            uow.people.add(somebody)
            ref = PersonRef("slack", "T1", f"U{number}") if name == "slack" else _telegram(number)
            uow.people.add_identity(Identity(somebody.id, "w", ref), now)
    uow.projects.add(Project("p", "w", "PRJ", "Project", lead_id=f"{names[0]}0", week=frozenset(range(7))))


def _telegram(number: int) -> PersonRef:
    return PersonRef("telegram", "", str(1000 + number))


def _messages(
    uow: UnitOfWork, numbers: range, kinds: tuple[NoticeKind, ...], names: tuple[str, ...], now: datetime
) -> None:
    for number in numbers:
        kind, name = kinds[number % len(kinds)], names[number // len(kinds) % len(names)]
        about = milestone(number, f"{name}{Random(number).randrange(PEOPLE)}")
        uow.milestones.add(about)
        post(uow, _notice(kind, about, now), now)


def _notice(kind: NoticeKind, about: Milestone, now: datetime) -> Notice:
    return Notice(
        kind=kind, workspace_id="w", occurrence="1", planned_for=now, milestone_id=about.id, project_id="p",
        person_id=about.owner_id, detail={"due": about.due.isoformat(), "by": about.owner_id},
    )  # fmt: skip


def _server(module: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


def _first_line(server: subprocess.Popen[str]) -> str:
    assert server.stdout
    line = server.stdout.readline().strip()
    assert line, "the server did not start"
    return line


def _lines(log: Path) -> list[str]:
    return log.read_text().splitlines() if log.exists() else []


def _key(line: str) -> str:
    text = json.loads(line)["text"]
    return next(word.strip(".,*") for word in text.replace("*", " ").split() if word.startswith("PRJ-"))
