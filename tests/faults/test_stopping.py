"""The program as people start and stop it: signals, a taken port, a taken database, a missing one."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from bot.clock import SystemClock
from bot.ports import UnitOfWork
from storage.database import open_store
from storage.migrate import upgrade

PATIENCE = 30.0  # seconds, for a busy machine
STARTED = "Milepost is at "


def milepost(command: str, folder: Path, **settings: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PORT": "0", "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", **settings}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", command],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def started(command: str, folder: Path, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = milepost(command, folder, **settings)
    assert process.stdout
    try:
        first = process.stdout.readline()
        assert first.startswith(STARTED), first + process.stdout.read()
        yield process, first.removeprefix(STARTED).strip()
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE)


def said(command: str, folder: Path, **settings: str) -> tuple[int, str]:
    process = milepost(command, folder, **settings)
    output, _ = process.communicate(timeout=PATIENCE)
    return process.returncode, output


def counts(folder: Path) -> dict[str, int]:
    async def read() -> dict[str, int]:
        store = open_store(f"sqlite:///{folder}/db.sqlite3", SystemClock())

        def work(uow: UnitOfWork) -> dict[str, int]:
            return {state: count for state, count in uow.outbox.counts().items() if count}

        found = await store.read(work)
        await store.close()
        return found

    return asyncio.run(read())


def say(address: str, words: str) -> None:
    body = json.dumps({"text": words, "key": "abcdefgh1"}).encode()
    headers = {"Content-Type": "application/json", "Origin": address}
    with urlopen(Request(f"{address}/chat/send", body, headers), timeout=PATIENCE) as answer:  # noqa: S310
        assert answer.status == 200


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_everything_stops_in_good_order_however_often_it_is_told(
    tmp_path: Path, sign: signal.Signals, times: int
) -> None:
    with started("run", tmp_path) as (process, _):
        for _ in range(times):
            process.send_signal(sign)
        assert process.wait(PATIENCE) == 0
    assert not {"leased", "sending"} & counts(tmp_path).keys()


def test_the_web_process_alone_sends_nothing(tmp_path: Path) -> None:
    upgrade(f"sqlite:///{tmp_path}/db.sqlite3")
    with started("web", tmp_path) as (process, address):
        say(address, "new Roof closed by 2099-05-05 @me")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    assert counts(tmp_path).keys() == {"pending"}


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, output = said("run", tmp_path, PORT=str(taken.getsockname()[1]))
    assert code == 2
    assert output.startswith("Nothing can listen on 127.0.0.1, port ")
    assert output.count("\n") == 1


def test_a_taken_database_is_one_sentence(tmp_path: Path) -> None:
    with started("run", tmp_path):
        code, output = said("run", tmp_path)
    assert code == 2
    assert output.startswith("Another Milepost (process ")
    assert output.count("\n") == 1


@pytest.mark.parametrize("command", ["web", "worker"])
def test_an_unprepared_database_is_named_with_its_remedy(tmp_path: Path, command: str) -> None:
    code, output = said(command, tmp_path)
    assert (code, output) == (
        2,
        "The database is not prepared for this version. Run: milepost migrate\n",
    )


@pytest.mark.parametrize("command", ["run", "worker", "migrate"])
@pytest.mark.parametrize("url", ["postgresql://u:sesame@127.0.0.1:1/x", "sqlite:///broken.sqlite3"])
def test_a_database_that_cannot_be_used_is_one_sentence(tmp_path: Path, command: str, url: str) -> None:
    (tmp_path / "broken.sqlite3").write_bytes(b"no database at all " * 100)
    code, output = said(command, tmp_path, DATABASE_URL=url)
    assert code == 2
    assert output.startswith("The database cannot be used (")
    assert output.count("\n") == 1
    assert "sesame" not in output


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:sesame@127.0.0.1:1/x",
        "sqlite:///broken.sqlite3",
        "sqlite:///no/such/folder/db.sqlite3",
    ],
)
def test_the_doctor_survives_every_database(tmp_path: Path, url: str) -> None:
    (tmp_path / "broken.sqlite3").write_bytes(b"no database at all " * 100)
    code, output = said("doctor", tmp_path, DATABASE_URL=url)
    assert code in (1, 2)
    assert "Database: " in output
    assert "Traceback" not in output
    assert "sesame" not in output
