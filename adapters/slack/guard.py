"""The door for HTTP: nothing unsigned, oversized or unreadable gets past it or makes it fall over."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Final
from urllib.parse import parse_qs

from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import Clock as SignatureClock
from slack_sdk.signature import SignatureVerifier
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from adapters.slack import limits
from bot.clock import Clock

Dispatch = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]
_FORM: Final = "application/x-www-form-urlencoded"
log = logging.getLogger(__name__)


class Guard:
    """An ASGI endpoint.  Bodies are never logged."""

    def __init__(self, signing_secret: str, dispatch: Dispatch, clock: Clock) -> None:
        self._verifier = SignatureVerifier(signing_secret, _Seconds(clock))
        self._dispatch = dispatch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method != "POST":
            return Response(status_code=400)
        body = await _bounded(request)
        if body is None:
            return Response(status_code=400)
        if not self._signed(request, body):
            return Response(status_code=401)
        if not _readable(request.headers.get("content-type", ""), body):
            return Response(status_code=400)
        return _shown(await self._dispatch(_bolt_request(request, body)))

    def _signed(self, request: Request, body: bytes) -> bool:
        """Any way of failing is a refusal: odd numbers, odd characters, absent headers."""
        try:
            return self._verifier.is_valid(
                body,
                request.headers.get("x-slack-request-timestamp"),
                request.headers.get("x-slack-signature"),
            )
        except Exception as error:  # the guard before a signature check
            log.info("a signature could not be read: %s", type(error).__name__)
            return False


class _Seconds(SignatureClock):
    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.now().timestamp()


async def _bounded(request: Request) -> bytes | None:
    """None when it is longer than Slack's requests ever are; then the rest is not even read."""
    declared = request.headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared[:12]) > limits.BODY_BYTES:
        return None
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > limits.BODY_BYTES:
                return None
    except ClientDisconnect:
        return None
    return bytes(body)


def _readable(content_type: str, body: bytes) -> bool:
    """An object, in one of Slack's two encodings."""
    try:
        text = body.decode("utf-8")
        if not content_type.startswith(_FORM):
            return isinstance(json.loads(text), dict)
        payload = parse_qs(text).get("payload")
        return payload is None or isinstance(json.loads(payload[0]), dict)
    except (ValueError, RecursionError):
        return False


def _bolt_request(request: Request, body: bytes) -> AsyncBoltRequest:
    headers: dict[str, str | Sequence[str]] = dict(request.headers)
    return AsyncBoltRequest(body=body.decode("utf-8"), query=request.url.query, headers=headers)


def _shown(answer: BoltResponse) -> Response:
    return Response(answer.body, answer.status, answer.first_headers_without_set_cookie())
