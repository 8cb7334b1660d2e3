"""``milepost export all`` and ``milepost import``: a file that appears whole, and comes back whole."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.app.carrying import export_all, import_all
from bot.app.parts import build
from bot.config import Settings
from bot.errors import ConfigError
from tests.fakes.clock import FakeClock
from tests.fakes.databases import SqliteDatabases


def of(url: str) -> Settings:
    return Settings(_env_file=None, database_url=url)


async def seeded(url: str) -> Settings:
    """The demo's team."""
    parts = await build(of(url), FakeClock(), migrate=False)
    await parts.close()
    return of(url)


@pytest.mark.parametrize("name", ["all.jsonl", "all.jsonl.gz"])
async def test_a_file_brings_everything_to_another_place(
    sqlite_url: str, sqlite_databases: SqliteDatabases, tmp_path: Path, name: str
) -> None:
    settings, file = await seeded(sqlite_url), tmp_path / name
    lines = export_all(settings, str(file), FakeClock())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with sqlite_databases.empty() as other:
        assert import_all(of(other), str(file)) == lines - 2
        again = tmp_path / "again.jsonl"
        assert export_all(of(other), str(again), FakeClock()) == lines


async def test_to_the_screen_by_default(sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    settings = await seeded(sqlite_url)
    lines = export_all(settings, "-", FakeClock())
    assert len(capsys.readouterr().out.splitlines()) == lines


async def test_no_file_is_written_over(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    file.write_text("mine")
    with pytest.raises(ConfigError, match="is there already"):
        export_all(await seeded(sqlite_url), str(file))
    assert file.read_text() == "mine"


async def test_where_nothing_can_be_written_that_is_one_sentence(sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be written"):
        export_all(await seeded(sqlite_url), str(tmp_path / "no" / "all.jsonl"))


@pytest.mark.parametrize("content", [b"\xff\xfe", b"hello", b""])
def test_what_is_no_export_is_refused_in_one_sentence(
    sqlite_databases: SqliteDatabases, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "odd.jsonl"
    file.write_bytes(content)
    with sqlite_databases.empty() as url, pytest.raises(ConfigError):
        import_all(of(url), str(file))


@pytest.mark.parametrize("name", ["missing.jsonl", "missing.jsonl.gz"])
def test_a_file_that_is_not_there_is_named(
    sqlite_databases: SqliteDatabases, tmp_path: Path, name: str
) -> None:
    with sqlite_databases.empty() as url, pytest.raises(ConfigError, match="cannot be read"):
        import_all(of(url), str(tmp_path / name))
