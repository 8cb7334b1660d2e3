"""The Bolt app: one listener per kind of payload, and nothing that Slack would deliver again in vain."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any, Final

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.config import SlackSettings
from adapters.slack.desk import Desk, Identity
from adapters.slack.manifest import MAKE_MILESTONE

ANYTHING: Final = re.compile("")
UNREADABLE: Final = (LookupError, TypeError, AttributeError, ValueError)
"""What a payload without its usual parts raises; a database that is away raises none of these."""
log = logging.getLogger(__name__)


def listening(desk: Desk, identity: Callable[[], Awaitable[Identity]], settings: SlackSettings) -> AsyncApp:
    """Requests were verified before (HTTP) or need no signature (Socket Mode).

    ``process_before_response``: the acknowledgement leaves as soon as a listener returns; Bolt's default
    looks for it every ten milliseconds.  Each listener and middleware costs every request, so there are few.
    """
    app = AsyncApp(
        client=AsyncWebClient(base_url=settings.api_url),
        authorize=_authorised(identity, settings.bot_token),
        logger=_quiet(),
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
    )
    app.error(_failed)
    _hear_commands(app, desk)
    _hear_events(app, desk)
    _hear_interactions(app, desk)
    return app


def _quiet() -> logging.Logger:
    """Bolt warns of settings it finds in the environment, and shows payloads it does not know."""
    bolt = logging.getLogger("adapters.slack.bolt")
    bolt.setLevel(logging.ERROR)
    return bolt


def _authorised(
    identity: Callable[[], Awaitable[Identity]], token: str
) -> Callable[..., Awaitable[AuthorizeResult]]:
    async def authorize() -> AuthorizeResult:
        who = await identity()
        return AuthorizeResult(
            enterprise_id=None, team_id=who.team, bot_token=token, bot_id=who.bot_id, bot_user_id=who.bot
        )

    return authorize


def _hear_commands(app: AsyncApp, desk: Desk) -> None:
    async def command(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        desk.errands.run(desk.command(body))

    app.command(ANYTHING)(command)


def _hear_events(app: AsyncApp, desk: Desk) -> None:
    async def event(ack: AsyncAck, body: dict[str, Any]) -> None:
        await desk.event(body)
        await ack()

    app.event(ANYTHING)(event)


def _hear_interactions(app: AsyncApp, desk: Desk) -> None:
    async def press(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        if body["actions"][0].get("value"):
            desk.errands.run(desk.press(body))

    async def shortcut(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        if body.get("callback_id") == MAKE_MILESTONE and "message" in body:
            desk.errands.run(desk.shortcut(body))

    async def submission(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack(**await desk.submission(body))

    app.action(ANYTHING)(press)
    app.view(ANYTHING)(submission)
    app.shortcut(ANYTHING)(shortcut)


async def _failed(error: Exception) -> BoltResponse:
    """What nobody listens to, or nobody can read, is acknowledged; what could not be kept comes again."""
    if isinstance(error, BoltUnhandledRequestError):
        return BoltResponse(status=200)
    if isinstance(error, UNREADABLE):
        log.warning("a payload from Slack could not be read (%s)", type(error).__name__)
        return BoltResponse(status=200)
    log.error("a request from Slack failed", exc_info=error)
    return BoltResponse(status=503)
