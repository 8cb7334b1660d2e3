"""From a signed request to the finished answer: a page of many milestones, and adding one."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count

import bot.handlers
from benchmarks.databases import HOME, Filled
from benchmarks.report import Line, at_least, at_most, fact
from benchmarks.requests import CHANNEL, USER, command
from benchmarks.rounds import Contender, contest
from benchmarks.slack import Bolt, Ours, timed
from bot.clock import SystemClock
from bot.commands import discover
from bot.commands.lists import PAGE_SIZE
from bot.dispatcher import Dispatcher
from bot.dispatcher.turn import Setting
from bot.ports import Capabilities, Store

_FLOOR_TIMES, _TIMES = 800, 150
SIZES = (10_000, 100_000, 1_000_000)
TYPICAL = 100_000
_numbers = count(1)


@asynccontextmanager
async def serving(databases: Mapping[int, Filled]) -> AsyncIterator[Mapping[int, Ours]]:
    """Our Slack in front of each database, by its number of milestones."""
    stores = {milestones: filled.open() for milestones, filled in databases.items()}
    try:
        yield {milestones: Ours(dispatcher(store)) for milestones, store in stores.items()}
    finally:
        for store in stores.values():
            await store.close()


def dispatcher(store: Store) -> Dispatcher:
    capabilities = {"slack": Capabilities(forms=True, private_replies=True, can_find=True)}
    setting = Setting(registry=discover(bot.handlers), capabilities=capabilities, new_code=secrets.token_hex)
    return Dispatcher(store, setting, SystemClock(), secrets.token_hex)


async def lists(where: str, databases: Mapping[int, Filled], goal: float) -> Sequence[Line]:
    """A page of twenty, everybody's and one project's."""
    bolt = Bolt()
    async with serving(databases) as slack:
        runs: dict[str, Contender] = {"bolt": timed(bolt.answer, lambda: "status", _FLOOR_TIMES)}
        for milestones, ours in slack.items():
            runs[f"{milestones}"] = timed(ours.answer, lambda: "status", _TIMES, channel=CHANNEL)
        runs["project"] = timed(slack[TYPICAL].answer, lambda: "status", _TIMES, channel=HOME)
        runs["mine"] = timed(slack[TYPICAL].answer, lambda: "mine", _TIMES, channel=CHANNEL)
        for ours in slack.values():
            await _check(ours)
        found = await contest(runs)
    typical, what = f"{TYPICAL}", f"20 of {TYPICAL:,}, {where}"
    return (
        at_least(f"3 list {what}, share of Bolt's no-op", found.share(typical, "bolt"), goal),
        fact("  one list", found.of(typical) / 1e-6, "µs"),
        fact("  a project's list, share of Bolt's no-op", found.share("project", "bolt"), ""),
        fact("  mine, share of Bolt's no-op", found.share("mine", "bolt"), ""),
        at_most(f"3 growth from 10⁴ to 10⁶, {where}", found.ratio(f"{SIZES[-1]}", f"{SIZES[0]}"), 1.3),
    )


async def _check(ours: Ours) -> None:
    """Each list is a full page: an empty one, or a refusal, would be fast."""
    for text, channel in (("status", CHANNEL), ("status", HOME), ("mine", CHANNEL)):
        await ours.answer(command(text, channel))
        assert ours.rows_shown == PAGE_SIZE, f"{text} in {channel} shows {ours.rows_shown} rows"


async def adding(where: str, database: Filled, goal: float) -> Sequence[Line]:
    """A milestone with its history, due entry and card, in one commit."""
    bolt = Bolt()
    async with serving({TYPICAL: database}) as slack:
        ours = slack[TYPICAL]
        runs = {
            "bolt": timed(bolt.answer, _new, _FLOOR_TIMES),
            "in channel": timed(ours.answer, _new, _TIMES, channel=HOME),
            "directly": timed(ours.answer, _new_in_project, _TIMES, channel=f"D{USER}"),
        }
        found = await contest(runs)
    return (
        at_least(
            f"4 add in one transaction, {where}, share of Bolt's no-op",
            found.share("in channel", "bolt"),
            goal,
        ),
        fact("  one added", found.of("in channel") / 1e-6, "µs"),
        fact(
            "  directly, answered with the card, share of Bolt's no-op", found.share("directly", "bolt"), ""
        ),
    )


def _new() -> str:
    due = (datetime.now(UTC) + timedelta(days=90)).date()
    return f"new Prototype {next(_numbers)} tested by {due.isoformat()} me"


def _new_in_project() -> str:
    return f"{_new()} in P1"
