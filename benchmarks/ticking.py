"""The engine's own work: looking for what is due when nothing is, planning five hundred, and sending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from random import Random
from time import perf_counter

from sqlalchemy import text

from benchmarks.databases import WORKSPACE, Filled, the_id
from benchmarks.report import Line, at_most, fact
from benchmarks.rounds import Contender, contest
from bot.clock import SystemClock
from bot.ports import Filter, Store, UnitOfWork
from bot.reminders.arm import announce_assignment
from bot.reminders.relay import Relay
from bot.reminders.tick import plan_due
from storage.columns import microseconds
from storage.engines import connect
from tests.fakes.adapter import FakeAdapter

_LOOKS, _DUE, _MESSAGES = 1_000, 500, 200
_SMALL, _LARGE = 10_000, 1_000_000


async def ticking(where: str, databases: Mapping[int, Filled]) -> Sequence[Line]:
    """Idle ticks, ticks with 500 due subjects, and the rate at which their messages leave."""
    stores = {milestones: filled.open() for milestones, filled in databases.items()}
    try:
        idle = await contest({f"{n}": _idle(store) for n, store in stores.items()})
        runs = {f"{n}": _planned(stores[n], databases[n]) for n in (_SMALL, _LARGE)}
        busy = await contest({**runs, "sent": _sent(stores[_SMALL])}, rounds=5)
    finally:
        for store in stores.values():
            await store.close()
    small, large = f"{_SMALL}", f"{_LARGE}"
    return (
        at_most(f"8 idle tick from 10⁴ to 10⁶, {where}", idle.ratio(large, small), 1.3),
        fact("  one idle tick", idle.of(large) / 1e-6, "µs"),
        at_most(f"8 planning {_DUE} from 10⁴ to 10⁶, {where}", busy.ratio(large, small), 1.3),
        fact(f"  planning {_DUE}", busy.of(large) / 1e-3, "ms"),
        fact("  one message from outbox to a platform that answers at once", busy.of("sent") / 1e-6, "µs"),
    )


def _idle(store: Store) -> Contender:
    async def run() -> float:
        begun = perf_counter()
        for _ in range(_LOOKS):
            await store.write(partial(plan_due, now=datetime.now(UTC), most=50))
        return (perf_counter() - begun) / _LOOKS

    return run


def _planned(store: Store, filled: Filled) -> Contender:
    async def run() -> float:
        _bring_forward(filled)
        begun = perf_counter()
        while await store.write(partial(plan_due, now=datetime.now(UTC), most=50)):
            pass
        return perf_counter() - begun

    return run


def _sent(store: Store) -> Contender:
    """Messages to the fifty people who own them, through every step of the relay."""
    pages = count(1)

    async def run() -> float:
        await store.write(partial(_announce, page=next(pages)))
        clock = SystemClock()
        relay = Relay(store, {"slack": FakeAdapter(clock)}, clock, Random(1), "bench")
        begun = perf_counter()
        sent = await relay.drain()
        took = perf_counter() - begun
        await relay.close(timedelta(seconds=1))
        assert sent == _MESSAGES
        return took / sent

    return run


def _announce(uow: UnitOfWork, page: int) -> None:
    """Tell owners of milestones that somebody who owns none gave it to them."""
    for milestone in uow.milestones.page(WORKSPACE, Filter(), page, _MESSAGES).milestones:
        by = the_id("b", 1) if milestone.owner_id == the_id("b", 0) else the_id("b", 0)
        announce_assignment(uow, milestone, by, datetime.now(UTC))


def _bring_forward(filled: Filled) -> None:
    """Make 500 subjects due that are far from it."""
    soon = microseconds(datetime.now(UTC) - timedelta(minutes=1))
    _execute(
        filled,
        "UPDATE due SET at = :soon WHERE subject IN (SELECT subject FROM due ORDER BY at DESC LIMIT :most)",
        {"soon": soon, "most": _DUE},
    )


def _execute(filled: Filled, statement: str, values: Mapping[str, int]) -> None:
    engine = connect(filled.url)
    with engine.begin() as connection:
        connection.execute(text(statement), values)
    engine.dispose()
