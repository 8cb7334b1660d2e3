"""Somebody cannot be told: another account, then the lead, then the next step of the ladder."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.people import Identity
from bot.errors import Delivery, DeliveryError
from tests.bot.reminders.stage import ANA, APEX, BORIS, HOME, MILESTONE, utc
from tests.bot.reminders.world import W, World, account, told
from tests.fakes.adapter import refused

NEVER_STARTED = DeliveryError(Delivery.DESTINATION, "never_started")


async def test_another_account_is_tried_first(world: World) -> None:
    there = account("ana", "telegram")
    await world.do(lambda uow: uow.people.add_identity(Identity("ana", W, there), world.clock.now()))
    await world.assign(await world.make())
    world.slack.faults.append(refused("account_gone"))
    await world.engine.run_until_quiet()
    assert len(world.telegram.to(there)) == 1
    assert not world.slack.sent
    identities = await world.do(lambda uow: uow.people.identities(W, "ana"))
    assert [(i.ref.platform, i.reachable) for i in identities] == [("slack", False), ("telegram", True)]


async def test_without_another_account_the_lead_hears_it_and_why(world: World) -> None:
    await world.make()
    world.slack.unreachable[account("ana")] = NEVER_STARTED
    await world.at(utc(6, 10))
    lines = [m.first_line for m in world.slack.to(account("boris"))]
    assert lines == [
        "Ana Costa cannot be reached on Slack: reminders come to you.",
        "APX-7 Prototype tested is due Fri 13 Mar, in 5 working days. Will it hold?",
    ] or lines == [
        "APX-7 Prototype tested is due Fri 13 Mar, in 5 working days. Will it hold?",
        "Ana Costa cannot be reached on Slack: reminders come to you.",
    ]  # fmt: skip
    assert any("Ana Costa cannot be reached, so this" in m.text for m in world.slack.to(account("boris")))


async def test_the_lead_is_told_why_once_a_day(world: World) -> None:
    world.slack.unreachable[account("ana")] = NEVER_STARTED
    await world.make()
    await world.make(replace(MILESTONE, id="m8", number=8))
    await world.at(utc(12))
    why = [m.at.day for m in world.slack.to(account("boris")) if "cannot be reached on" in m.first_line]
    reminders = [m for m in world.slack.to(account("boris")) if "Will it hold" in m.first_line]
    assert why == [6, 11]
    assert len(reminders) == 4


async def test_known_to_be_unreachable_is_not_tried_again(world: World) -> None:
    await world.make()
    world.slack.faults.append(refused("user_gone"))
    await world.at(utc(12))
    assert not world.slack.to(account("ana"))
    assert len([m for m in world.slack.to(account("boris")) if "Will it hold" in m.first_line]) == 2


async def test_who_can_be_reached_again_hears_for_themselves(world: World) -> None:
    await world.make()
    world.slack.faults.append(refused("user_gone"))
    await world.at(utc(7))
    await world.do(lambda uow: uow.people.save_identity(Identity("ana", W, account("ana"))))
    await world.at(utc(12))
    assert [m.at for m in world.slack.to(account("ana"))] == [utc(11, 9)]


async def test_the_lead_in_the_owners_place_is_not_told_a_second_time(world: World) -> None:
    world.slack.unreachable[account("ana")] = NEVER_STARTED
    await world.make()
    await world.at(utc(19))
    overdue = [m for m in world.slack.sent if "Overdue" in m.first_line]
    assert told(overdue) == [(utc(16, 9), "D-boris"), (utc(17, 23), "D-chen")]


async def test_when_nobody_can_stand_in_the_ladder_goes_on_at_once(world: World) -> None:
    """The owner is the lead, so nobody stands in; the head hears it in her next morning."""
    own = replace(APEX, lead_id="ana")
    await world.do(lambda uow: uow.projects.save(own))
    world.slack.unreachable[account("ana")] = NEVER_STARTED
    await world.make()
    await world.at(utc(18))
    overdue = [m for m in world.slack.sent if "Overdue" in m.first_line]
    assert told(overdue) == [(utc(16, 23), "D-chen")]


async def test_what_nobody_could_be_told_waits_for_them(world: World) -> None:
    await world.do(lambda uow: uow.projects.save(replace(APEX, lead_id="ana")))
    world.slack.unreachable[account("ana")] = NEVER_STARTED
    await world.assign(await world.make())
    await world.engine.run_until_quiet()
    assert await world.states() == {"blocked": 1}
    del world.slack.unreachable[account("ana")]
    await world.do(lambda uow: uow.outbox.unpark("slack", str(account("ana"))))
    await world.engine.run_until_quiet()
    assert len(world.slack.to(account("ana"))) == 1


async def test_a_person_without_any_account_is_stood_in_for_too(world: World) -> None:
    dana = replace(ANA, id="dana", name="Dana Roe")
    await world.do(lambda uow: uow.people.add(dana))
    await world.make(replace(MILESTONE, owner_id="dana"))
    await world.at(utc(6, 10))
    assert any("Dana Roe cannot be reached, so this" in m.text for m in world.slack.to(account("boris")))


async def test_a_channel_that_refuses_the_last_step_ends_the_ladder(world: World) -> None:
    await world.do(lambda uow: uow.projects.save(replace(APEX, head_id="")))
    await world.make()
    await world.at(utc(18))
    world.slack.faults.extend([refused("is_archived")] * 9)
    await world.at(utc(31))
    assert not [m for m in world.slack.sent if m.ref.conversation == HOME]
    assert not await world.do(lambda uow: uow.due.take(utc(31) + timedelta(days=300), 10))


async def test_a_lead_who_gave_it_away_is_not_told_that_they_own_it(world: World) -> None:
    world.slack.unreachable[account("ana")] = NEVER_STARTED
    await world.assign(await world.make(), by="boris")
    await world.engine.run_until_quiet()
    assert [m.first_line for m in world.slack.to(account("boris"))] == [
        "Ana Costa cannot be reached on Slack: reminders come to you."
    ]


async def test_a_lead_hears_whom_somebody_else_made_the_owner(world: World) -> None:
    world.slack.unreachable[account("ana")] = NEVER_STARTED
    await world.assign(await world.make(), by="chen")
    await world.engine.run_until_quiet()
    heard = [m.first_line for m in world.slack.to(account("boris"))]
    assert "Ana Costa owns APX-7 Prototype tested now, due Fri 13 Mar, in 29 working days." in heard


async def test_what_stands_in_a_channel_says_why_it_came_there(world: World) -> None:
    await world.do(lambda uow: uow.projects.save(replace(APEX, head_id="")))
    await world.make()
    await world.at(utc(24))
    [first, *_] = [m for m in world.slack.sent if m.ref.conversation == HOME and "Overdue" in m.first_line]
    assert "This comes here because nobody answered." in first.text
    assert "comes to you" not in first.text


async def test_an_inactive_owner_is_passed_over(world: World) -> None:
    await world.do(lambda uow: uow.people.save(replace(ANA, active=False)))
    await world.make()
    await world.at(utc(17))
    assert told(world.slack.sent) == [(utc(16, 8), "D-boris")]


async def test_asking_where_somebody_is_may_fail_without_a_doubt(world: World) -> None:
    """Finding the direct conversation is a request too, but nothing was said by it."""
    await world.assign(await world.make(), "boris", by="ana")
    world.slack.unreachable[account(BORIS)] = DeliveryError(Delivery.UNKNOWN, "read_timeout")
    await world.engine.run_until_quiet()
    assert await world.states() == {"pending": 1}
    del world.slack.unreachable[account(BORIS)]
    await world.at(world.clock.now() + timedelta(minutes=1))
    assert len(world.slack.to(account(BORIS))) == 1
