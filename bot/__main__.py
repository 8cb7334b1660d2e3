"""The command line."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Coroutine
from contextlib import nullcontext
from typing import Any, NoReturn, TypeVar

import typer

from bot.config import Settings, SettingsError, load
from bot.errors import MilepostError

T = TypeVar("T")
Serve = Callable[[Any, Callable[[str], None]], Coroutine[Any, Any, None]]

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Milepost keeps your milestones.",
)
manifests = typer.Typer(no_args_is_help=True, help="What to paste when setting a platform up.")
cli.add_typer(manifests, name="manifest")
exports = typer.Typer(no_args_is_help=True, help="Take the data along.")
cli.add_typer(exports, name="export")


def main() -> None:
    cli()


@cli.command()
def run() -> None:
    """Everything in one process: web page, configured platforms, reminders."""
    from bot.app import run_everything

    _start(run_everything, alone=True, migrate=True)


@cli.command()
def web() -> None:
    """HTTP only: the page and webhooks.  A worker must run beside it."""
    from bot.app import run_web

    _start(run_web, alone=False, migrate=False)


@cli.command()
def worker() -> None:
    """Platform connections, reminders and sending."""
    from bot.app import run_worker

    _start(run_worker, alone=True, migrate=False)


@cli.command()
def migrate() -> None:
    """Bring the database to the current schema."""
    from bot.app.database import migrate as upgrade

    settings = _settings()
    _guarded(lambda: upgrade(settings))
    typer.echo("The database is up to date.")


@cli.command()
def doctor() -> None:
    """Check settings, database, tokens and scopes, clock and fonts; say the remedy."""
    from bot.app.doctor import examine

    raise typer.Exit(asyncio.run(examine(load, typer.echo)))


@exports.command("all")
def export_all(
    to: str = typer.Option("-", help="A new file; with .gz it is packed. - writes to the screen."),
) -> None:
    """Everything of every team as JSON lines: no keys, no codes.  May run beside Milepost."""
    from bot.app.carrying import export_all as export

    settings = _settings()
    lines = _guarded(lambda: export(settings, to))
    if to != "-":
        typer.echo(f"{lines} lines in {to}. Bring them back with: milepost import {to}")


@cli.command("import")
def import_all(file: str) -> None:
    """An export into a database that nobody has used yet."""
    from bot.app.carrying import import_all as load

    settings = _settings()
    rows = _guarded(lambda: load(settings, file))
    typer.echo(f"{rows} rows are in place. Start Milepost: it goes on where it was.")


@manifests.command("slack")
def manifest_slack() -> None:
    """The app manifest for Slack's "From a manifest"."""
    from bot.app.manifests import slack

    typer.echo(slack(_settings().public_url))


@manifests.command("telegram")
def manifest_telegram() -> None:
    """What to tell @BotFather."""
    from bot.app.manifests import telegram

    typer.echo(telegram())


def _start(
    serve: Callable[[Any, Callable[[str], None]], Coroutine[Any, Any, None]], *, alone: bool, migrate: bool
) -> None:
    gc.disable()  # what is imported stays: looking for garbage in it costs a tenth of the start
    from bot.app import build
    from bot.app.database import only_process
    from bot.app.logs import configure

    settings = _settings()
    configure(settings.least_logged, settings.log_format)

    async def whole_life() -> None:
        parts = await build(settings, migrate=migrate)
        gc.freeze()
        gc.enable()
        await serve(parts, typer.echo)

    def serving() -> None:
        with only_process(settings) if alone else nullcontext():
            asyncio.run(whole_life())

    _guarded(serving)


def _settings() -> Settings:
    return _guarded(load)


def _guarded(work: Callable[[], T]) -> T:
    """A mistake somebody can mend is one sentence, not a traceback."""
    try:
        return work()
    except (MilepostError, SettingsError) as error:
        _stop(str(error))
    except KeyboardInterrupt:
        _stop("")


def _stop(sentence: str) -> NoReturn:
    if sentence:
        typer.echo(sentence, err=True)
    raise typer.Exit(2 if sentence else 0)


if __name__ == "__main__":
    main()
