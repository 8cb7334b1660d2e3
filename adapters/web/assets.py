"""The page's own files: read once, compressed once, named by what is in them."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

from adapters.web.errors import Refused

_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "webmanifest": "application/manifest+json",
}


@dataclass(frozen=True, slots=True)
class Asset:
    media_type: str
    content: bytes
    compressed: bytes
    tag: str


def asset(request: Request, name: str) -> Response:
    """The file ``name``; 304 when the browser has it already.  Raises `Refused`."""
    found = _assets().get(name)
    if found is None:
        raise Refused("not_found")
    headers = {"ETag": found.tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if found.tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(found.compressed, media_type=found.media_type, headers=headers)
    return Response(found.content, media_type=found.media_type, headers=headers)


@cache
def _assets() -> dict[str, Asset]:
    """A fixed set by name: no path is ever joined with what a request says."""
    folder = files("adapters.web") / "static"
    return {
        entry.name: _read(entry.name, entry.read_bytes())
        for entry in folder.iterdir()
        if _is_ours(entry.name)
    }


def _is_ours(name: str) -> bool:
    return name.rpartition(".")[2] in _TYPES


def _read(name: str, content: bytes) -> Asset:
    tag = hashlib.sha256(content).hexdigest()[:16]
    compressed = gzip.compress(content, mtime=0)
    return Asset(_TYPES[name.rpartition(".")[2]], content, compressed, f'"{tag}"')
