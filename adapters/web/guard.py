"""Before anything else: is this request for us, from our own page, and of a bearable size?"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from adapters.web import limits
from adapters.web.config import LOOPBACK_NAMES, WebSettings, host_of
from adapters.web.errors import Refused
from adapters.web.phrases import PHRASES

Endpoint = Callable[[Request], Awaitable[Response]]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def guarded(settings: WebSettings, endpoint: Endpoint) -> Endpoint:
    """``endpoint`` behind the checks; every refusal becomes one sentence in JSON."""

    async def answer(request: Request) -> Response:
        try:
            _check(settings, request)
            response = await endpoint(request)
        except Refused as refused:
            response = _sentence(refused)
        except ClientDisconnect:
            response = Response(status_code=400)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


async def json_body(request: Request) -> Mapping[str, Any]:
    """The request's JSON object.  Raises `Refused`."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused("not_json")
    try:
        read = json.loads(await bounded(request, limits.BODY_BYTES, "too_large"))
    except (ValueError, RecursionError) as error:
        raise Refused("not_json") from error
    if not isinstance(read, dict):
        raise Refused("not_json")
    return read


def is_loopback(request: Request) -> bool:
    return _name(request.headers.get("host", "")) in LOOPBACK_NAMES


def _check(settings: WebSettings, request: Request) -> None:
    host = request.headers.get("host", "").lower()
    if not _is_ours(settings, host):
        raise Refused("foreign_host")
    origin = request.headers.get("origin")
    if origin is None and request.method in ("GET", "HEAD"):
        return
    if origin is None or not _is_same(origin, host):
        raise Refused("foreign_origin")


def _is_same(origin: str, host: str) -> bool:
    scheme, _, named = origin.partition("://")
    return bool(named) and host_of(origin) == host_of(f"{scheme}://{host}")


def _is_ours(settings: WebSettings, host: str) -> bool:
    """Names other than ours are refused: a stranger's name may point at this machine (DNS rebinding)."""
    if settings.is_loopback and _name(host) in LOOPBACK_NAMES:
        return True
    scheme = settings.public_url.partition(":")[0]
    return bool(settings.public_host) and host_of(f"{scheme}://{host}") == settings.public_host


def _name(host: str) -> str:
    """``localhost:8000`` → ``localhost``; ``[::1]:8000`` → ``[::1]``."""
    host = host.lower()
    return host[: host.find("]") + 1] if host.startswith("[") else host.partition(":")[0]


async def bounded(request: Request, most: int, refusal: str) -> bytes:
    """The request's body.  Raises `Refused` before more than ``most`` bytes are read."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > most:
        raise Refused(refusal)
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > most:
            raise Refused(refusal)
    return bytes(read)


def _sentence(refused: Refused) -> Response:
    said = refused.said or PHRASES[f"error_{refused.code}"]
    return JSONResponse({"error": refused.code, "sentence": said}, status_code=refused.status)
