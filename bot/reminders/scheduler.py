"""The ticking: the only user of APScheduler, which holds no reminder and may forget everything."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import SystemClock, steady
from bot.errors import where

log = logging.getLogger(__name__)

Job = Callable[[], Awaitable[object]]
LAST_JOB = timedelta(seconds=2)
LOOK = timedelta(seconds=1)
JUMP = 5.0  # seconds between the wall clock and the steady one


async def guarded(name: str, job: Job) -> bool:
    """Run one job; a failure is logged and never ends the ticking.  True: it went well."""
    try:
        await job()
    except Exception as error:
        log.error("%s failed: %s", name, where(error))
        return False
    return True


class Ticking:
    """Runs each job at its own interval, never twice at once; what was missed is not made up for.

    APScheduler waits for instants of the wall clock, ``wall``: set back an hour, it would sleep that hour.
    """

    def __init__(self, wall: Callable[[], datetime] | None = None, look: timedelta = LOOK) -> None:
        self._wall, self._look = wall or SystemClock().now, look
        self._watch: asyncio.Task[None] | None = None
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # else a line for every look
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._running: set[asyncio.Future[bool]] = set()

    def start(self, jobs: Mapping[str, tuple[timedelta, Job]]) -> None:
        for name, (every, job) in jobs.items():
            self._scheduler.add_job(
                self._run, "interval", seconds=every.total_seconds(), args=(name, job), id=name
            )
        self._scheduler.start()
        self._watch = asyncio.create_task(self._watching())

    async def stop(self, within: timedelta = LAST_JOB) -> None:
        """Start nothing more, and let what runs come to its end."""
        if not self._scheduler.running:
            return
        if self._watch:
            self._watch.cancel()
        self._scheduler.remove_all_jobs()
        if self._running:
            await asyncio.wait(self._running, timeout=within.total_seconds())
        self._scheduler.shutdown(wait=False)

    async def _run(self, name: str, job: Job) -> None:
        running = asyncio.ensure_future(guarded(name, job))
        self._running.add(running)
        running.add_done_callback(self._running.discard)
        await asyncio.shield(running)

    async def _watching(self) -> None:
        """Whenever somebody sets the clock, everything is due at once, and on from there."""
        apart = self._apart()
        while True:
            await asyncio.sleep(self._look.total_seconds())
            if abs(self._apart() - apart) > JUMP:
                log.warning("the clock was set by %.0f s", self._apart() - apart)
                apart = self._apart()
                for job in self._scheduler.get_jobs():
                    job.modify(next_run_time=self._wall())

    def _apart(self) -> float:
        return self._wall().timestamp() - steady()
