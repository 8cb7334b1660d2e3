"""The way in and out: a one-time code becomes a session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from adapters.web import limits, receive, render
from adapters.web.config import WebSettings
from adapters.web.errors import Refused
from adapters.web.fields import key_of, optional, text_of
from adapters.web.guard import json_body
from adapters.web.transcript import Conversations
from adapters.web.visitors import ACTING, SESSION, Tries, Visitors, account, new_session
from bot.cards import Card
from bot.messages import Reply, Sender
from bot.plain_text import card_text
from bot.ports import Receiver
from bot.refs import PersonRef

_START = "/start"
"""Codes are handed out as what to type in a chat; pasted whole they are as good."""


class SignIn:
    def __init__(
        self, settings: WebSettings, visitors: Visitors, conversations: Conversations, receiver: Receiver
    ) -> None:
        self._settings = settings
        self._visitors = visitors
        self._conversations = conversations
        self._receiver = receiver
        self._tries = Tries()

    async def sign_in(self, request: Request) -> Response:
        """A fresh session for whoever brings a good code; an earlier cookie counts for nothing."""
        body = await json_body(request)
        if (await self._visitors.view(request)).demo:
            raise Refused("not_found")
        self._tries.count(request.client.host if request.client else "", self._settings.clock.now())
        session = new_session()
        ref = account(session)
        reply = await self._start(ref, body)
        if (await self._settings.boards.view(ref)).me is None:
            raise Refused("code_refused", _sentence(reply))
        await self._welcome(ref, reply)
        response = JSONResponse({"signed_in": True})
        self._set(response, session)
        return response

    async def sign_out(self, request: Request) -> Response:
        """The session ends here, too: a copy of the cookie opens nothing."""
        await json_body(request)
        if session := request.cookies.get(SESSION, ""):
            await self._settings.boards.sign_out(account(session))
        response = JSONResponse({"signed_in": False})
        response.delete_cookie(SESSION, httponly=True, samesite="strict", secure=self._settings.is_secure)
        response.delete_cookie(ACTING, httponly=True, samesite="strict")
        return response

    async def _start(self, ref: PersonRef, body: Mapping[str, Any]) -> Reply | None:
        sender = Sender(
            ref,
            optional(body, "name", limits.NAME_LENGTH).strip(),
            zone=_zone(optional(body, "zone")),
            language=optional(body, "language", limits.NAME_LENGTH),
        )
        code = text_of(body, "code", limits.CODE_LENGTH).strip().removeprefix(_START).strip()
        key = f"{ref.id}:{key_of(body)}"
        return await self._receiver.receive(receive.started(sender, code, key, self._settings.clock.now()))

    async def _welcome(self, ref: PersonRef, reply: Reply | None) -> None:
        if reply and isinstance(reply.body, Card):
            await self._conversations.add(
                receive.direct_of(ref), render.card_payload(reply.body), oid=f"in:{ref.id}"
            )

    def _set(self, response: Response, session: str) -> None:
        response.set_cookie(
            SESSION,
            session,
            max_age=limits.SESSION_SECONDS,
            httponly=True,
            samesite="strict",
            secure=self._settings.is_secure,
        )


def _sentence(reply: Reply | None) -> str:
    """The core knows best why a code is refused."""
    return card_text(reply.body) if reply and isinstance(reply.body, Card) else ""


def _zone(name: str) -> str:
    """A zone that exists; the browser's word is not taken for it."""
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""
