"""One structured line per event, on standard output; no secret and no message text ever."""

from __future__ import annotations

import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

_SECRETS = re.compile(
    r"xox[abeprs]-[\w-]+|xapp-[\w-]+|\d{6,}:[\w-]{30,}|(?<=://)[^/@\s:]+:[^/@\s]+(?=@)"
    r"|(?<=start=)[\w-]{16,}",
)
_HIDDEN = "[hidden]"
_CHATTY = (
    "alembic",
    "uvicorn",
    "httpx",
    "httpcore",
    "slack_sdk",
    "slack_bolt",
    "telegram",
    "apscheduler",
    "aiohttp.access",
)


def redacted(text: str) -> str:
    """``text`` without anything that looks like a token or a password."""
    return _SECRETS.sub(_HIDDEN, text)


def configure(level: str, log_format: str) -> None:
    """Send everything through one handler; libraries that print requests are kept quiet."""
    shape = structlog.processors.JSONRenderer() if log_format == "json" else structlog.dev.ConsoleRenderer()
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.ExtraAdder(),
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.format_exc_info,
            ],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _redact, shape],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))


def _redact(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {name: redacted(value) if isinstance(value, str) else value for name, value in event.items()}
