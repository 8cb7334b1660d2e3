"""The HTTP surface: decoding as Slack does, faults, uploads, response URLs."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import web

from tests.fakes.slack.core import Call, Slack
from tests.fakes.slack.faults import ErrorCode, Fault, Hang, NotJson, RateLimited, Status
from tests.fakes.slack.sockets import Sockets
from tests.fakes.slack.state import SlackError
from tests.fakes.slack.web_api import call

Json = dict[str, Any]
STRUCTURED = {"blocks", "attachments", "metadata", "view", "files"}


class Wire:
    def __init__(self, slack: Slack, sockets: Sockets) -> None:
        self.slack, self.sockets = slack, sockets
        self._released = asyncio.Event()
        self._runner: web.AppRunner | None = None
        slack.new_socket_url = sockets.new_url

    async def start(self, port: int) -> str:
        app = web.Application(client_max_size=64 << 20)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_get("/files/{file}", self._download)
        app.router.add_post("/response/{name:.+}", self._respond)
        app.router.add_get("/link/", self.sockets.serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        bound = self._runner.addresses[0]
        return f"http://127.0.0.1:{bound[1]}"

    async def stop(self) -> None:
        self.release()
        if self._runner is not None:
            await self._runner.cleanup()

    def release(self) -> None:
        """Lets every hanging request fall."""
        self._released.set()

    # --- the Web API ------------------------------------------------------------------------------------

    async def _api(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        args = await arguments(request)
        record = Call(name, {key: value for key, value in args.items() if key != "token"})
        self.slack.calls.append(record)
        fault = self.slack.faults.take(name)
        try:
            return await self._answer(request, record, args, fault)
        finally:
            await self.slack.changed()

    async def _answer(
        self, request: web.Request, record: Call, args: Json, fault: Fault | None
    ) -> web.StreamResponse:
        if fault is not None and getattr(fault, "when", "before") == "before":
            return await self._fail(request, record, fault)
        answer = self._run(request, record, args)
        if fault is not None:
            await self.slack.changed()
            return await self._fail(request, record, fault)
        return answer

    def _run(self, request: web.Request, record: Call, args: Json) -> web.Response:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or args.get("token", "")
        try:
            answer = call(self.slack, record.method, token, args)
        except SlackError as refusal:
            record.outcome = refusal.code
            return self._refused(refusal)
        record.outcome = "ok"
        return self._json(answer)

    def _refused(self, refusal: SlackError) -> web.Response:
        if refusal.code == "ratelimited":
            return self._limited(refusal.beside["retry_after"])
        return self._json({"ok": False, "error": refusal.code, **refusal.beside})

    def _limited(self, seconds: int) -> web.Response:
        body = {"ok": False, "error": "ratelimited"}
        return web.json_response(body, status=429, headers={"Retry-After": str(seconds)})

    def _json(self, body: Json) -> web.Response:
        return web.json_response(body, headers={"X-OAuth-Scopes": ",".join(sorted(self.slack.scopes))})

    async def _fail(self, request: web.Request, record: Call, fault: Fault) -> web.StreamResponse:
        record.outcome = f"fault:{type(fault).__name__}"
        match fault:
            case RateLimited(seconds):
                return self._limited(seconds)
            case Status(code):
                return web.Response(status=code, text="<html>upstream</html>", content_type="text/html")
            case NotJson():
                return web.Response(text="<html>proxy</html>", content_type="text/html")
            case ErrorCode(code):
                return self._json({"ok": False, "error": code})
            case Hang():
                await self._released.wait()
        return _torn_down(request)

    # --- beside it ----------------------------------------------------------------------------------------

    async def _upload(self, request: web.Request) -> web.Response:
        file = self.slack.workspace.files.get(request.match_info["file"])
        if file is None:
            return web.Response(status=404)
        file["bytes"] = await _file_bytes(request)
        return web.Response(text=f"OK - {len(file['bytes'])}")

    async def _download(self, request: web.Request) -> web.Response:
        """Whoever does not show the token gets the page to sign in."""
        file = self.slack.workspace.files.get(request.match_info["file"])
        if file is None or request.headers.get("Authorization") != f"Bearer {self.slack.token}":
            return web.Response(text="<html>Sign in</html>", content_type="text/html")
        return web.Response(body=file["bytes"], content_type=file.get("mimetype") or "text/plain")

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        record = Call("response_url", await arguments(request))
        self.slack.calls.append(record)
        fault = self.slack.faults.take("response_url")
        try:
            if isinstance(fault, ErrorCode):
                raise SlackError(fault.code)
            if fault is not None:
                return await self._fail(request, record, fault)
            self.slack.respond(request.match_info["name"], record.args)
            record.outcome = "ok"
            return web.Response(text="ok")
        except SlackError as refusal:
            record.outcome = refusal.code
            return web.json_response({"ok": False, "error": refusal.code}, status=404)
        finally:
            await self.slack.changed()


async def arguments(request: web.Request) -> Json:
    """Query and body folded together; structured arguments decoded if they came as JSON text."""
    args: Json = dict(request.query)
    if request.method == "POST":
        if request.content_type == "application/json":
            args |= json.loads(await request.text() or "{}")
        else:
            args |= dict(await request.post())
    return {name: _decoded(name, value) for name, value in args.items()}


def _decoded(name: str, value: Any) -> Any:
    if name not in STRUCTURED or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


async def _file_bytes(request: web.Request) -> bytes:
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    form = await request.post()
    part = next(iter(form.values()))
    return part.file.read() if isinstance(part, web.FileField) else str(part).encode()


def _torn_down(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
