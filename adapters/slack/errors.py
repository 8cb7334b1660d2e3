"""What Slack's refusals mean for a message: one row per code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import Delivery, DeliveryError


@dataclass(frozen=True, slots=True)
class Verdict:
    """``retry_after`` in seconds, where Slack names none itself."""

    kind: Delivery
    retry_after: float | None = None
    plain_text_may_pass: bool = False
    gone: bool = False


MISSING_SCOPE: Final = "missing_scope"
_SCOPE: Final = re.compile(r"[a-z]+(?:[:.][a-z]+)*(?:,[a-z]+(?:[:.][a-z]+)*)*")
_MOST_DIGITS: Final = 9
_LATER: Final = Verdict(Delivery.NOT_SENT, retry_after=30.0)
_UNKNOWN: Final = Verdict(Delivery.UNKNOWN)
_PLACE: Final = Verdict(Delivery.DESTINATION)
_INSTALL: Final = Verdict(Delivery.INSTALL)
_NEVER: Final = Verdict(Delivery.PERMANENT)
_SIMPLER: Final = Verdict(Delivery.PERMANENT, plain_text_may_pass=True)
_GONE: Final = Verdict(Delivery.PERMANENT, gone=True)

VERDICTS: Final[Mapping[str, Verdict]] = {
    "ratelimited": _LATER,
    "rate_limited": _LATER,
    "message_limit_exceeded": Verdict(Delivery.NOT_SENT, retry_after=300.0),
    "internal_error": _UNKNOWN,
    "fatal_error": _UNKNOWN,
    "service_unavailable": _UNKNOWN,
    "request_timeout": _UNKNOWN,
    "channel_not_found": _PLACE,
    "is_archived": _PLACE,
    "not_in_channel": _PLACE,
    "missing_scope": _PLACE,
    "no_permission": _PLACE,
    "access_denied": _PLACE,
    "ekm_access_denied": _PLACE,
    "user_not_found": _NEVER,
    "user_disabled": _NEVER,
    "cannot_dm_bot": _NEVER,
    "messages_tab_disabled": _NEVER,
    "account_inactive": _INSTALL,
    "token_revoked": _INSTALL,
    "token_expired": _INSTALL,
    "invalid_auth": _INSTALL,
    "not_authed": _INSTALL,
    "msg_too_long": _SIMPLER,
    "msg_blocks_too_long": _SIMPLER,
    "too_many_attachments": _SIMPLER,
    "invalid_attachments": _SIMPLER,
    "no_text": _SIMPLER,
    "invalid_arguments": _SIMPLER,
    "duplicate_message_not_found": Verdict(Delivery.DONE),
    "message_not_found": _GONE,
    "cant_update_message": _GONE,
    "edit_window_closed": _GONE,
}
FAMILIES: Final[Mapping[str, Verdict]] = {"restricted_action": _PLACE, "invalid_blocks": _SIMPLER}
"""Codes that come with endings: `restricted_action_thread_only_channel`, `invalid_blocks_format`."""


@contextmanager
def classified() -> Iterator[None]:
    """Whatever a call to Slack raises leaves as a `DeliveryError` that says what is known."""
    try:
        yield
    except SlackApiError as error:
        raise _refused(error) from error
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        raise DeliveryError(Delivery.NOT_SENT, type(error).__name__) from error
    except (aiohttp.ClientError, SlackClientError, TimeoutError, OSError, ValueError) as error:
        raise DeliveryError(Delivery.UNKNOWN, type(error).__name__) from error


def verdict(code: str) -> Verdict:
    """The row for ``code``; an unknown code is permanent."""
    if code in VERDICTS:
        return VERDICTS[code]
    return next((found for family, found in FAMILIES.items() if code.startswith(family)), _NEVER)


def _refused(error: SlackApiError) -> DeliveryError:
    response: Any = error.response
    code = error_code(error)
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    if status == 429:
        return _as_error(code or "ratelimited", _LATER, _seconds(response.headers))
    if status >= 500 or not code:
        return DeliveryError(Delivery.UNKNOWN, code or f"http_{status}")
    if code == MISSING_SCOPE and (needed := _needed(response)):
        return _as_error(f"{code}:{needed}", verdict(code), None)
    return _as_error(code, verdict(code), None)


def _needed(response: Any) -> str:
    """The permission that Slack names; only what looks like one is passed on."""
    data = getattr(response, "data", None)
    named = str(data.get("needed", "")) if isinstance(data, dict) else ""
    return named if _SCOPE.fullmatch(named) else ""


def error_code(error: SlackApiError) -> str:
    """Slack's own code; empty when the answer was not Slack's."""
    data = getattr(error.response, "data", None)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def _as_error(code: str, found: Verdict, asked: float | None) -> DeliveryError:
    return DeliveryError(
        found.kind,
        code,
        retry_after=found.retry_after if asked is None else asked,
        plain_text_may_pass=found.plain_text_may_pass,
        gone=found.gone,
    )


def _seconds(headers: Mapping[str, str]) -> float | None:
    named = headers.get("Retry-After", "")[:_MOST_DIGITS]
    return float(named) if named.isascii() and named.isdigit() else None
