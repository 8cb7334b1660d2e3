from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.app import manifests
from bot.app.doctor import examine
from bot.app.parts import build, registry
from bot.config import Settings, SettingsError
from tests.fakes.clock import FakeClock


async def findings(settings: Settings) -> tuple[int, list[str]]:
    said: list[str] = []
    return await examine(lambda: settings, said.append), said


def of(database_url: str) -> Settings:
    return Settings(_env_file=None, database_url=database_url)


async def test_a_database_in_use_is_well(database_url: str, clock: FakeClock) -> None:
    parts = await build(of(database_url), clock, migrate=False)
    await parts.close()
    _, said = await findings(of(database_url))
    assert any(line == "ok    Database: reachable, schema current" for line in said)
    assert any(line.startswith("ok    Clock") for line in said)
    assert any(line == "ok    Outbox: nothing stuck" for line in said)
    assert not any(line.startswith("FAIL") for line in said)


async def test_messages_nobody_sends_are_noticed_with_a_remedy(database_url: str, clock: FakeClock) -> None:
    """The demo planned its cards long ago by this machine's clock."""
    parts = await build(of(database_url), clock, migrate=False)
    await parts.close()
    code, said = await findings(of(database_url))
    at = next(n for n, line in enumerate(said) if line.startswith("warn  Outbox: messages wait"))
    assert "milepost worker" in said[at + 1]
    assert code == 1


async def test_a_database_without_a_schema_fails_with_a_remedy(empty_database_url: str) -> None:
    settings = of(empty_database_url)
    if settings.sqlite_file:
        settings.sqlite_file.touch()
    code, said = await findings(settings)
    assert code == 2
    assert "      → Run: milepost migrate" in said


async def test_before_the_first_start_nothing_is_wrong(tmp_path: Path) -> None:
    code, said = await findings(of(f"sqlite:///{tmp_path}/none/yet.sqlite3"))
    assert code == 1
    assert "warn  Database: not made yet" in said


async def test_settings_that_contradict_themselves_end_the_examination() -> None:
    said: list[str] = []

    def broken() -> Settings:
        raise SettingsError("Slack is half set up: SLACK_BOT_TOKEN is missing.")

    assert await examine(broken, said.append) == 2
    assert said[0] == "FAIL  Settings: Slack is half set up: SLACK_BOT_TOKEN is missing."
    assert len(said) == 2


async def test_every_warning_and_failure_names_a_remedy(tmp_path: Path) -> None:
    _, said = await findings(of(f"sqlite:///{tmp_path}/yet.sqlite3"))
    for line, after in zip(said, [*said[1:], ""], strict=True):
        assert not line.startswith(("warn", "FAIL")) or after.startswith("      → "), line


@pytest.mark.parametrize("name", ["slack", "telegram"])
def test_what_is_pasted_names_the_verbs(name: str) -> None:
    text = manifests.slack("https://milepost.example") if name == "slack" else manifests.telegram()
    for verb in registry().verbs:
        if verb.menu and name == "telegram":
            assert verb.name in text
    if name == "slack":
        assert json.loads(text)["display_information"]["name"]
