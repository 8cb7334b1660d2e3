"""What ``milepost doctor`` says: each line passes, warns or fails, with the remedy."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.app.parts import registry
from bot.app.platforms import remote_adapters
from bot.clock import SystemClock
from bot.config import Settings, SettingsError
from bot.errors import ConfigError, MilepostError
from bot.ports import Finding
from storage.database import DatabaseClock, open_store
from storage.migrate import is_current

_SIGNS = {"ok": "ok  ", "warn": "warn", "fail": "FAIL"}
_LATE = timedelta(minutes=2)
_SKEW = timedelta(seconds=60)
_LEAST_DISK = 200 * 1024 * 1024  # bytes


async def examine(load: Callable[[], Settings], say: Callable[[str], None]) -> int:
    """Say every finding; 0 all well, 1 something to look at, 2 something broken."""
    levels = set()
    async for finding in _findings(load):
        levels.add(finding.level)
        say(f"{_SIGNS[finding.level]}  {finding.what}")
        if finding.remedy:
            say(f"      → {finding.remedy}")
    return 2 if "fail" in levels else 1 if "warn" in levels else 0


async def _findings(load: Callable[[], Settings]) -> AsyncIterator[Finding]:
    try:
        settings = load()
    except SettingsError as error:
        yield Finding("fail", f"Settings: {error}", "Compare your .env with .env.example.")
        return
    yield Finding("ok", f"Settings: {_modes(settings)}")
    for finding in (_zones(), _fonts(), *_disk(settings)):
        yield finding
    async for finding in _database(settings):
        yield finding
    async for finding in _platforms(settings):
        yield finding


def _modes(settings: Settings) -> str:
    found = [name for name, on in (("Slack", settings.has_slack), ("Telegram", settings.has_telegram)) if on]
    return ", ".join(found) or ("demo on the web page" if settings.is_demo else "web page only")


def _zones() -> Finding:
    try:
        ZoneInfo("Europe/Berlin")
    except (KeyError, OSError):
        return Finding("fail", "Time zones: no data", "Install the tzdata package.")
    return Finding("ok", "Time zones: data found")


def _fonts() -> Finding:
    from bot.pictures import fonts

    missing = fonts()
    if missing:
        scripts = ", ".join(missing)
        return Finding("warn", f"Fonts: pictures cannot show {scripts}", f"Install fonts for {scripts}.")
    return Finding("ok", "Fonts: pictures can show every script we use")


def _disk(settings: Settings) -> tuple[Finding, ...]:
    file = settings.sqlite_file
    if file is None:
        return ()
    there = next(folder for folder in file.absolute().parents if folder.exists())
    free = shutil.disk_usage(there).free
    if free < _LEAST_DISK:
        return (Finding("warn", "Disk: less than 200 MB free", "Make room: a full disk stops every change."),)
    return (Finding("ok", "Disk: enough room"),)


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    file = settings.sqlite_file
    if file and not file.exists():
        yield Finding("warn", "Database: not made yet", "Run: milepost migrate (milepost run does it, too).")
        return
    try:
        if not is_current(settings.database_url):
            yield Finding("fail", "Database: its schema is older than the program", "Run: milepost migrate")
            return
        async for finding in _contents(settings):
            yield finding
    except MilepostError:
        yield Finding("fail", "Database: cannot be reached", "Check DATABASE_URL and that the server is up.")


async def _contents(settings: Settings) -> AsyncIterator[Finding]:
    store = open_store(settings.database_url, SystemClock())
    try:
        now = SystemClock().now()
        counts = await store.read(lambda uow: dict(uow.outbox.counts()))
        oldest = await store.read(lambda uow: uow.outbox.oldest_due(now))
        unplanned = await store.read(lambda uow: uow.due.take(now - _LATE, 1))
        said = await store.read(lambda uow: uow.feedback.count())
    finally:
        await store.close()
    yield Finding("ok", "Database: reachable, schema current")
    yield _clock(settings)
    yield _queue(counts)
    if said:
        yield Finding("ok", f"Feedback: {said} kept; admins read it by typing: feedback")
    if unplanned or (oldest and now - oldest > _LATE):
        what = "Outbox: messages wait" if oldest else "Reminders: nobody has planned what is due"
        yield Finding("warn", what, "Is the worker running? Start: milepost worker (or milepost run)")


def _queue(counts: dict[str, int]) -> Finding:
    stuck = {name: n for name in ("blocked", "unknown", "dead") if (n := counts.get(name, 0))}
    if not stuck:
        return Finding("ok", "Outbox: nothing stuck")
    words = ", ".join(f"{n} {name}" for name, n in stuck.items())
    return Finding("warn", f"Outbox: {words}", "The log names each with its platform's code.")


def _clock(settings: Settings) -> Finding:
    if settings.is_sqlite:
        return Finding("ok", "Clock: this machine's")
    theirs = DatabaseClock(settings.database_url)
    apart = abs(theirs.now() - SystemClock().now())
    theirs.close()
    if apart > _SKEW:
        seconds = round(apart.total_seconds())
        return Finding(
            "warn", f"Clock: {seconds} s away from the database's", "Turn on time synchronisation."
        )
    return Finding("ok", "Clock: agrees with the database's")


async def _platforms(settings: Settings) -> AsyncIterator[Finding]:
    try:
        adapters = remote_adapters(settings, SystemClock(), registry().verbs)
    except ConfigError as error:
        yield Finding("fail", str(error), "Compare your .env with .env.example.")
        return
    for adapter in adapters:
        for finding in await adapter.check():
            yield finding
