"""From the outbox to people: one at a time in a lane, a few at once, only what is still true."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.milestone import State
from bot.domain.outbox import TRUST, OutboxRow
from bot.ports import UnitOfWork
from tests.bot.reminders.stage import ANA, BORIS, CHEN, HOME
from tests.bot.reminders.world import MINUTE, World, account, new_engine, numbered
from tests.fakes.adapter import FakeAdapter


async def test_an_assignment_is_told_at_once_with_where_it_came_from(world: World) -> None:
    await world.assign(await world.make())
    await world.engine.run_until_quiet()
    [message] = world.slack.to(account("ana"))
    assert message.first_line.startswith("You own APX-7 Prototype tested now")
    assert "Boris Kern made you the owner in #apex." in message.text


async def test_the_intent_is_committed_before_anything_leaves(world: World) -> None:
    await world.assign(await world.make())
    world.slack.holding = asyncio.Event()
    world.engine.wake()
    await world.slack.until(lambda: world.slack.under_way == 1)
    assert await world.states() == {"sending": 1}
    world.slack.holding.set()
    await world.engine.run_until_quiet()
    assert await world.states() == {"sent": 1}


async def test_one_message_at_a_time_goes_to_aperson_of(world: World) -> None:
    await world.make_many(5)
    await world.engine.run_until_quiet()
    assert len(world.slack.sent) == 5
    assert world.slack.most_under_way == 1


async def test_a_few_are_under_way_at_once_on_one_platform(world: World) -> None:
    for owner in ("ana", "boris", "chen"):
        await world.assign(await world.make(numbered(owner)), owner, by="nobody")
    world.slack.holding = asyncio.Event()
    world.engine.wake()
    await world.slack.until(lambda: world.slack.under_way == 3)
    world.slack.holding.set()
    await world.engine.run_until_quiet()
    assert len(world.slack.sent) == 3


async def test_fewer_are_under_way_where_nobody_can_be_asked(world: World) -> None:
    for person in (ANA, BORIS, CHEN):
        await world.reach_on_telegram(person)
        await world.assign(await world.make(numbered(person.id)), person.id, by="nobody")
    await under_way_at_most(world, world.telegram, 2)
    assert len(world.telegram.sent) == 3


async def test_one_platform_never_takes_the_last_place(world: World) -> None:
    milestone = await world.make()
    for number in range(4):
        await world.post_card(milestone, replace(HOME, id=f"C{number}"))
    await under_way_at_most(world, world.slack, 3)
    assert len(world.slack.sent) == 4


async def under_way_at_most(world: World, adapter: FakeAdapter, most: int) -> None:
    adapter.holding = asyncio.Event()
    world.engine.wake()
    await adapter.until(lambda: adapter.under_way == most)
    for _ in range(10):  # whoever else would begin, has begun by then
        await world.do(lambda uow: None)
        await asyncio.sleep(0)
    assert adapter.under_way == most
    adapter.holding.set()
    await world.engine.run_until_quiet()
    assert adapter.most_under_way == most


async def test_a_platform_that_hangs_holds_up_no_other(world: World) -> None:
    for person in (ANA, CHEN):
        await world.reach_on_telegram(person)
        await world.assign(await world.make(numbered(person.id)), person.id, by="nobody")
    world.telegram.holding = asyncio.Event()
    world.engine.wake()
    await world.telegram.until(lambda: world.telegram.under_way == 2)
    await world.assign(await world.make(numbered("boris")), "boris", by="nobody")
    world.engine.wake()
    await world.slack.until(lambda: bool(world.slack.sent))
    assert not world.telegram.sent
    world.telegram.holding.set()
    await world.engine.run_until_quiet()


async def test_what_stopped_being_true_is_not_sent(world: World) -> None:
    milestone = await world.assign(await world.make())
    await world.change(milestone, state=State.CANCELLED)
    await world.engine.run_until_quiet()
    assert not world.slack.sent
    assert await world.states() == {"cancelled": 1}


async def test_an_owner_who_is_no_longer_owner_is_told_nothing(world: World) -> None:
    milestone = await world.assign(await world.make(), "chen")
    await world.assign(milestone, "ana")
    await world.engine.run_until_quiet()
    assert not world.slack.to(account("chen"))
    assert len(world.slack.to(account("ana"))) == 1


async def test_what_is_too_late_expires(world: World) -> None:
    await world.assign(await world.make())
    await world.jump(world.clock.now() + timedelta(hours=24))
    assert await world.states() == {"expired": 1}


async def test_a_claim_grown_old_sends_nothing(world: World) -> None:
    """The process was frozen between its claim and its request: somebody else has the row by now."""
    await world.assign(await world.make())
    age = 0.0
    frozen = new_engine(world.store, world.clock, world.slack, elapsed=lambda: age)
    await frozen._relay.pump()
    age = TRUST.total_seconds() + 1
    await asyncio.gather(*frozen._relay._tasks)
    assert world.slack.requests == 0
    assert await world.states() == {"pending": 1}
    await world.at(world.clock.now() + MINUTE)
    assert [m.how.repeat for m in world.slack.sent] == [False]


async def test_an_old_claim_moves_nothing(world: World) -> None:
    """Its lease ran out and somebody else has the row: whatever the old owner says is not heard."""
    await world.assign(await world.make())
    now = world.clock.now
    [old] = await world.do(lambda uow: uow.outbox.claim("old", now(), 1))
    world.clock.jump_to(now() + 2 * MINUTE)
    await world.do(lambda uow: uow.outbox.reap(now()))
    [new] = await world.do(lambda uow: uow.outbox.claim("new", now(), 1))
    assert new.epoch > old.epoch
    assert not await world.do(lambda uow: uow.outbox.intend(old, now()))
    assert not await world.do(lambda uow: uow.outbox.drop(old, expired=True))
    assert await world.do(lambda uow: uow.outbox.intend(new, now()))
    for move in ("sent", "retry", "doubt", "park", "bury"):
        assert not await world.do(lambda uow, move=move: _moved(uow, move, old, now()))  # type: ignore[misc]
    assert await world.states() == {"sending": 1}
    assert await world.do(lambda uow: uow.outbox.sent(new, "", now()))


def _moved(uow: UnitOfWork, move: str, row: OutboxRow, now: datetime) -> bool:
    outbox = uow.outbox
    return {
        "sent": lambda: outbox.sent(row, "", now),
        "retry": lambda: outbox.retry(row, now, "x", is_try=True),
        "doubt": lambda: outbox.doubt(row, "x"),
        "park": lambda: outbox.park(row, "x"),
        "bury": lambda: outbox.bury(row, "x"),
    }[move]()


async def test_an_orderly_stop_lets_what_is_under_way_arrive(world: World) -> None:
    await world.assign(await world.make())
    world.slack.holding = asyncio.Event()
    world.engine.wake()
    await world.slack.until(lambda: world.slack.under_way == 1)
    stopping = asyncio.create_task(world.engine.stop())
    await asyncio.sleep(0)
    world.slack.holding.set()
    await stopping
    assert await world.states() == {"sent": 1}


async def test_an_orderly_stop_leaves_in_doubt_only_what_does_not_arrive(world: World) -> None:
    await world.make_many(2)
    world.slack.holding = asyncio.Event()
    world.engine.wake()
    await world.slack.until(lambda: world.slack.under_way == 1)
    await world.engine.stop(within=timedelta(0))
    assert await world.states() == {"sending": 1, "pending": 1}


async def test_a_stopped_engine_takes_up_nothing(world: World) -> None:
    await world.engine.stop()
    await world.assign(await world.make())
    world.engine.wake()
    await world.engine.run_until_quiet()
    assert await world.states() == {"pending": 1}
