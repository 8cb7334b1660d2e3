"""Other vendors' JavaScript clients, run as processes against our own servers.

They are installed once, from the public registry, into an untracked `node_modules`.
Without node or npm these tests are skipped with a word about it; under CI they fail instead.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

PEER = Path(__file__).parent / "peer"


def install() -> None:
    """Makes sure that what `peer/package.json` asks for is there."""
    if _complete():
        return
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        _unavailable("node and npm are not installed")
        return
    lock_file = Path(tempfile.gettempdir()) / "milepost-slack-peer.lock"
    with lock_file.open("w") as lock:  # several test processes may want it at once
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _complete():
            _run(npm)


def _run(npm: str) -> None:
    quiet = ["--no-audit", "--no-fund", "--ignore-scripts"]
    command = [npm, "ci", "--prefix", str(PEER), *quiet]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        _unavailable(f"npm ci failed: {done.stderr[-300:]}")


def _complete() -> bool:
    wanted = json.loads((PEER / "package.json").read_text())["dependencies"]
    return all(_version(name) == version for name, version in wanted.items())


def _version(name: str) -> str:
    manifest = PEER / "node_modules" / name / "package.json"
    return str(json.loads(manifest.read_text())["version"]) if manifest.exists() else ""


def _unavailable(why: str) -> None:
    message = f"NOT PROVED against other vendors' clients: {why}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


class Node:
    """One script, talking to us in JSON lines."""

    def __init__(self, script: str, *arguments: str) -> None:
        self._command = ["node", str(PEER / script), *arguments]

    async def __aenter__(self) -> Self:
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(*self._command, stdout=pipe, stderr=pipe)
        return self

    async def says(self, patience: float = 20.0) -> dict[str, Any]:
        stdout = self._process.stdout
        assert stdout is not None
        line = await asyncio.wait_for(stdout.readline(), patience)
        assert line, f"the client ended: {await self._complaint()}"
        said: dict[str, Any] = json.loads(line)
        return said

    async def _complaint(self) -> str:
        stderr = self._process.stderr
        return (await stderr.read()).decode()[-2000:] if stderr is not None else ""

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.returncode is None:
            self._process.kill()
        await self._process.communicate()
