"""Nobody knows whether it arrived: asked where one can ask, else by kind of message."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.domain.notices import MANNERS, NoticeKind
from bot.domain.outbox import LEASE
from bot.errors import Delivery, DeliveryError
from tests.bot.reminders.stage import ANA, utc
from tests.bot.reminders.world import World, account, new_engine, numbered
from tests.fakes.adapter import Fault, answer_lost, request_lost

LIFE = MANNERS[NoticeKind.ASSIGNED].life


async def test_a_lost_answer_is_cleared_up_by_asking(world: World) -> None:
    await world.assign(await world.make())
    world.slack.faults.append(answer_lost())
    await world.engine.run_until_quiet()
    assert await world.states() == {"uncertain": 1}
    await world.settle()
    assert await world.states() == {"sent": 1}
    assert (world.slack.asked, len(world.slack.sent)) == (1, 1)


async def test_a_lost_request_is_sent_again_after_asking(world: World) -> None:
    await world.assign(await world.make())
    world.slack.faults.append(request_lost())
    await world.engine.run_until_quiet()
    await world.settle()
    assert await world.states() == {"sent": 1}
    assert len(world.slack.sent) == 1


async def test_a_doubt_keeps_its_lane_and_no_other(world: World) -> None:
    await world.make_many(2)
    world.slack.faults.append(request_lost())
    await world.engine.run_until_quiet()
    await world.assign(await world.make(numbered("boris")), "boris", by="nobody")
    await world.engine.run_until_quiet()
    assert await world.states() == {"uncertain": 1, "pending": 1, "sent": 1}


async def test_a_doubt_is_not_settled_before_it_has_settled(world: World) -> None:
    await world.assign(await world.make())
    world.slack.faults.append(answer_lost())
    await world.engine.run_until_quiet()
    world.clock.jump_to(world.clock.now() + timedelta(seconds=59))
    await world.engine.reconcile()
    assert world.slack.asked == 0


async def test_a_platform_that_may_not_be_read_leaves_a_held_row(world: World) -> None:
    await world.assign(await world.make())
    world.slack.faults.append(request_lost())
    world.slack.find_error = DeliveryError(Delivery.DESTINATION, "missing_scope")
    await world.engine.run_until_quiet()
    await world.settle()
    assert await world.states() == {"unknown": 1}


async def test_a_platform_that_is_away_is_asked_again(world: World) -> None:
    await world.assign(await world.make())
    world.slack.faults.append(answer_lost())
    world.slack.find_error = DeliveryError(Delivery.NOT_SENT, "not_connected")
    await world.engine.run_until_quiet()
    await world.settle()
    assert await world.states() == {"uncertain": 1}
    world.slack.find_error = None
    await world.settle()
    assert await world.states() == {"sent": 1}


@pytest.mark.parametrize("fault", [answer_lost(), request_lost()], ids=["answer lost", "request lost"])
async def test_where_nobody_can_be_asked_a_reminder_is_never_repeated(world: World, fault: Fault) -> None:
    await world.reach_on_telegram(ANA)
    await world.make()
    await world.at(utc(6, 8))
    world.telegram.faults.append(fault)
    await world.at(utc(6, 9))
    await world.settle()
    assert await world.states() == {"unknown": 1}
    assert len(world.telegram.sent) == fault.after


async def test_where_nobody_can_be_asked_an_assignment_is_repeated_once_and_says_so(world: World) -> None:
    await world.reach_on_telegram(ANA)
    await world.assign(await world.make())
    world.telegram.faults.extend([answer_lost(), answer_lost(), answer_lost()])
    await world.engine.run_until_quiet()
    for _ in range(3):
        await world.settle()
    assert await world.states() == {"unknown": 1}
    assert [(m.how.repeat, m.how.silent) for m in world.telegram.sent] == [(False, False), (True, True)]
    first, second = world.telegram.sent
    assert [b.token for b in first.card.buttons] == [b.token for b in second.card.buttons]


async def test_a_held_step_counts_as_sent_and_the_ladder_goes_on(world: World) -> None:
    await world.reach_on_telegram(ANA)
    await world.make()
    await world.at(utc(16, 8))
    world.telegram.faults.extend([answer_lost(), answer_lost()])
    await world.at(utc(16, 9))
    for _ in range(3):
        await world.settle()
    await world.at(utc(17, 9))
    assert [m.at for m in world.slack.to(account("boris"))] == [utc(17, 8)]


async def test_a_platform_that_says_it_is_there_already_is_believed(world: World) -> None:
    await world.assign(await world.make())
    world.slack.faults.append(Fault(DeliveryError(Delivery.DONE, "duplicate_message_not_found")))
    await world.engine.run_until_quiet()
    assert await world.states() == {"sent": 1}


async def test_a_surprise_after_the_intent_is_a_doubt(world: World) -> None:
    await world.assign(await world.make())
    world.slack.faults.append(Fault(RuntimeError("a bug in the adapter"), after=True))
    await world.engine.run_until_quiet()
    assert await world.states() == {"uncertain": 1}
    await world.settle()
    assert len(world.slack.sent) == 1


async def test_a_row_that_breaks_the_asking_holds_up_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = await world.make_many(1)
    await world.post_card(many[0])
    world.slack.faults.extend([answer_lost(), answer_lost()])
    await world.engine.run_until_quiet()
    find, asked = world.slack.find, list[str]()

    async def breaking(to: object, oid: str, since: object) -> object:
        asked.append(oid)
        if oid == asked[0]:
            raise KeyError("messages")
        return await find(to, oid, since)  # type: ignore[arg-type]

    monkeypatch.setattr(world.slack, "find", breaking)
    await world.settle()
    states = await world.states()
    assert states.pop("uncertain") == 1
    assert set(states) == {"sent"}  # if it was the card, then its edit too: nobody knew what it showed


async def test_a_platform_that_never_answers_ends_a_doubt_with_the_message_s_life(world: World) -> None:
    await world.make_many(1)
    world.slack.faults.append(answer_lost())
    world.slack.find_error = DeliveryError(Delivery.UNKNOWN, "too_many_messages")
    await world.engine.run_until_quiet()
    await world.settle()
    assert await world.states() == {"uncertain": 1}
    world.clock.jump_to(world.clock.now() + LIFE)
    await world.settle()
    assert await world.states() == {"unknown": 1}


@pytest.mark.parametrize("hours", [-2, 2])
async def test_setting_the_clock_takes_no_message_from_who_is_sending_it(world: World, hours: int) -> None:
    steady = 0.0
    world.engine = new_engine(world.store, world.clock, world.slack, world.telegram, elapsed=lambda: steady)
    await world.engine.reconcile()
    milestone = await world.make()
    await world.reach_on_telegram(ANA)
    world.telegram.holding = asyncio.Event()
    await world.assign(milestone)
    world.engine.wake()
    await world.telegram.until(lambda: world.telegram.under_way == 1)
    world.clock.jump_to(world.clock.now() + timedelta(hours=hours))
    await world.engine.reconcile()
    assert await world.states() == {"sending": 1}
    world.telegram.holding.set()
    await world.engine.run_until_quiet()
    steady += LEASE.total_seconds()
    await world.engine.reconcile()
    await world.engine.run_until_quiet()
    assert await world.states() == {"sent": 1}
    assert len(world.telegram.sent) == 1
