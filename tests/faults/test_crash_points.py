"""R2: a process dies at a named point, and the next one makes the best of what it finds.

Dying is an error nothing catches; the database and the platform keep what they had at that moment.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

import pytest

from bot.domain.notices import NoticeKind
from bot.ports import Store, UnitOfWork
from storage.database import open_store
from tests.bot.reminders.stage import ANA, MADE, utc
from tests.bot.reminders.world import World, furnish, new_engine
from tests.fakes.adapter import FakeAdapter, Fault
from tests.fakes.clock import FakeClock

T = TypeVar("T")
CLAIM, INTENT, RECORD = 1, 2, 3  # the writes of one message, in order


class Killed(BaseException):
    """SIGKILL, as far as Python can say it."""


class DyingStore:
    """Implements `Store`; the process dies in its ``dies_in``-th write, before or after the commit."""

    def __init__(self, store: Store, dies_in: int = 0, *, committed: bool = False) -> None:
        self._store, self._dies_in, self._committed, self._writes = store, dies_in, committed, 0

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        self._writes += 1
        if self._dies_in and self._writes >= self._dies_in:
            if self._writes == self._dies_in:
                await self._store.write(work if self._committed else _never_committed(work))
            raise Killed
        return await self._store.write(work)

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self._store.read(work)

    async def close(self) -> None:
        await self._store.close()


def _never_committed(work: Callable[[UnitOfWork], T]) -> Callable[[UnitOfWork], T]:
    def die(uow: UnitOfWork) -> T:
        work(uow)
        raise Killed

    return die


@pytest.fixture(params=["slack", "telegram"])
async def world(database_url: str, request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """Ana is on one of the platforms, only there."""
    clock = FakeClock(MADE)
    store = open_store(database_url, clock)
    slack, telegram = FakeAdapter(clock), FakeAdapter(clock, "telegram", can_find=False)
    await store.write(lambda uow: furnish(uow, clock.now()))
    made = World(store, clock, slack, telegram, new_engine(store, clock, slack, telegram))
    if request.param == "telegram":
        await made.reach_on_telegram(ANA)
    yield made
    await made.engine.stop()
    await store.close()


async def plan(world: World, kind: NoticeKind) -> None:
    milestone = await world.make()
    world.clock.jump_to(utc(6, 9))
    if kind is NoticeKind.ASSIGNED:
        await world.do(lambda uow: uow.due.remove("w", "m:m7"))
        await world.assign(milestone)
        await world.do(lambda uow: uow.due.remove("w", "m:m7"))
    else:
        await world.engine._ticker.tick()


async def run_and_die(world: World, store: Store) -> None:
    dying = new_engine(store, world.clock, world.slack, world.telegram, name="the dying one")
    outcome = await asyncio.gather(dying._relay.pump(), return_exceptions=True)
    outcome += await asyncio.gather(*dying._relay._tasks, return_exceptions=True)
    assert any(isinstance(end, Killed) for end in outcome)


async def live_on(world: World) -> None:
    for _ in range(3):
        await world.settle()


def check(world: World, kind: NoticeKind, states: dict[str, int]) -> None:
    """What is promised after any death (reliability R1)."""
    copies = len(world.slack.sent) + len(world.telegram.sent)
    if world.slack.requests or world.slack.asked:
        assert (copies, states) == (1, {"sent": 1})
    elif kind is NoticeKind.DUE_SOON:
        assert copies <= 1
        assert states in ({"sent": 1}, {"unknown": 1})
    else:
        assert 1 <= copies <= 2
        assert [m.how.repeat for m in world.telegram.sent][1:] in ([], [True])
        assert states in ({"sent": 1}, {"unknown": 1})


STORAGE_POINTS = {
    "before the claim": (CLAIM, False, "pending"),
    "after the claim": (CLAIM, True, "leased"),
    "before the intent": (INTENT, False, "leased"),
    "after the intent": (INTENT, True, "sending"),
    "before the record": (RECORD, False, "sending"),
    "after the record": (RECORD, True, "sent"),
}


@pytest.mark.parametrize("point", STORAGE_POINTS)
@pytest.mark.parametrize("kind", [NoticeKind.ASSIGNED, NoticeKind.DUE_SOON])
async def test_dying_in_the_database(world: World, kind: NoticeKind, point: str) -> None:
    dies_in, committed, left = STORAGE_POINTS[point]
    await plan(world, kind)
    await run_and_die(world, DyingStore(world.store, dies_in, committed=committed))
    assert await world.states() == {left: 1}
    await live_on(world)
    check(world, kind, await world.states())


@pytest.mark.parametrize("accepted", [False, True], ids=["before it was taken", "after it was taken"])
@pytest.mark.parametrize("kind", [NoticeKind.ASSIGNED, NoticeKind.DUE_SOON])
async def test_dying_on_the_wire(world: World, kind: NoticeKind, accepted: bool) -> None:
    await plan(world, kind)
    for adapter in (world.slack, world.telegram):
        adapter.faults.append(Fault(Killed(), after=accepted))
    await run_and_die(world, DyingStore(world.store))
    for adapter in (world.slack, world.telegram):
        adapter.faults.clear()
    assert await world.states() == {"sending": 1}
    await live_on(world)
    check(world, kind, await world.states())


@pytest.mark.parametrize("committed", [False, True])
async def test_dying_in_the_reconciler(world: World, committed: bool) -> None:
    await plan(world, NoticeKind.ASSIGNED)
    await run_and_die(world, DyingStore(world.store, INTENT, committed=True))
    for dies_in in (1, 2, 3):
        world.clock.jump_to(utc(6, 9, 4 * dies_in))
        store = DyingStore(world.store, dies_in, committed=committed)
        dying = new_engine(store, world.clock, world.slack, world.telegram, name=f"reconciler {dies_in}")
        await asyncio.gather(dying._reconciler.reconcile(), return_exceptions=True)
    await live_on(world)
    check(world, NoticeKind.ASSIGNED, await world.states())


@pytest.mark.parametrize("committed", [False, True])
async def test_dying_while_planning_plans_each_thing_once(world: World, committed: bool) -> None:
    await world.make()
    world.clock.jump_to(utc(6, 9))
    dying = new_engine(
        DyingStore(world.store, 1, committed=committed),
        world.clock,
        world.slack,
        world.telegram,
        name="dying",
    )
    with pytest.raises(Killed):
        await dying._ticker.tick()
    await world.engine.run_until_quiet()
    assert await world.states() == {"sent": 1}
