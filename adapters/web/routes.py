"""The page's addresses."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.routing import BaseRoute, Route

from adapters.web.config import WebSettings
from adapters.web.doing import Doing
from adapters.web.files import Files
from adapters.web.guard import Endpoint, guarded
from adapters.web.reading import Reading
from adapters.web.sign_in import SignIn
from adapters.web.transcript import Bell, Conversations
from adapters.web.visitors import Visitors
from bot.ports import Receiver


def page_routes(
    settings: WebSettings, receiver: Receiver, conversations: Conversations, bell: Bell
) -> Sequence[BaseRoute]:
    visitors = Visitors(settings)
    reading = Reading(settings, visitors, conversations, bell)
    doing = Doing(settings, visitors, conversations, receiver)
    files = Files(settings, visitors)
    entry = SignIn(settings, visitors, conversations, receiver)
    table: tuple[tuple[str, str, Endpoint], ...] = (
        ("GET", "/", reading.index),
        ("GET", "/static/{name}", reading.static),
        ("GET", "/chat/state", reading.state),
        ("GET", "/chat/stream", reading.stream),
        ("GET", "/chat/picture/{seq}", reading.picture),
        ("GET", "/chat/file/{file}", files.file),
        ("POST", "/chat/upload", files.upload),
        ("POST", "/chat/send", doing.send),
        ("POST", "/chat/press", doing.press),
        ("POST", "/chat/form", doing.form),
        ("POST", "/chat/clock", doing.clock),
        ("POST", "/chat/act-as", doing.act_as),
        ("POST", "/sign-in", entry.sign_in),
        ("POST", "/sign-out", entry.sign_out),
    )
    return [Route(path, guarded(settings, endpoint), methods=[method]) for method, path, endpoint in table]
