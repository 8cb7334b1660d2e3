"""What `milepost doctor` says of Slack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adapters.slack.config import SlackSettings
from adapters.slack.manifest import SCOPES
from adapters.slack.send import Wire
from bot.errors import Delivery, DeliveryError
from bot.ports import Finding


async def findings(wire: Wire, settings: SlackSettings) -> tuple[Finding, ...]:
    """Token, scopes and, with Socket Mode, the app token: each with what would mend it."""
    try:
        answer = await wire.call("auth.test")
    except DeliveryError as error:
        return (_unreached(error) or _refused(error),)
    signed_in = Finding("ok", f"Slack: signed in as {answer['user']} in {answer['team']}")
    socket = await _socket(wire, settings.app_token) if settings.app_token else ()
    return (signed_in, *_scopes(answer.headers), *socket)


def _unreached(error: DeliveryError) -> Finding | None:
    """No answer says nothing about a token."""
    if error.kind not in (Delivery.NOT_SENT, Delivery.UNKNOWN):
        return None
    remedy = "Check the network and its proxy; slack.com must be reachable."
    return Finding("fail", f"Slack is not reached ({error.code})", remedy)


def _refused(error: DeliveryError) -> Finding:
    remedy = "Reinstall the app and copy its bot token into SLACK_BOT_TOKEN."
    return Finding("fail", f"Slack refuses the bot token: {error.code}", remedy)


def _scopes(headers: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Header names keep no case."""
    named = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), "")
    granted = {scope.strip() for scope in str(named).split(",")}
    missing = [scope for scope in SCOPES if scope not in granted]
    if not missing:
        return (Finding("ok", "Slack: every scope is granted"),)
    remedy = "Paste `milepost manifest slack` into the app's manifest, then reinstall it."
    return (Finding("warn", f"Slack: scopes not granted: {', '.join(missing)}", remedy),)


async def _socket(wire: Wire, app_token: str) -> tuple[Finding, ...]:
    try:
        await wire.call_as(app_token, "apps.connections.open")
    except DeliveryError as error:
        remedy = "Make an app-level token with connections:write and copy it into SLACK_APP_TOKEN."
        return (_unreached(error) or Finding("fail", f"Slack refuses Socket Mode: {error.code}", remedy),)
    return (Finding("ok", "Slack: Socket Mode can connect"),)
