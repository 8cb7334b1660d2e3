"""Every figure and its goal, in one run: `python -m benchmarks [section …]`."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import platform
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.acknowledging import acknowledging
from benchmarks.chats import chats
from benchmarks.databases import filled, on_sqlite
from benchmarks.finding import finding
from benchmarks.milestones import SIZES, TYPICAL, adding, lists
from benchmarks.report import HEADING, Line, shown
from benchmarks.rounds import calibration
from benchmarks.routing import routing
from benchmarks.starting import starting
from benchmarks.ticking import ticking
from tests.fakes.postgres import PostgresServer

Section = Callable[[Path], AsyncIterator[Sequence[Line]]]


async def main(wanted: Sequence[str]) -> None:
    begun = perf_counter()
    _say(f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} processors,")
    _say(f"load {os.getloadavg()[0]:.1f}; a fixed piece of arithmetic: {_spin()}\n")
    _say(HEADING)
    lines: list[Line] = []
    for name in wanted or SECTIONS:
        with tempfile.TemporaryDirectory(prefix="milepost-bench-") as folder:
            async for found in SECTIONS[name](Path(folder)):
                _say("\n".join(map(shown, found)))
                lines += found
    goals = [line for line in lines if line.goal is not None]
    _say(
        f"\n{sum(line.is_met for line in goals)} of {len(goals)} goals met in {perf_counter() - begun:.0f} s;"
    )
    _say(f"at the end the same arithmetic: {_spin()}")


async def _routing(folder: Path) -> AsyncIterator[Sequence[Line]]:
    yield await routing()


async def _acknowledging(folder: Path) -> AsyncIterator[Sequence[Line]]:
    yield await acknowledging(folder)


async def _on_sqlite(folder: Path) -> AsyncIterator[Sequence[Line]]:
    databases = {milestones: await on_sqlite(folder, milestones) for milestones in SIZES}
    yield await lists("SQLite", databases, 0.20)
    yield await adding("SQLite", databases[TYPICAL], 0.10)
    yield await ticking("SQLite", databases)


async def _on_postgres(folder: Path) -> AsyncIterator[Sequence[Line]]:
    with PostgresServer(durable=True) as server:
        databases = {n: await filled(server.url(server.create()), n) for n in SIZES}
        yield await lists("PostgreSQL", databases, 0.10)
        yield await adding("PostgreSQL", databases[TYPICAL], 0.06)
        yield await ticking("PostgreSQL", databases)


async def _finding(folder: Path) -> AsyncIterator[Sequence[Line]]:
    yield await finding("SQLite", await on_sqlite(folder, TYPICAL))
    with PostgresServer(durable=True) as server:
        yield await finding("PostgreSQL", await filled(server.url(server.create()), TYPICAL))


async def _chats(folder: Path) -> AsyncIterator[Sequence[Line]]:
    yield await chats()


async def _starting(folder: Path) -> AsyncIterator[Sequence[Line]]:
    yield await starting(folder)


SECTIONS: dict[str, Section] = {
    "routing": _routing,
    "http": _acknowledging,
    "sqlite": _on_sqlite,
    "postgresql": _on_postgres,
    "find": _finding,
    "chats": _chats,
    "start": _starting,
}


def _spin() -> str:
    spread = calibration()
    return f"{spread.median:.0f} ms ({spread.low:.0f} – {spread.high:.0f})"


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    logging.getLogger().setLevel(logging.ERROR)
    unknown = set(sys.argv[1:]) - set(SECTIONS)
    if unknown:
        sys.exit(f"Sections are: {', '.join(SECTIONS)}")
    gc.freeze()  # as the real process does once it is put together
    asyncio.run(main(sys.argv[1:]))
