"""The import contracts in pyproject.toml are kept by the product, and each of them bites when broken."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, contracts

ADAPTER = ("config", "receive", "render", "send", "errors", "limits")

HOUSE = {
    "bot/__main__.py": "import typer\nimport bot.app",
    "bot/app.py": "import starlette, uvicorn, structlog\nimport storage.database, adapters.web.receive",
    "bot/dispatcher.py": "import bot.commands",
    "bot/handlers/new.py": "import bot.domain.milestone",
    "bot/handlers/done.py": "import bot.views.cards",
    "bot/commands.py": "",
    "bot/reminders/planner.py": "",
    "bot/reminders/tick.py": "",
    "bot/reminders/relay.py": "",
    "bot/reminders/reconcile.py": "",
    "bot/reminders/scheduler.py": "import apscheduler",
    "bot/domain/recurrence.py": "import dateutil",
    "bot/dialogs.py": "",
    "bot/people.py": "",
    "bot/access.py": "",
    "bot/sight.py": "",
    "bot/views/cards.py": "import bot.wording.reader",
    "bot/language/dates/free.py": "import dateparser",
    "bot/pictures/png.py": "import typst",
    "bot/pictures/scannable.py": "import segno",
    "bot/wording/reader.py": "import babel",
    "bot/ports.py": "import bot.domain.milestone",
    "bot/messages.py": "",
    "bot/forms.py": "",
    "bot/plain_text.py": "",
    "bot/verbs.py": "",
    "bot/cards.py": "",
    "bot/domain/milestone.py": "import bot.refs, bot.domain.calendar",
    "bot/domain/calendar.py": "",
    "bot/refs.py": "",
    "bot/errors.py": "",
    "bot/config.py": "import pydantic_settings",
    "bot/clock.py": "",
    "storage/database.py": "import sqlalchemy, alembic\nimport bot.ports",
    **{f"adapters/{name}/{file}.py": "" for name in ("slack", "telegram", "web") for file in ADAPTER},
    "adapters/slack/receive.py": "import slack_bolt, slack_sdk\nimport bot.ports",
    "adapters/telegram/receive.py": "import telegram\nimport bot.messages",
    "adapters/web/receive.py": "import starlette\nimport bot.cards",
}
"""The smallest house that keeps every contract: file and what it imports."""

POINTS_INWARDS = "The rooms of bot point inwards; a new room chooses its place here"

FAULTS = [
    (POINTS_INWARDS, "bot/domain/milestone.py", "import bot.cards"),
    (POINTS_INWARDS, "bot/views/cards.py", "import bot.language.dates.free"),
    (POINTS_INWARDS, "bot/newcomer.py", ""),
    (POINTS_INWARDS, "bot/clock.py", "def late():\n    import bot.config"),
    ("No cycles anywhere", "bot/domain/calendar.py", "import bot.domain.milestone"),
    ("Only bot.app names storage and adapters", "bot/dispatcher.py", "import storage.database"),
    ("Only bot.app names storage and adapters", "bot/__main__.py", "import adapters.web.receive"),
    ("Outsiders see the narrow waist only", "adapters/web/render.py", "import bot.views.cards"),
    ("Outsiders see the narrow waist only", "storage/database.py", "import bot.config"),
    ("Adapters never import the domain themselves", "adapters/web/render.py", "import bot.domain.milestone"),
    ("Adapters and storage are strangers", "adapters/web/send.py", "import storage.database"),
    ("Adapters and storage are strangers", "storage/database.py", "import adapters.web.limits"),
    ("Adapters are strangers to each other", "adapters/web/send.py", "import adapters.slack.limits"),
    ("Handlers are strangers to each other", "bot/handlers/new.py", "import bot.handlers.done"),
    ("The domain knows neither time, settings nor the outside", "bot/domain/milestone.py", "import asyncio"),
    (
        "The domain knows neither time, settings nor the outside",
        "bot/domain/milestone.py",
        "import bot.clock",
    ),
    ("Handlers see the pure half of reminders only", "bot/handlers/new.py", "import bot.reminders.relay"),
    ("dateparser lives in bot.language.dates", "bot/language/phrases.py", "import dateparser"),
    ("dateutil lives in bot.domain.recurrence", "bot/domain/milestone.py", "import dateutil.rrule"),
    ("APScheduler lives in bot.reminders.scheduler", "bot/reminders/tick.py", "import apscheduler.job"),
    ("typst lives in bot.pictures", "bot/views/cards.py", "import typst"),
    ("segno lives in bot.pictures.scannable", "bot/pictures/png.py", "import segno"),
    ("Babel lives in bot.wording", "bot/views/cards.py", "from babel.dates import format_date"),
    (
        "pydantic-settings lives in bot.config",
        "bot/messages.py",
        "from pydantic_settings import BaseSettings",
    ),
    ("typer lives in bot.__main__", "bot/app.py", "import typer"),
    ("structlog lives where logging is configured", "bot/dispatcher.py", "import structlog"),
    (
        "The web server is run by bot.app, its toolkit used by adapters",
        "bot/ports.py",
        "import starlette.routing",
    ),
    ("The databases live in storage", "bot/people.py", "import sqlalchemy"),
    ("Slack's SDK lives in adapters.slack", "adapters/web/send.py", "import slack_sdk.models"),
    ("Telegram's SDK lives in adapters.telegram", "bot/dispatcher.py", "import telegram"),
]
"""A contract, and a line in a file that breaks it."""


def lint(folder: Path) -> str:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    plain = {"NO_COLOR": "1", "COLUMNS": "300", "PATH": os.environ["PATH"]}
    return subprocess.run(command, cwd=folder, env=plain, capture_output=True, text=True, check=False).stdout


def broken(output: str) -> set[str]:
    return set(re.findall(r"^(.+?) BROKEN", output, flags=re.MULTILINE))


@pytest.fixture
def house(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for path, source in HOUSE.items():
        put(tmp_path / path, source)
        for package in Path(path).parents[:-1]:
            (tmp_path / package / "__init__.py").touch()
    return tmp_path


def put(path: Path, source: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{source}\n")


def test_the_product_keeps_every_contract() -> None:
    output = lint(ROOT)
    assert f"Contracts: {len(contracts())} kept, 0 broken" in output, output


def test_a_house_as_planned_keeps_every_contract(house: Path) -> None:
    output = lint(house)
    assert f"Contracts: {len(contracts())} kept, 0 broken" in output, output


@pytest.mark.parametrize(("contract", "path", "line"), FAULTS)
def test_a_planted_fault_breaks_its_contract(house: Path, contract: str, path: str, line: str) -> None:
    put(house / path, line)
    output = lint(house)
    assert contract in broken(output), output


def test_a_missing_room_is_noticed(house: Path) -> None:
    (house / "bot/access.py").unlink()
    assert "module bot.access does not exist" in lint(house)


def test_every_contract_has_a_planted_fault() -> None:
    assert {contract["name"] for contract in contracts()} == {name for name, _, _ in FAULTS}
