"""What the platform does not take: paused, tried again, said plainly, parked or given up, by class."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import Delivery, DeliveryError
from bot.refs import PersonRef
from tests.bot.reminders.stage import BORIS, utc
from tests.bot.reminders.world import MINUTE, World, account, numbered
from tests.fakes.adapter import Accepted, Fault, away, limited, never


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
        await world.assign(await world.make(numbered(owner)), owner, by="nobody")
    world.slack.faults.extend([away()] * 100)
    await world.at(world.clock.now() + timedelta(seconds=29))
    before = world.slack.requests
    assert 5 <= before <= 9
    await world.at(world.clock.now() + 4 * MINUTE)
    assert world.slack.requests - before <= 9
    world.slack.faults.clear()
    await world.at(world.clock.now() + 6 * MINUTE)
    assert len(world.slack.sent) == 3


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
    assert account("ana") in {person_of(m) for m in world.slack.sent if m.at >= utc(18)}


def person_of(message: Accepted) -> PersonRef:
    return account(message.ref.conversation.id.removeprefix("D-"))
