"""How soon a command is acknowledged over HTTP, by the real process."""

from __future__ import annotations

import socket
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from benchmarks.databases import on_sqlite
from benchmarks.processes import environment, first_answer, free_port, process
from benchmarks.report import Line, at_most, fact
from benchmarks.requests import command
from benchmarks.rounds import Contender, Spread, contest

_TIMES = 200
_PAUSE = 0.004
"""Seconds between two commands, for both: by then the answer to the one before is out."""


async def acknowledging(folder: Path) -> Sequence[Line]:
    database = await on_sqlite(folder, 1_000)
    with ExitStack() as running:
        api, floor, ours = free_port(), free_port(), free_port()
        running.enter_context(process("-m", "benchmarks.silent_platform", str(api)))
        running.enter_context(process("-m", "benchmarks.bolt_server", str(floor)))
        env = environment(database.url, ours, f"http://127.0.0.1:{api}")
        running.enter_context(process("-m", "bot", "run", env=env, folder=folder))
        for port in (api, floor, ours):
            first_answer(port)
        late: list[float] = []
        found = await contest({"bolt": _contender(floor, api, []), "ours": _contender(ours, api, late)})
    return (
        fact("Bolt's no-op over HTTP, p50", found.of("bolt") / 1e-6, "µs"),
        at_most("2 acknowledged over HTTP, p50, times Bolt's no-op", found.ratio("ours", "bolt"), 1.5),
        fact("  ours, p50", found.of("ours") / 1e-6, "µs"),
        fact("  ours, p99", Spread.of(late) / 1e-6, "µs"),
    )


def _contender(port: int, api: int, late: list[float]) -> Contender:
    async def run() -> float:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            took = [_once(connection, _request(api)) for _ in range(_TIMES)]
        late.append(quantiles(took, n=100)[98])
        return median(took)

    return run


def _request(api: int) -> bytes:
    asked = command("help", response_url=f"http://127.0.0.1:{api}/answers")
    lines = ["POST /slack/events HTTP/1.1", "host: 127.0.0.1", f"content-length: {len(asked.body)}"]
    lines += [f"{name}: {value}" for name, value in asked.headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n" + asked.body).encode()


def _once(connection: socket.socket, request: bytes) -> float:
    time.sleep(_PAUSE)
    begun = perf_counter()
    connection.sendall(request)
    answer = connection.recv(4096)
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(4096)
    took = perf_counter() - begun
    assert answer.startswith(b"HTTP/1.1 200"), answer[:100]
    return took
