"""The ticking: the only user of APScheduler, which holds no reminder and may forget everything."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import where

log = logging.getLogger(__name__)

Job = Callable[[], Awaitable[object]]
LAST_JOB = timedelta(seconds=2)


async def guarded(name: str, job: Job) -> bool:
    """Run one job; a failure is logged and never ends the ticking.  True: it went well."""
    try:
        await job()
    except Exception as error:
        log.error("%s failed: %s", name, where(error))
        return False
    return True


class Ticking:
    """Runs each job at its own interval, never twice at once; what was missed is not made up for."""

    def __init__(self) -> None:
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

    async def stop(self, within: timedelta = LAST_JOB) -> None:
        """Start nothing more, and let what runs come to its end."""
        if not self._scheduler.running:
            return
        self._scheduler.remove_all_jobs()
        if self._running:
            await asyncio.wait(self._running, timeout=within.total_seconds())
        self._scheduler.shutdown(wait=False)

    async def _run(self, name: str, job: Job) -> None:
        running = asyncio.ensure_future(guarded(name, job))
        self._running.add(running)
        running.add_done_callback(self._running.discard)
        await asyncio.shield(running)
