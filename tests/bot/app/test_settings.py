from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.config import Settings, SettingsError, load

ROOT = Path(__file__).parents[3]
SLACK = {"slack_bot_token": "xoxb-1-2-3", "slack_app_token": "xapp-1"}


def settings(**given: object) -> Settings:
    return load(_env_file=None, **given)


def test_nothing_is_needed() -> None:
    plain = settings()
    assert plain.is_demo
    assert plain.sqlite_file == Path("milepost.sqlite3")


@pytest.mark.parametrize(
    ("given", "is_demo"),
    [({}, True), ({"host": "0.0.0.0"}, False), (SLACK, False), ({"telegram_bot_token": "1:x"}, False)],
)
def test_the_demo_needs_this_machine_and_no_platform(given: dict[str, str], is_demo: bool) -> None:
    assert settings(**given).is_demo is is_demo


@pytest.mark.parametrize(
    "url", ["postgres://u:p@h/d", "postgresql://u:p@h/d", "postgresql+psycopg://u:p@h/d"]
)
def test_hosting_companies_spellings_of_postgresql_are_understood(url: str) -> None:
    found = settings(database_url=url)
    assert found.database_url == "postgresql+psycopg://u:p@h/d"
    assert not found.is_sqlite
    assert found.sqlite_file is None


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"slack_app_token": "xapp-1"}, "SLACK_BOT_TOKEN"),
        ({"slack_signing_secret": "s"}, "SLACK_BOT_TOKEN"),
        ({"telegram_webhook_secret": "s" * 40}, "TELEGRAM_BOT_TOKEN"),
        ({"database_url": "mysql://h/d"}, "DATABASE_URL"),
        ({"port": "eighty"}, "PORT"),
        ({"port": "70000"}, "PORT"),
        ({"log_format": "xml"}, "LOG_FORMAT"),
    ],
)
def test_half_a_setting_stops_the_start_with_one_sentence(given: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError) as error:
        settings(**given)
    sentence = str(error.value)
    assert named in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")


def test_no_secret_is_printed() -> None:
    found = settings(
        slack_bot_token="xoxb-canary", slack_app_token="xapp-canary", telegram_bot_token="1:canary"
    )
    assert "canary" not in repr(found)
    assert "canary" not in str(found)


def test_the_example_names_every_setting_with_a_comment() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = {line.partition("=")[0].lower() for line in lines if re.match(r"[A-Z_]+=", line)}
    assert named == set(Settings.model_fields)
    first = [at for at, line in enumerate(lines) if re.match(r"[A-Z_]+=", line)]
    for at in first:
        paragraph = next(
            lines[i] for i in range(at, -1, -1) if i == 0 or not re.match(r"[A-Z_]+=", lines[i - 1])
        )
        assert paragraph
        assert any(line.startswith("#") for line in lines[max(0, at - 4) : at]), lines[at]


def test_the_examples_values_are_the_defaults(tmp_path: Path) -> None:
    found = load(_env_file=ROOT / ".env.example")
    assert found == settings()
