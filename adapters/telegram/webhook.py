"""The webhook: who does not know the secret finds nothing there; 200 means saved."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from hmac import compare_digest

from starlette.requests import Request
from starlette.responses import Response

from adapters.telegram.intake import Raw
from adapters.telegram.limits import UPDATE_BYTES

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the name of a header


class Webhook:
    """``take`` is `Intake.take`, made ready on first use."""

    def __init__(self, secrets: tuple[str, ...], take: Callable[[Raw], Awaitable[bool]]) -> None:
        self._secrets = tuple(secret.encode() for secret in secrets)
        self._take = take

    async def respond(self, request: Request) -> Response:
        if not self._knows_secret(request.headers.get(SECRET_HEADER, "")):
            return Response(status_code=404)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        raw = _update(body)
        if raw is None:
            return Response(status_code=400)
        return Response(status_code=200 if await self._take(raw) else 503)

    def _knows_secret(self, given: str) -> bool:
        said = given.encode("utf-8", "surrogateescape")
        return sum(compare_digest(said, secret) for secret in self._secrets) > 0


async def _body(request: Request) -> bytes | None:
    """None when it is larger than any update."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > UPDATE_BYTES:
            return None
    return body


def _update(body: bytes) -> Raw | None:
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return raw if isinstance(raw, dict) and isinstance(raw.get("update_id"), int) else None
