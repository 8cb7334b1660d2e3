"""The ticking: the only user of APScheduler, which holds no reminder and may forget everything."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)

Job = Callable[[], Awaitable[object]]


async def guarded(name: str, job: Job) -> bool:
    """Run one job; a failure is logged and never ends the ticking.  True: it went well."""
    try:
        await job()
    except Exception:
        log.exception("%s failed", name)
        return False
    return True


class Ticking:
    """Runs each job at its own interval, never twice at once; what was missed is not made up for."""

    def __init__(self) -> None:
        logging.getLogger("apscheduler").setLevel(logging.WARNING)  # else two lines for every second
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    def start(self, jobs: Mapping[str, tuple[timedelta, Job]]) -> None:
        for name, (every, job) in jobs.items():
            self._scheduler.add_job(
                guarded, "interval", seconds=every.total_seconds(), args=(name, job), id=name
            )
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
