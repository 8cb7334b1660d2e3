"""R3, R5, R6: several workers on one database, orderly stops, and a process frozen past its lease."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from bot.clock import SystemClock
from bot.domain.notices import NoticeKind
from bot.ports import Due, UnitOfWork
from storage.database import open_store
from tests.faults.fleet import due_in, fill, fleet, milestone, platforms, states, wait_until
from tests.faults.worker import IN_FLIGHT, LEASE

KINDS = (NoticeKind.DUE_SOON, NoticeKind.ASSIGNED)
ON_POSTGRESQL = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
"""For what SQLite does not promise: there a frozen writer holds the only lock."""


def drained(database: str, rows: int) -> bool:
    return asyncio.run(states(database)) == {"sent": rows}


def everything_once(database: str, folder: Path, workers: int, rows: int = 300) -> None:
    asyncio.run(fill(database, rows, KINDS, ("slack", "telegram")))
    with platforms(folder) as world, fleet(world.order(database)) as together:
        for number in range(workers):
            together.start(f"worker {number}")
        wait_until(lambda: drained(database, rows))
        accepted = world.accepted()
    assert len(accepted) == rows
    assert set(accepted.values()) == {1}


def test_two_workers_on_one_database_send_everything_once(database_url: str, tmp_path: Path) -> None:
    """On SQLite one process is the promise; two must still do no harm."""
    everything_once(database_url, tmp_path, 2)


@ON_POSTGRESQL
def test_four_workers_on_one_database_send_everything_once(database_url: str, tmp_path: Path) -> None:
    everything_once(database_url, tmp_path, 4)


@pytest.mark.timeout(90)
def test_orderly_stops_leave_nothing_in_doubt(database_url: str, tmp_path: Path) -> None:
    rows, stops = 400, 10
    asyncio.run(fill(database_url, rows, KINDS, ("slack", "telegram")))
    random = Random(5)
    with platforms(tmp_path) as world, fleet(world.order(database_url)) as workers:
        for _ in range(stops):
            enough = world.lines() + random.randint(5, 25)
            worker = workers.start()
            wait_until(lambda enough=enough: world.lines() >= enough)  # type: ignore[misc]
            begun = time.monotonic()
            worker.terminate()
            worker.join(25)
            assert worker.exitcode == 0
            assert time.monotonic() - begun < 10
            assert set(asyncio.run(states(database_url))) <= {"pending", "sent"}
        workers.start()
        wait_until(lambda: drained(database_url, rows))
        accepted = world.accepted()
    assert len(accepted) == rows
    assert set(accepted.values()) == {1}


@ON_POSTGRESQL
@pytest.mark.timeout(90)
def test_a_frozen_worker_loses_nothing_and_repeats_only_what_it_was_writing(
    database_url: str, tmp_path: Path
) -> None:
    """It slept past its lease with messages half sent; the other one has settled them meanwhile.  A request
    that was frozen between its last look and its bytes cannot be called back: at most those come twice."""
    rows, freezes = 900, 3
    asyncio.run(fill(database_url, rows, KINDS, ("slack",)))
    with platforms(tmp_path) as world, fleet(world.order(database_url)) as workers:
        first = workers.start("one")
        assert first.pid
        for freeze in range(freezes):
            enough = world.lines() + 20
            wait_until(lambda enough=enough: world.lines() >= enough)  # type: ignore[misc]
            os.kill(first.pid, signal.SIGSTOP)
            second = workers.start(f"two {freeze}")
            time.sleep(LEASE.total_seconds() + 0.3)  # what it had claimed goes to the other
            os.kill(first.pid, signal.SIGCONT)
            second.terminate()
            second.join(25)
            if world.lines() > rows - 50:  # a quick machine: nothing left to freeze over
                break
        wait_until(lambda: drained(database_url, rows))
        accepted = world.accepted()
    assert len(accepted) == rows
    assert max(accepted.values()) <= 2
    assert sum(accepted.values()) - rows <= freezes * IN_FLIGHT


async def arm_reminders(database: str, count: int) -> None:
    """Milestones that became overdue: each has one step of its ladder due now."""
    store = open_store(database, SystemClock())
    clock = SystemClock()

    def work(uow: UnitOfWork) -> None:
        for number in range(count):
            late = replace(milestone(1000 + number, f"slack{number % 40}"), due=due_in(-9))
            uow.milestones.add(late)
            uow.due.put(Due(clock.now(), "w", f"m:{late.id}"))

    await store.write(work)
    await store.close()


def test_two_planners_plan_each_step_once(database_url: str, tmp_path: Path) -> None:
    rows = 150
    asyncio.run(fill(database_url, 0, KINDS, ("slack",)))
    asyncio.run(arm_reminders(database_url, rows))
    with platforms(tmp_path) as world, fleet(world.order(database_url)) as together:
        for number in range(2):
            together.start(f"worker {number}")
        wait_until(lambda: drained(database_url, rows))
        accepted = world.accepted()
    assert len(accepted) == rows
    assert set(accepted.values()) == {1}
