"""Running: everything in one process, or web and worker apart."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Route

from bot.app.first_admin import invite_first_admin
from bot.app.parts import Parts
from bot.app.seed import PLATFORM
from bot.config import Settings
from bot.errors import MilepostError

Say = Callable[[str], None]
_STUCK_AFTER = 90.0  # seconds without progress of the loop


class Health:
    """``/livez``: the loop gets somewhere.  ``/readyz``: the database answers and we are not stopping."""

    def __init__(self, parts: Parts, *, ticks: bool) -> None:
        self._parts, self._ticks = parts, ticks
        self.draining = False

    def routes(self) -> tuple[Route, ...]:
        return (Route("/livez", self._livez), Route("/readyz", self._readyz))

    async def _livez(self, request: Request) -> PlainTextResponse:
        alive = not self._ticks or self._parts.engine.silent_for() <= _STUCK_AFTER
        return PlainTextResponse("ok" if alive else "stuck", 200 if alive else 503)

    async def _readyz(self, request: Request) -> PlainTextResponse:
        if self.draining:
            return PlainTextResponse("stopping", 503)
        try:
            await self._parts.store.read(lambda uow: uow.demo_time.ahead())
        except MilepostError:
            return PlainTextResponse("no database", 503)
        return PlainTextResponse("ok")


def asgi(parts: Parts, health: Health) -> Starlette:
    """One application: health, then every platform's own addresses."""
    routes: list[BaseRoute] = [*health.routes()]
    for adapter in parts.adapters.values():
        routes += adapter.routes(parts.dispatcher)
    return Starlette(routes=routes)


async def run_everything(parts: Parts, say: Say) -> None:
    """HTTP, connections, ticks and sends, until told to stop."""
    health = Health(parts, ticks=True)
    async with _working(parts, say):
        await _serve(parts, health, say)
        health.draining = True


async def run_web(parts: Parts, say: Say) -> None:
    """HTTP only; a worker elsewhere ticks and sends."""
    health = Health(parts, ticks=False)
    try:
        await _serve(parts, health, say)
    finally:
        await parts.close()


async def run_worker(parts: Parts, say: Say) -> None:
    """Connections, ticks and sends, until told to stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    async with _working(parts, say) as connections:
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait((stopped, *connections), return_when=asyncio.FIRST_COMPLETED)
        _raise_failures(connections)


@asynccontextmanager
async def _working(parts: Parts, say: Say) -> AsyncIterator[tuple[asyncio.Task[None], ...]]:
    """Connected platforms and the engine; at the end what is under way is finished first."""
    await invite_first_admin(parts, say)
    connections = tuple(
        asyncio.create_task(adapter.run(parts.dispatcher), name=adapter.name)
        for adapter in parts.adapters.values()
    )
    parts.engine.start()
    try:
        yield connections
    finally:
        await _disconnect(connections)
        await parts.engine.stop()
        await parts.close()


async def _disconnect(connections: Iterable[asyncio.Task[None]]) -> None:
    for connection in connections:
        connection.cancel()
    for connection in connections:
        with suppress(asyncio.CancelledError):
            await connection


async def _serve(parts: Parts, health: Health, say: Say) -> None:
    """Listen until SIGTERM or Ctrl-C, which uvicorn handles."""
    from uvicorn import Config, Server

    settings = parts.settings

    class Announcing(Server):
        async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]  # narrower list type upstream
            await super().startup(sockets)  # type: ignore[arg-type]  # same
            if self.started:
                say(f"Milepost is at {settings.public_url or _address(self, settings)}")

        async def shutdown(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]  # same
            health.draining = True
            await parts.adapters[PLATFORM].close()  # open pages would hold the server up
            await super().shutdown(sockets)  # type: ignore[arg-type]  # same

    config = Config(
        asgi(parts, health),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    await Announcing(config).serve()


def _address(server: object, settings: Settings) -> str:
    listening = [s for one in getattr(server, "servers", ()) for s in one.sockets]
    port = int(listening[0].getsockname()[1]) if listening else settings.port
    return f"http://{settings.host}:{port}"


def _raise_failures(connections: Iterable[asyncio.Task[None]]) -> None:
    """A platform that ended by itself ended badly: the process must not look alive."""
    for connection in connections:
        if connection.done() and not connection.cancelled():
            connection.result()
