"""Putting the house together: settings in, connected parts out."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from random import SystemRandom

import bot.handlers
from bot.app.boards import Desk
from bot.app.database import migrate as upgrade
from bot.app.database import require_schema, usable
from bot.app.platforms import adapters_for
from bot.app.seed import PLATFORM, TENANT, seed
from bot.cards import Picture
from bot.clock import Clock, DemoClock, SystemClock
from bot.commands import Registry, discover
from bot.config import Settings
from bot.dispatcher import Dispatcher
from bot.dispatcher.pace import Pace
from bot.dispatcher.turn import Setting
from bot.domain.people import Workspace
from bot.errors import VersionConflict
from bot.ports import Adapter, UnitOfWork
from bot.reminders.engine import Engine
from storage.database import DatabaseClock, SqlStore, open_store

ORDER = (
    "new",
    "status",
    "mine",
    "next",
    "late",
    "show",
    "done",
    "move",
    "assign",
    "block",
    "unblock",
    "blockers",
    "begin",
    "submit",
    "approve",
    "send-back",
    "hold",
    "resume",
    "rename",
    "drop",
    "reopen",
    "confirm",
    "undo",
    "plan",
    "project",
    "phase",
    "settings",
    "live",
    "link",
    "invite",
    "person",
    "whoami",
    "stop",
    "help",
)
FIRST_TEAM = f"{1:032x}"
"""The same in every process, so that two of them cannot both found it."""

_CODE_BYTES = 15  # 20 characters: 120 random bits


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a process needs; `close` when it ends."""

    settings: Settings
    clock: DemoClock
    store: SqlStore
    registry: Registry
    adapters: Mapping[str, Adapter]
    dispatcher: Dispatcher
    engine: Engine
    desk: Desk
    base: Clock

    async def close(self) -> None:
        for adapter in self.adapters.values():
            await adapter.close()
        await self.store.close()
        if isinstance(self.base, DatabaseClock):
            self.base.close()


def registry() -> Registry:
    return discover(bot.handlers, ORDER)


async def build(settings: Settings, clock: Clock | None = None, *, migrate: bool = True) -> Parts:
    """Connect the parts; nothing runs yet.  Raises `ConfigError`."""
    prepare = upgrade if migrate else require_schema
    prepare(settings)
    with usable():
        base = clock or _clock(settings)
        time = DemoClock(base)
        store = open_store(settings.database_url, time)
        await _begin(store, settings, time)
    return _connect(settings, time, store, base)


def new_code() -> str:
    """A link code nobody can guess."""
    return secrets.token_urlsafe(_CODE_BYTES)


def _connect(settings: Settings, clock: DemoClock, store: SqlStore, base: Clock) -> Parts:
    commands = registry()
    desk = Desk(store, clock, demo=settings.is_demo, platform=PLATFORM, tenant=TENANT)
    adapters = adapters_for(settings, clock, commands.verbs, desk)
    engine = Engine(store, adapters, clock, SystemRandom(), _worker_name())
    desk.travel_by(engine.travel)
    dispatcher = Dispatcher(
        store, _setting(commands, adapters), clock, _reference, engine.wake, drawn, _pace(settings)
    )
    return Parts(settings, clock, store, commands, adapters, dispatcher, engine, desk, base)


def _setting(commands: Registry, adapters: Mapping[str, Adapter]) -> Setting:
    can_open = (a for a in adapters.values() if a.capabilities.deep_links)
    opening = sorted(can_open, key=lambda a: a.capabilities.signs_in)  # a chat first, the page's sign-in else

    def deep_link(code: str) -> str:
        return next((link for a in opening if (link := a.deep_link(code))), "")

    capabilities = {name: adapter.capabilities for name, adapter in adapters.items()}
    return Setting(registry=commands, capabilities=capabilities, new_code=new_code, deep_link=deep_link)


def _pace(settings: Settings) -> Pace | None:
    """At one's own desk nobody floods anybody."""
    return None if settings.is_demo else Pace()


def drawn(picture: Picture) -> Picture:
    """The picture with its pixels; the drawing library is loaded at the first one."""
    from bot.pictures import png

    return replace(picture, png=png(picture.subject))


async def _begin(store: SqlStore, settings: Settings, time: DemoClock) -> None:
    """Web and worker start side by side on an empty database: whoever comes second finds the first's team."""
    try:
        await store.write(lambda uow: _prepare(uow, settings, time))
    except VersionConflict:
        await store.write(lambda uow: _prepare(uow, settings, time))


def _prepare(uow: UnitOfWork, settings: Settings, time: DemoClock) -> None:
    """The demo's clock goes on where it stood; an empty database gets its first workspace."""
    if settings.is_demo:
        time.forward_to(timedelta(seconds=uow.demo_time.ahead()))
    teams = uow.workspaces.all()
    if settings.is_demo and not any(w.demo for w in teams):
        seed(uow, time.now())
    if not settings.is_demo and not any(not w.demo for w in teams):
        name, zone = settings.workspace_name, settings.workspace_zone
        uow.workspaces.add(Workspace(FIRST_TEAM, name, zone, rehearsal=True))


def _clock(settings: Settings) -> Clock:
    return SystemClock() if settings.is_sqlite else DatabaseClock(settings.database_url)


def _worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"


def _reference() -> str:
    return secrets.token_hex(4)
