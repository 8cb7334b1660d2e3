"""From exec to the first answered request, and what an idle process keeps in memory."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter

from benchmarks.databases import on_sqlite
from benchmarks.processes import ROOT, environment, first_answer, free_port, process, resident
from benchmarks.report import Line, at_most, fact
from benchmarks.rounds import Contender, Spread, contest

_ROUNDS = 7
_IDLE_SECONDS = 3.0
_OURS = ("bot", "storage", "adapters", "__main__", "benchmarks")
_IMPORT_ALL = """
import importlib, sys, time
for name in sys.argv[1].split(','):
    try:
        importlib.import_module(name)
    except Exception:
        pass
print('ready', flush=True)
time.sleep(600)
"""


async def starting(folder: Path) -> Sequence[Line]:
    database = (await on_sqlite(folder, 1_001)).url
    api = free_port()
    address = f"http://127.0.0.1:{api}"
    with process("-m", "benchmarks.silent_platform", str(api)):
        first_answer(api)
        runs = {
            "imports": _imports,
            "slack": _start(database, address, folder, telegram=False),
            "both": _start(database, address, folder, telegram=True),
        }
        found = await contest(runs, _ROUNDS)
        memory = [_memory(database, address, folder, telegram=both) for both in (False, True)]
    return (
        fact("import slack_bolt, telegram", found.of("imports") / 1e-3, "ms"),
        at_most("6 first answer with Slack, times that import", found.ratio("slack", "imports"), 2.0),
        at_most(
            "6 first answer with Slack and Telegram, times that import", found.ratio("both", "imports"), 2.8
        ),
        at_most("6 first answer with both", found.of("both") / 1e-3, 1000, "ms"),
        *(line for lines in memory for line in lines),
    )


async def _imports() -> float:
    begun = perf_counter()
    imports = [sys.executable, "-c", "import slack_bolt, telegram"]
    subprocess.run(imports, check=True)  # noqa: ASYNC221  # nothing else runs meanwhile, on purpose
    return perf_counter() - begun


def _start(database: str, api: str, folder: Path, *, telegram: bool) -> Contender:
    async def run() -> float:
        port = free_port()
        env = environment(database, port, api, telegram=telegram)
        begun = perf_counter()
        with process("-m", "bot", "run", env=env, folder=folder):
            first_answer(port)
            return perf_counter() - begun

    return run


def _memory(database: str, api: str, folder: Path, *, telegram: bool) -> Sequence[Line]:
    """The idle process beside one that only imports what it had imported."""
    env = environment(database, free_port(), api, telegram=telegram)
    libraries = _libraries(env, folder)
    figures = [(_idle(env, folder), _imported(libraries)) for _ in range(3)]
    ours, theirs = Spread.of([a for a, _ in figures]), Spread.of([b for _, b in figures])
    share = Spread.of([a / b for a, b in figures])
    what = "Slack and Telegram" if telegram else "Slack"
    return (
        at_most(f"7 idle memory with {what}, times importing the same libraries", share, 1.2),
        fact("  ours", ours, "MiB"),
        fact("  the libraries", theirs, "MiB"),
    )


def _libraries(env: dict[str, str], folder: Path) -> str:
    """Names of every module of others that was imported until the first answer."""
    told = folder / "imports"
    with (
        told.open("wb") as file,
        process("-X", "importtime", "-m", "bot", "run", env=env, folder=folder, told=file),
    ):
        first_answer(int(env["PORT"]))
        time.sleep(_IDLE_SECONDS)
    lines = [
        line.rpartition("|")[2].strip() for line in told.read_text().splitlines() if "import time:" in line
    ]
    return ",".join(name for name in lines if name.split(".")[0] not in _OURS and name != "imported package")


def _idle(env: dict[str, str], folder: Path) -> float:
    with process("-m", "bot", "run", env=env, folder=folder) as started:
        first_answer(int(env["PORT"]))
        time.sleep(_IDLE_SECONDS)
        return resident(started.pid)


def _imported(libraries: str) -> float:
    command = [sys.executable, "-c", _IMPORT_ALL, libraries]
    with ExitStack() as running:
        started = running.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT))
        running.callback(started.kill)
        assert started.stdout is not None
        started.stdout.readline()
        return resident(started.pid)
