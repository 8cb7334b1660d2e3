"""One structured line per event, on standard output; no secret and no message text ever."""

from __future__ import annotations

import logging
import re
from collections.abc import MutableMapping
from functools import cached_property
from typing import Any

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
    handler = logging.StreamHandler()
    handler.setFormatter(_FromFirstLine(log_format))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))


class _FromFirstLine(logging.Formatter):
    """Loads structlog with the first line there is to write: it would take a tenth of every start."""

    def __init__(self, log_format: str) -> None:
        super().__init__()
        self._log_format = log_format

    def format(self, record: logging.LogRecord) -> str:
        return self._structured.format(record)

    @cached_property
    def _structured(self) -> logging.Formatter:
        import structlog

        json = self._log_format == "json"
        shape = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer()
        return structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.ExtraAdder(),
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.format_exc_info,
            ],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _redact, shape],
        )


def _redact(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {name: redacted(value) if isinstance(value, str) else value for name, value in event.items()}
