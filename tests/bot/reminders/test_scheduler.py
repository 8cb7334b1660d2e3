from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from apscheduler.schedulers import base
from apscheduler.triggers import interval

from bot.clock import SystemClock
from bot.reminders.scheduler import Ticking, guarded
from tests.bot.reminders.world import World


async def test_a_job_that_fails_is_logged_and_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    async def broken() -> None:
        raise ArithmeticError("a bad day")

    assert not await guarded("tick", broken)
    assert "tick failed" in caplog.text


async def test_a_job_that_goes_well_is_not_mentioned(caplog: pytest.LogCaptureFixture) -> None:
    async def fine() -> None:
        return

    assert await guarded("tick", fine)
    assert not caplog.records


async def test_stopping_is_not_a_failure() -> None:
    async def stopped() -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await guarded("tick", stopped)


async def test_jobs_run_by_themselves_and_survive_their_own_failures() -> None:
    looked = asyncio.Event()
    failures: list[int] = []

    async def broken() -> None:
        failures.append(1)
        if len(failures) == 3:
            looked.set()
        raise ArithmeticError("a bad day")

    logging.getLogger("bot.reminders.scheduler").disabled = True
    ticking = Ticking()
    ticking.start({"tick": (timedelta(milliseconds=5), broken)})
    await looked.wait()
    await ticking.stop()
    logging.getLogger("bot.reminders.scheduler").disabled = False


async def test_a_slow_job_is_never_run_twice_at_once() -> None:
    running, together, times = 0, 0, 0
    done = asyncio.Event()

    async def slow() -> None:
        nonlocal running, together, times
        running += 1
        together = max(together, running)
        for _ in range(200):
            await asyncio.sleep(0)
        running, times = running - 1, times + 1
        if times == 3:
            done.set()

    ticking = Ticking()
    ticking.start({"tick": (timedelta(milliseconds=1), slow)})
    await done.wait()
    await ticking.stop()
    assert together == 1


async def test_stopping_lets_the_job_that_runs_come_to_its_end() -> None:
    begun, may_end, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        begun.set()
        await may_end.wait()
        ended.set()

    ticking = Ticking()
    ticking.start({"tick": (timedelta(milliseconds=1), slow)})
    await begun.wait()
    stopping = asyncio.create_task(ticking.stop())
    await asyncio.sleep(0)
    may_end.set()
    await stopping
    assert ended.is_set()


async def test_a_ticking_that_never_started_can_be_stopped() -> None:
    await Ticking().stop()


async def test_a_started_engine_sends_what_a_commit_wakes_it_for(world: World) -> None:
    world.engine.start()
    await world.assign(await world.make())
    world.engine.wake()
    await world.slack.until(lambda: bool(world.slack.sent))
    await world.engine.stop()
    assert await world.states() == {"sent": 1}


@pytest.mark.parametrize("hours", [-3, 3])
async def test_setting_the_clock_does_not_stop_the_ticking(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, hours: int
) -> None:
    set_by = timedelta()

    class Wall(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a plain datetime will do
            return SystemClock().now().astimezone(tz) + set_by

    monkeypatch.setattr(base, "datetime", Wall)
    monkeypatch.setattr(interval, "datetime", Wall)
    ticked = asyncio.Event()

    async def tick() -> None:
        ticked.set()

    ticking = Ticking(lambda: Wall.now(UTC), timedelta(milliseconds=5))
    ticking.start({"tick": (timedelta(milliseconds=20), tick)})
    await ticked.wait()
    set_by = timedelta(hours=hours)
    for _ in range(3):
        ticked.clear()
        await asyncio.wait_for(ticked.wait(), 5)
    await ticking.stop()
    assert caplog.text.count("the clock was set by") == 1
