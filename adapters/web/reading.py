"""What is read: the page and its files, a conversation, its pictures, and what is new."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from adapters.web import limits, pages, render
from adapters.web.assets import asset
from adapters.web.config import WebSettings
from adapters.web.errors import Refused
from adapters.web.fields import number, optional
from adapters.web.receive import Visit
from adapters.web.stream import Stream, positions_of
from adapters.web.transcript import Bell, Conversations, visible_to
from adapters.web.visitors import Visitors
from bot.messages import Place


class Reading:
    def __init__(
        self, settings: WebSettings, visitors: Visitors, conversations: Conversations, bell: Bell
    ) -> None:
        self._verbs = settings.verbs
        self._visitors = visitors
        self._conversations = conversations
        self._bell = bell
        self._stream = Stream(settings, conversations, bell)

    async def index(self, request: Request) -> Response:
        return asset(request, "index.html")

    async def static(self, request: Request) -> Response:
        return asset(request, request.path_params["name"])

    async def state(self, request: Request) -> Response:
        visit = await self._visitors.find(request, optional(request.query_params, "as"))
        if visit is None:
            return JSONResponse(pages.landing(await self._visitors.view(request)))
        place = visit.place(optional(request.query_params, "place"))
        lines = await self._conversations.newest(place.ref)
        return JSONResponse(pages.state(visit, place, lines, self._verbs))

    async def stream(self, request: Request) -> Response:
        visit, place = await self._where(request)
        if self._bell.listeners >= limits.STREAMS:
            raise Refused("too_many_pages")
        known = request.headers.get("last-event-id") or request.query_params.get("known", "")
        events = self._stream.events(visit, place, positions_of(known))
        return StreamingResponse(events, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})

    async def picture(self, request: Request) -> Response:
        """Found by the line's ``seq``, so a changed line has a new address and the old one may be kept."""
        visit, place = await self._where(request)
        line = await self._conversations.with_seq(place.ref, number(request.path_params, "seq"))
        if line is None or not visible_to(visit.ref.id, line):
            raise Refused("no_such_picture")
        png = render.picture_bytes(line.payload, number(request.query_params, "block"))
        if not png:
            raise Refused("no_such_picture")
        return Response(
            png, media_type="image/png", headers={"Cache-Control": "private, max-age=86400, immutable"}
        )

    async def _where(self, request: Request) -> tuple[Visit, Place]:
        """Who looks at which conversation.  Raises `Refused`."""
        visit = await self._visitors.visit(request, optional(request.query_params, "as"))
        return visit, visit.place(optional(request.query_params, "place"))
