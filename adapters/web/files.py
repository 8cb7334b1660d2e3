"""Files on the page: handed in before the words they go with, and given back to who may see them."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from adapters.web import limits
from adapters.web.config import WebSettings
from adapters.web.errors import Refused
from adapters.web.fields import optional, text_of
from adapters.web.guard import bounded
from adapters.web.receive import Visit
from adapters.web.visitors import Tries, Visitors
from bot.messages import Attachment
from bot.ports import Blob, Boards

_MIME = re.compile(r"[a-z]+/[a-z0-9.+-]{1,100}")
_ANY = "application/octet-stream"
_SHOWN = {"image/png", "image/jpeg", "image/gif", "image/webp"}
"""Pictures open in the browser; everything else is saved, so that nothing of it ever runs here."""
_UNQUOTABLE = re.compile(r"[^ !#-\[\]-~]")


class Files:
    def __init__(self, settings: WebSettings, visitors: Visitors) -> None:
        self._boards, self._clock, self._visitors = settings.boards, settings.clock, visitors
        self._uploads = Tries(limits.UPLOADS)

    async def upload(self, request: Request) -> Response:
        """The body is the file, whole and nothing else.  What is too large is refused before it is read."""
        visit = await self._visitors.visit(request, optional(request.query_params, "as"))
        name = text_of(request.query_params, "name", limits.FILE_NAME_LENGTH)
        self._uploads.count(str(visit.ref), self._clock.now())
        content = await bounded(request, limits.FILE_BYTES, "file_too_large")
        if not content:
            raise Refused("file_empty")
        blob = Blob(
            id=secrets.token_hex(16),
            owner=str(visit.ref),
            name=name,
            mime=_mime(request),
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            at=self._clock.now(),
            content=content,
        )
        await self._boards.add_upload(blob)
        return JSONResponse({"file": blob.id, "name": name, "size": blob.size})

    async def file(self, request: Request) -> Response:
        """Not there and not allowed look the same."""
        visit = await self._visitors.visit(request, optional(request.query_params, "as"))
        blob = await self._boards.file(visit.ref, str(request.path_params["file"])[: limits.ID_LENGTH])
        if blob is None:
            raise Refused("no_such_file")
        headers = {
            "Content-Disposition": disposition(blob.name, inline=blob.mime in _SHOWN),
            "Content-Security-Policy": "default-src 'none'; img-src 'self'; sandbox",
            "Cache-Control": "private, no-cache",
        }
        mime = blob.mime if blob.mime in _SHOWN else _ANY
        return Response(blob.content, media_type=mime, headers=headers)


async def attached(boards: Boards, visit: Visit, body: Mapping[str, Any]) -> tuple[Attachment, ...]:
    """The files that were handed in for this message, by this very account.  Raises `Refused`."""
    ids = body.get("files", [])
    if not isinstance(ids, list) or len(ids) > limits.FILES_AT_ONCE:
        raise Refused("bad_request")
    return tuple([await _attachment(boards, visit, ident) for ident in ids])


async def _attachment(boards: Boards, visit: Visit, ident: object) -> Attachment:
    blob = await boards.upload(ident) if isinstance(ident, str) else None
    if blob is None or blob.owner != str(visit.ref):
        raise Refused("no_such_file")
    return Attachment(
        id=blob.id, name=blob.name, mime=blob.mime, size=blob.size, sha256=blob.sha256, blob=blob.id
    )


def disposition(name: str, *, inline: bool) -> str:
    """In ASCII for old programs, and as it is for all others (RFC 6266)."""
    kind = "inline" if inline else "attachment"
    plain = _UNQUOTABLE.sub("_", name).strip() or "file"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _mime(request: Request) -> str:
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return given if _MIME.fullmatch(given) else _ANY
