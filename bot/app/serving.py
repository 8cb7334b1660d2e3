"""Running: everything in one process, or web and worker apart."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Route

from bot.app.first_admin import invite_first_admin
from bot.app.parts import Parts
from bot.app.seed import PLATFORM
from bot.config import Settings
from bot.errors import ConfigError, MilepostError

if TYPE_CHECKING:
    from uvicorn import Server

Say = Callable[[str], None]
_STUCK_AFTER = 90.0  # seconds without progress of the loop
_GOODBYE = 3  # seconds for requests under way, then
_HANG_UP = 8.0  # seconds for platforms to finish their answers; with the engine's fourteen, 25 in all


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
    """HTTP, connections, ticks and sends, until told to stop or until a platform's connection ends."""
    health = Health(parts, ticks=True)
    server = _server(parts, health, say)

    def leave(_: object = None) -> None:
        health.draining = server.should_exit = True

    with _heeding(leave), _listening(parts.settings) as door:
        async with _working(parts, say) as connections:
            for connection in connections:
                connection.add_done_callback(leave)
            await server.serve([door])
            _raise_failures(connections)


async def run_web(parts: Parts, say: Say) -> None:
    """HTTP only; a worker elsewhere ticks and sends, so the engine is stopped before anything arrives."""
    health = Health(parts, ticks=False)
    server = _server(parts, health, say)

    def leave() -> None:
        health.draining = server.should_exit = True

    try:
        await parts.engine.stop()
        with _heeding(leave), _listening(parts.settings) as door:
            await server.serve([door])
    finally:
        await parts.close()


async def run_worker(parts: Parts, say: Say) -> None:
    """Connections, ticks and sends, until told to stop."""
    stop = asyncio.Event()
    with _heeding(stop.set):
        async with _working(parts, say) as connections:
            stopped = asyncio.create_task(stop.wait())
            await asyncio.wait((stopped, *connections), return_when=asyncio.FIRST_COMPLETED)
            stopped.cancel()
            _raise_failures(connections)


@contextmanager
def _heeding(leave: Callable[[], object]) -> Iterator[None]:
    """SIGTERM and Ctrl-C mean ``leave``.  Hosting platforms send several: the second changes nothing."""
    loop = asyncio.get_running_loop()
    before = {
        sign: signal.signal(sign, lambda *_: loop.call_soon_threadsafe(leave))
        for sign in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """Raises `ConfigError` when the address is taken, before anything else has begun."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        door = socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        raise ConfigError(
            f"Nothing can listen on {settings.host}, port {settings.port} ({error.strerror}): "
            "another program has it, or HOST is not this machine's. Set PORT to another number."
        ) from error
    with door:
        yield door


@asynccontextmanager
async def _working(parts: Parts, say: Say) -> AsyncIterator[tuple[asyncio.Task[None], ...]]:
    """Connected platforms and the engine.  At the end messages under way arrive before platforms hang up."""
    await invite_first_admin(parts, say)
    connections = tuple(
        asyncio.create_task(adapter.run(parts.dispatcher), name=adapter.name)
        for adapter in parts.adapters.values()
    )
    parts.engine.start()
    try:
        yield connections
    finally:
        try:
            await parts.engine.stop()
        finally:
            await _disconnect(connections)
            await parts.close()


async def _disconnect(connections: Iterable[asyncio.Task[None]]) -> None:
    """However a connection ended, the others are ended in good order, too."""
    for connection in connections:
        connection.cancel()
    await asyncio.wait(connections, timeout=_HANG_UP)


def _server(parts: Parts, health: Health, say: Say) -> Server:
    """Listens until its ``should_exit`` is set."""
    from uvicorn import Config, Server

    settings = parts.settings

    class Announcing(Server):
        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            """Ours stay: uvicorn's would kill the process on the way out, before messages have arrived."""
            yield

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
        timeout_graceful_shutdown=_GOODBYE,
    )
    return Announcing(config)


def _address(server: object, settings: Settings) -> str:
    listening = [s for one in getattr(server, "servers", ()) for s in one.sockets]
    port = int(listening[0].getsockname()[1]) if listening else settings.port
    return f"http://{settings.host}:{port}"


def _raise_failures(connections: Iterable[asyncio.Task[None]]) -> None:
    """A platform that ended by itself ended badly: the process must not look alive."""
    for connection in connections:
        if connection.done() and not connection.cancelled():
            connection.result()
