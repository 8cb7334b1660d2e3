"""From the outbox to people: one at a time in a lane, by class of error, nothing twice and nothing lost."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.milestone import Milestone, State
from bot.domain.outbox import TRUST, OutboxRow
from bot.errors import Delivery, DeliveryError
from bot.ports import UnitOfWork
from tests.bot.reminders.stage import ANA, BORIS, CHEN, HOME, MILESTONE, utc
from tests.bot.reminders.world import World, account, new_engine
from tests.fakes.adapter import FakeAdapter, Fault, answer_lost, away, limited, never, request_lost

MINUTE = timedelta(minutes=1)


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


async def test_one_message_at_a_time_goes_to_a_person(world: World) -> None:
    await world.make_many(5)
    await world.engine.run_until_quiet()
    assert len(world.slack.sent) == 5
    assert world.slack.most_under_way == 1


async def test_a_few_are_under_way_at_once_on_one_platform(world: World) -> None:
    for owner in ("ana", "boris", "chen"):
        await world.assign(await world.make(_numbered(owner)), owner, by="nobody")
    world.slack.holding = asyncio.Event()
    world.engine.wake()
    await world.slack.until(lambda: world.slack.under_way == 3)
    world.slack.holding.set()
    await world.engine.run_until_quiet()
    assert len(world.slack.sent) == 3


async def test_fewer_are_under_way_where_nobody_can_be_asked(world: World) -> None:
    for person in (ANA, BORIS, CHEN):
        await world.reach_on_telegram(person)
        await world.assign(await world.make(_numbered(person.id)), person.id, by="nobody")
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
        await world.assign(await world.make(_numbered(person.id)), person.id, by="nobody")
    world.telegram.holding = asyncio.Event()
    world.engine.wake()
    await world.telegram.until(lambda: world.telegram.under_way == 2)
    await world.assign(await world.make(_numbered("boris")), "boris", by="nobody")
    world.engine.wake()
    await world.slack.until(lambda: bool(world.slack.sent))
    assert not world.telegram.sent
    world.telegram.holding.set()
    await world.engine.run_until_quiet()


async def test_too_many_requests_is_a_pause_and_not_a_try(world: World) -> None:
    await world.assign(await world.make())
    world.slack.faults.append(limited(30))
    await world.engine.run_until_quiet()
    assert await world.states() == {"pending": 1}
    world.clock.jump_to(world.clock.now() + timedelta(seconds=30))
    await world.engine.run_until_quiet()
    assert not world.slack.sent
    world.clock.jump_to(world.clock.now() + timedelta(seconds=2))
    await world.engine.run_until_quiet()
    [message] = world.slack.sent
    assert not message.how.repeat


async def test_any_number_of_pauses_uses_up_no_try(world: World) -> None:
    await world.assign(await world.make(), "boris", by="nobody")
    world.slack.faults.extend([limited(1), limited(1), limited(1), never(), never(), never(), never()])
    await world.at(world.clock.now() + 10 * MINUTE)
    assert world.slack.requests == 6


async def test_a_pause_holds_the_whole_lane(world: World) -> None:
    await world.make_many(3)
    world.slack.faults.append(limited(30))
    await world.engine.run_until_quiet()
    assert world.slack.requests == 1


async def test_what_was_certainly_not_sent_is_tried_again_a_little_later(world: World) -> None:
    await world.assign(await world.make())
    world.slack.faults.extend([away(), away()])
    await world.engine.run_until_quiet()
    assert await world.states() == {"pending": 1}
    await world.at(world.clock.now() + timedelta(seconds=10))
    assert [m.how.repeat for m in world.slack.sent] == [False]


async def test_after_five_closed_doors_one_knock_in_half_a_minute(world: World) -> None:
    for owner in ("ana", "boris", "chen"):
        await world.assign(await world.make(_numbered(owner)), owner, by="nobody")
    world.slack.faults.extend([away()] * 100)
    await world.at(world.clock.now() + timedelta(seconds=29))
    before = world.slack.requests
    assert 5 <= before <= 9
    await world.at(world.clock.now() + 4 * MINUTE)
    assert world.slack.requests - before <= 9
    world.slack.faults.clear()
    await world.at(world.clock.now() + 6 * MINUTE)
    assert len(world.slack.sent) == 3


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
    await world.assign(await world.make(_numbered("boris")), "boris", by="nobody")
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


async def test_what_formatting_spoils_is_said_once_in_plain_text(world: World) -> None:
    await world.assign(await world.make())
    world.slack.faults.append(never("invalid_blocks", plain_text_may_pass=True))
    await world.engine.run_until_quiet()
    assert [m.how.plain_text for m in world.slack.sent] == [True]


async def test_what_even_plain_text_cannot_save_is_dead_and_the_lane_goes_on(world: World) -> None:
    await world.make_many(2)
    world.slack.faults.extend([never("invalid_blocks", plain_text_may_pass=True)] * 2)
    await world.engine.run_until_quiet()
    assert await world.states() == {"dead": 1, "sent": 1}


async def test_an_unknown_refusal_is_tried_three_times(world: World) -> None:
    await world.reach_on_telegram(BORIS)
    await world.assign(await world.make(), "boris", by="nobody")
    world.telegram.faults.extend([never()] * 10)
    await world.at(world.clock.now() + 10 * MINUTE)
    assert world.telegram.requests == 3
    assert not world.telegram.sent


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


async def test_a_message_that_cannot_be_made_is_dead_after_three_tries(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    [first, _] = await world.make_many(2)

    def broken(milestone: object, *rest: object) -> object:
        if getattr(milestone, "id", "") == first.id:
            raise LookupError("no such word")
        return real(milestone, *rest)  # type: ignore[arg-type]

    from bot.views.reminders import assignment_card as real

    monkeypatch.setattr("bot.reminders.compose.assignment_card", broken)
    await world.at(world.clock.now() + MINUTE)
    assert await world.states() == {"dead": 1, "sent": 1}


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
    ages = iter([0.0, 0.0, TRUST.total_seconds() + 1])
    frozen = new_engine(world.store, world.clock, world.slack, elapsed=lambda: next(ages, 1e9))
    await frozen._relay.pump()
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


async def test_an_installation_that_is_refused_is_suspended_and_resumed(world: World) -> None:
    await world.make_many(2)
    world.slack.faults.append(Fault(DeliveryError(Delivery.INSTALL, "token_revoked")))
    await world.engine.run_until_quiet()
    assert await world.states() == {"blocked": 2}
    assert world.slack.requests == 1
    await world.do(lambda uow: uow.workspaces.resume("slack", "T1"))
    await world.engine.run_until_quiet()
    assert len(world.slack.sent) == 2


async def test_a_ladder_outlives_a_suspended_installation(world: World) -> None:
    await world.make()
    await world.at(utc(16, 8))
    world.slack.faults.append(Fault(DeliveryError(Delivery.INSTALL, "token_revoked")))
    await world.at(utc(16, 10))
    await world.at(utc(18, 12))
    await world.do(lambda uow: uow.workspaces.resume("slack", "T1"))
    await world.at(utc(19, 12))
    assert account("ana") in {_person(m) for m in world.slack.sent if m.at >= utc(18)}


def _person(message: object) -> object:
    conversation = message.ref.conversation  # type: ignore[attr-defined]
    return account(conversation.id.removeprefix("D-"))


def _numbered(owner: str) -> Milestone:
    return replace(MILESTONE, id=f"of-{owner}", number=50 + len(owner) * 7 + ord(owner[0]))
