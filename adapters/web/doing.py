"""What is done on the page: say, press, fill in, and in the demo be somebody else and move the clock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from adapters.web import limits, pages
from adapters.web.config import WebSettings
from adapters.web.dialogue import Dialogue, Outcome, Seen
from adapters.web.errors import Refused
from adapters.web.fields import answers_of, key_of, number, optional, text_of
from adapters.web.files import attached
from adapters.web.guard import json_body
from adapters.web.receive import Arrival
from adapters.web.transcript import Conversations
from adapters.web.visitors import ACTING, Visitors
from bot.errors import UserError
from bot.ports import Receiver

STEPS = ("hour", "day", "morning")


class Doing:
    def __init__(
        self, settings: WebSettings, visitors: Visitors, conversations: Conversations, receiver: Receiver
    ) -> None:
        self._boards = settings.boards
        self._clock = settings.clock
        self._visitors = visitors
        self._conversations = conversations
        self._dialogue = Dialogue(receiver, conversations)

    async def send(self, request: Request) -> Response:
        body, arrival = await self._arrival(request)
        reply_to = Seen(optional(body, "reply_to"), number(body, "reply_to_seq"))
        files = await attached(self._boards, arrival.visit, body)
        text = optional(body, "text", limits.BODY_BYTES) if files else text_of(body, "text")
        return _done(arrival, await self._dialogue.say(arrival, text, reply_to, files))

    async def press(self, request: Request) -> Response:
        body, arrival = await self._arrival(request)
        token = text_of(body, "token", limits.TOKEN_LENGTH)
        pressed = Seen(optional(body, "line"), number(body, "seq"))
        return _done(arrival, await self._dialogue.press(arrival, token, pressed))

    async def form(self, request: Request) -> Response:
        body, arrival = await self._arrival(request)
        token = text_of(body, "token", limits.TOKEN_LENGTH)
        return _done(arrival, await self._dialogue.submit(arrival, token, answers_of(body)))

    async def clock(self, request: Request) -> Response:
        """Answers when everything due by then was sent, so the page shows it all at once."""
        body = await json_body(request)
        visit = await self._visitors.visit(request, optional(body, "as"))
        step = optional(body, "step")
        if step not in STEPS or not visit.view.demo:
            raise Refused("clock_refused")
        try:
            await self._boards.move_clock(step)
        except UserError as error:
            raise Refused("clock_refused") from error
        self._conversations.tell()
        return JSONResponse(pages.clock(await self._visitors.view(request)))

    async def act_as(self, request: Request) -> Response:
        """Remember who this browser acts as; each open page still says for itself who it is."""
        body = await json_body(request)
        visit = await self._visitors.visit(request, text_of(body, "as", limits.ID_LENGTH))
        if not visit.view.demo:
            raise Refused("no_such_person")
        response = JSONResponse({"me": visit.me.id})
        response.set_cookie(ACTING, visit.me.id, httponly=True, samesite="strict")
        return response

    async def _arrival(self, request: Request) -> tuple[Mapping[str, Any], Arrival]:
        """Who does something where.  Raises `Refused`."""
        body = await json_body(request)
        visit = await self._visitors.visit(request, optional(body, "as"))
        place = visit.place(optional(body, "place"))
        return body, Arrival(key_of(body), visit, place, self._clock.now())


def _done(arrival: Arrival, outcome: Outcome) -> Response:
    return JSONResponse(pages.outcome(arrival.visit, arrival.place, outcome))
