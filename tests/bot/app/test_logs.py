from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from bot.app.logs import configure, redacted

SECRETS = [
    "xoxb-123456789012-abcdefABCDEF",
    "xapp-1-A0B1-123-abcdef",
    "xoxe.xoxp-1-Mi0yLTEyMzQ",
    "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw-x",
    "https://t.me/milepostbot?start=AbCdEfGhIjKlMnOpQrSt",
]


@pytest.fixture(autouse=True)
def _root_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)


@pytest.mark.parametrize("secret", SECRETS)
def test_tokens_are_hidden(secret: str) -> None:
    tail = secret.rpartition("=")[2][4:]
    assert tail not in redacted(f"refused: {secret} at last")
    assert redacted(f"refused: {secret} at last").startswith("refused: ")


def test_a_databases_password_is_hidden_and_its_host_is_not() -> None:
    assert redacted("postgresql+psycopg://milepost:hunter2@db/x") == "postgresql+psycopg://[hidden]@db/x"


@pytest.mark.parametrize("innocent", ["10:30 on 2026-03-02", "APX-7", "http://127.0.0.1:8000", "k:v"])
def test_what_is_no_secret_stays(innocent: str) -> None:
    assert redacted(innocent) == innocent


@pytest.mark.parametrize("shape", ["json", "console"])
def test_secrets_are_hidden_in_words_facts_and_tracebacks(
    shape: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure("DEBUG", shape)
    log = logging.getLogger("somewhere")
    secret = SECRETS[0]
    log.warning("refused %s", secret, extra={"url": SECRETS[4]})
    try:
        raise ValueError(secret)
    except ValueError:
        log.exception("broke")
    written = capsys.readouterr().err
    assert "refused" in written
    assert "broke" in written
    assert secret not in written
    assert "AbCdEfGhIjKl" not in written


def test_a_line_is_one_json_object_with_its_facts(capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO", "json")
    logging.getLogger("bot.x").info("outbox sent", extra={"epoch": 2})
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["epoch"], line["level"], line["logger"]) == (
        "outbox sent",
        2,
        "info",
        "bot.x",
    )
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("name", ["httpx", "httpcore", "slack_sdk", "slack_bolt", "telegram"])
def test_libraries_that_print_requests_are_quiet_at_every_level(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure("DEBUG", "json")
    logging.getLogger(f"{name}.deep").debug("POST /bot123:secret")
    assert capsys.readouterr().err == ""
