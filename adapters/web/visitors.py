"""Who is at the page: a demo person, somebody signed in, or nobody yet."""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from datetime import datetime

from starlette.requests import Request

from adapters.web import limits
from adapters.web.config import PLATFORM, WebSettings
from adapters.web.errors import Refused
from adapters.web.guard import is_loopback
from adapters.web.receive import DEMO, Visit
from bot.ports import BoardPerson, BoardView
from bot.refs import PersonRef

SESSION = "milepost_session"
ACTING = "milepost_as"


def new_session() -> str:
    """A fresh cookie value: 256 random bits."""
    return secrets.token_urlsafe(32)


def account(session: str) -> PersonRef:
    """The account behind a cookie.  Only this digest is ever stored."""
    return PersonRef(PLATFORM, "", hashlib.sha256(session.encode()).hexdigest())


class Visitors:
    def __init__(self, settings: WebSettings) -> None:
        self._boards = settings.boards

    async def view(self, request: Request) -> BoardView:
        """The page as this request's account sees it."""
        session = request.cookies.get(SESSION, "")
        view = await self._boards.view(account(session) if session else None)
        if view.demo and not is_loopback(request):
            raise Refused("foreign_host")
        return view

    async def visit(self, request: Request, acting_as: str = "") -> Visit:
        """Raises `Refused` for nobody, and for a demo person who does not exist."""
        visit = await self.find(request, acting_as)
        if visit is None:
            raise Refused("signed_out")
        return visit

    async def find(self, request: Request, acting_as: str = "") -> Visit | None:
        view = await self.view(request)
        if view.demo:
            return await self._demo_person(view, acting_as, request.cookies.get(ACTING, ""))
        session = request.cookies.get(SESSION, "")
        return Visit(account(session), view.me, view) if view.me and session else None

    async def _demo_person(self, view: BoardView, acting_as: str, remembered: str) -> Visit:
        person = _chosen(view, acting_as) if acting_as else _remembered(view, remembered)
        ref = PersonRef(PLATFORM, DEMO, person.id)
        return Visit(ref, person, await self._boards.view(ref))


def _chosen(view: BoardView, person_id: str) -> BoardPerson:
    for person in view.people:
        if person.id == person_id:
            return person
    raise Refused("no_such_person")


def _remembered(view: BoardView, person_id: str) -> BoardPerson:
    """A remembered person may be gone with an earlier database: then it is the first one."""
    if not view.people:
        raise Refused("no_such_person")
    return next((person for person in view.people if person.id == person_id), view.people[0])


class Tries:
    """How often one address, or one account, tried something lately; the oldest are forgotten first."""

    def __init__(self, most: int = limits.SIGN_IN_TRIES) -> None:
        self._most = most
        self._recent: OrderedDict[str, list[datetime]] = OrderedDict()

    def count(self, address: str, now: datetime) -> None:
        """Raises `Refused` when it was too often."""
        recent = [at for at in self._recent.pop(address, []) if _is_recent(at, now)]
        if len(recent) < self._most:
            recent.append(now)
        else:
            self._recent[address] = recent
            raise Refused("too_many_tries")
        self._recent[address] = recent
        while len(self._recent) > limits.SIGN_IN_ADDRESSES:
            self._recent.popitem(last=False)


def _is_recent(at: datetime, now: datetime) -> bool:
    return (now - at).total_seconds() < limits.SIGN_IN_SECONDS
