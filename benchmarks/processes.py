"""Milepost and its floors as processes of their own, on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL
from typing import IO

from benchmarks.requests import SECRET

ROOT = Path(__file__).parent.parent
TELEGRAM_TOKEN = "123456789:AAE-bench-bench-bench-bench-bench-"
_PATIENCE = 20.0  # seconds


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def environment(database: str, port: int, api: str, *, telegram: bool = False) -> dict[str, str]:
    """Slack by signed HTTP, Telegram by polling; both at ``api``."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL") if name in os.environ}
    slack = {"SLACK_BOT_TOKEN": "xoxb-bench", "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": f"{api}/api/"}
    other = {"TELEGRAM_BOT_TOKEN": TELEGRAM_TOKEN, "TELEGRAM_API_URL": f"{api}/bot"} if telegram else {}
    ours = {"DATABASE_URL": database, "PORT": str(port), "LOG_LEVEL": "WARNING", "PYTHONPATH": str(ROOT)}
    return {**inherited, **ours, **slack, **other}


@contextmanager
def process(
    *arguments: str,
    env: Mapping[str, str] | None = None,
    folder: Path = ROOT,
    told: IO[bytes] | int = DEVNULL,
) -> Iterator[subprocess.Popen[bytes]]:
    """Python with ``arguments``, stopped in order at the end."""
    command = [sys.executable, *arguments]
    started = subprocess.Popen(command, env=env, cwd=folder, stdout=DEVNULL, stderr=told)
    try:
        yield started
    finally:
        started.send_signal(signal.SIGTERM)
        try:
            started.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


def first_answer(port: int, path: str = "/livez") -> None:
    """Returns when ``path`` is answered with 200 for the first time."""
    asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE) as connection:
                connection.sendall(asked)
                if connection.recv(64).startswith(b"HTTP/1.1 200"):
                    return
        except OSError:
            time.sleep(0.002)
    raise TimeoutError(f"nothing answers on port {port}")


def resident(pid: int) -> float:
    """MiB in memory."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise LookupError(f"no memory of process {pid}")
