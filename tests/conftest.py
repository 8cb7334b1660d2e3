"""What every test stands on: no network, no settings from outside, a clock that tests move, both stores."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests import network_guard
from tests.fakes.clock import FakeClock
from tests.fakes.databases import Databases, PostgresDatabases, SqliteDatabases
from tests.fakes.postgres import PostgresServer

network_guard.install()

IN_CI = os.environ.get("CI") == "true"
STORES = ("sqlite", "postgresql")
_TESTS = Path(__file__).parent
_OUTER_SETTINGS = ("SLACK_", "TELEGRAM_", "MILEPOST_", "PUBLIC_URL", "PORT", "DATABASE_URL")
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


# A busy machine is no failure, and CI finds the same examples twice.
hypothesis.settings.register_profile("house", deadline=None, derandomize=IN_CI)
hypothesis.settings.load_profile("house")


def pytest_configure() -> None:
    """What the developer's shell holds (tokens, proxies) must neither be used nor change a result."""
    for name in list(os.environ):
        if name.startswith(_OUTER_SETTINGS) or name.lower().endswith("_proxy"):
            del os.environ[name]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Kills and browsers go one after the other on one worker: side by side they would slow each other."""
    for item in items:
        if _TESTS / "faults" in item.path.parents:
            item.add_marker(pytest.mark.faults)
        for alone in ("faults", "browser"):
            if item.get_closest_marker(alone):
                item.add_marker(pytest.mark.xdist_group(alone))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if "browser" in report.keywords]
    if skipped:
        terminalreporter.section("NOT TESTED: the page in a browser", red=True, bold=True)
        terminalreporter.line(
            f"{len(skipped)} browser tests skipped, no Chromium. Remedy: apt-get install chromium"
        )


@pytest.fixture(autouse=True)
def _nothing_leaves_this_machine() -> Iterator[None]:
    network_guard.refused.clear()
    yield
    assert not network_guard.refused, f"tried to leave this machine: {network_guard.refused}"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The administrative URL of a running PostgreSQL: TEST_DATABASE_URL, or our own for this process."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    with PostgresServer() as server:
        yield server.url()


@pytest.fixture(scope="session", params=STORES)
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Databases]:
    """One maker of databases per store and process; everything that asks for it runs once on each store."""
    if request.param == "sqlite":
        yield SqliteDatabases(tmp_path_factory.mktemp("sqlite"))
        return
    maker = PostgresDatabases(request.getfixturevalue("postgres_url"))
    yield maker
    maker.close()


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """A fresh database at the newest schema: a copy of a template, so it costs milliseconds."""
    with databases.migrated() as url:
        yield url


@pytest.fixture
def empty_database_url(databases: Databases) -> Iterator[str]:
    """A database without a single table: for migrations."""
    with databases.empty() as url:
        yield url


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Debian's browser. Absent: skipped aloud on a developer's machine, a failure in CI."""
    found = next((path for name in _CHROMIUM if (path := shutil.which(name))), None)
    if found is None and IN_CI:
        pytest.fail("CI needs Chromium for the browser tests: apt-get install chromium")
    return found or pytest.skip("no Chromium: apt-get install chromium")
