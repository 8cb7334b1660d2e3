"""Time passes on a real store: what is said, to whom, when, and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.milestone import Blocked, Milestone, State
from bot.domain.notices import NoticeKind
from bot.ports import Due
from bot.reminders import arm
from bot.reminders.planner import plan, timetable
from tests.bot.reminders.stage import APEX, HOME, MILESTONE, SITUATION, small_firm, utc
from tests.bot.reminders.world import W, World, account, told

LADDER = [(utc(16, 9), "D-ana"), (utc(17, 8), "D-boris"), (utc(18, 23), "D-chen")]


async def test_a_milestone_left_alone_says_exactly_its_timetable(world: World) -> None:
    await world.make()
    await world.at(utc(31))
    said = [at for at, _ in told(world.slack.sent)]
    assert said == [row.at for row in timetable(SITUATION, utc(1))]
    assert told(world.slack.sent)[3:6] == LADDER
    assert await world.states() == {"sent": 9}


async def test_every_message_comes_once_however_often_one_looks(world: World) -> None:
    await world.make()
    await world.at(utc(11, 9))
    for _ in range(3):
        await world.do(lambda uow: uow.due.put(Due(utc(11, 9), W, "m:m7")))
        await world.engine.run_until_quiet()
    assert len(world.slack.sent) == 2


async def test_a_step_says_who_was_asked_and_when(world: World) -> None:
    await world.make()
    await world.at(utc(17, 9))
    [to_boris] = world.slack.to(account("boris"))
    assert to_boris.first_line.startswith("🔴 Overdue · APX-7 Prototype tested")
    assert "Ana Costa: asked Mon 16 Mar, no reply yet." in to_boris.text


async def test_finishing_leaves_nothing_to_say(world: World) -> None:
    milestone = await world.make()
    await world.at(utc(12))
    await world.change(milestone, state=State.CANCELLED)
    await world.at(utc(31))
    assert len(world.slack.sent) == 2


async def test_moving_arms_it_anew(world: World) -> None:
    milestone = await world.make()
    await world.at(utc(17))
    assert len(world.slack.to(account("ana"))) == 4
    await world.change(milestone, due=date(2026, 3, 27))
    await world.at(utc(28))
    later = [m.at for m in world.slack.sent if m.at > utc(17)]
    assert later == [utc(20, 9), utc(25, 9), utc(27, 9)]


async def test_undoing_a_move_repeats_no_reminder(world: World) -> None:
    milestone = await world.make()
    await world.at(utc(12))
    moved = await world.change(milestone, due=date(2026, 3, 27))
    await world.change(moved, due=MILESTONE.due)
    await world.at(utc(14))
    assert [m.at for m in world.slack.sent] == [utc(6, 9), utc(11, 9), utc(13, 9)]


async def test_a_change_that_promises_nothing_new_skips_no_reminder(world: World) -> None:
    """It is nine o'clock, the reminder is due, and somebody says it is blocked before anybody looked."""
    milestone = await world.make()
    await world.at(utc(11, 8))
    world.clock.jump_to(utc(11, 9, 0))
    await world.change(milestone, blocked=Blocked("permit", utc(11, 9), "ana"))
    await world.engine.run_until_quiet()
    assert [m.at for m in world.slack.sent] == [utc(6, 9), utc(11, 9)]


async def test_a_new_owner_has_a_full_delay_before_the_lead_hears(world: World) -> None:
    milestone = await world.make()
    await world.at(utc(17, 7))
    await world.assign(milestone, "chen")
    await world.at(utc(17, 12))
    assert not world.slack.to(account("boris"))
    await world.at(utc(18, 12))
    assert [m.at for m in world.slack.to(account("boris"))] == [utc(18, 8)]


async def test_done_and_undone_on_the_same_day_asks_again_on_the_next(world: World) -> None:
    milestone = await world.make()
    await world.at(utc(16, 10))
    done = await world.change(milestone, state=State.ACHIEVED)
    await world.change(done, state=State.PLANNED)
    await world.at(utc(17, 10))
    overdue = [m.at for m in world.slack.to(account("ana")) if m.at > utc(14)]
    assert overdue == [utc(16, 9), utc(17, 9)]


async def test_after_a_weekend_of_silence_one_message_is_said_not_three(world: World) -> None:
    await world.make()
    await world.at(utc(5))
    await world.jump(utc(16, 12))
    assert told(world.slack.sent) == [(utc(16, 12), "D-ana")]
    await world.at(utc(17, 12))
    assert told(world.slack.sent)[1:] == [(utc(17, 8), "D-boris")]


async def test_after_two_weeks_of_silence_the_ladder_takes_one_step_at_a_time(world: World) -> None:
    await world.make()
    await world.at(utc(5))
    await world.jump(utc(30, 12))
    assert told(world.slack.sent) == [(utc(30, 12), "D-ana")]
    await world.at(utc(31, 12))
    assert told(world.slack.sent)[1:] == [(utc(31, 7), "D-boris")]


async def test_what_was_due_while_the_process_slept_is_not_said_at_night(world: World) -> None:
    await world.make()
    await world.at(utc(5))
    await world.jump(utc(6, 23))
    assert not world.slack.sent
    await world.at(utc(9, 9))
    assert not world.slack.sent  # by Monday, five days before is not five days before


async def test_a_late_reminder_still_comes_the_same_day(world: World) -> None:
    await world.make()
    await world.at(utc(5))
    await world.jump(utc(6, 16))
    assert told(world.slack.sent) == [(utc(6, 16), "D-ana")]


async def test_a_message_held_up_until_the_evening_waits_for_the_morning(world: World) -> None:
    await world.make()
    await world.at(utc(10))
    world.clock.jump_to(utc(11, 9))
    await world.engine._ticker.tick()  # planned, and then the platform is away
    world.clock.jump_to(utc(11, 21))
    await world.engine.run_until_quiet()
    assert len(world.slack.sent) == 1
    await world.at(utc(12, 8, 59))
    assert len(world.slack.sent) == 1


async def planned_but_not_sent(world: World) -> Milestone:
    milestone = await world.make()
    await world.at(utc(10))
    world.clock.jump_to(utc(11, 9))
    await world.engine._ticker.tick()
    return milestone


async def test_a_reminder_of_a_date_that_moved_meanwhile_is_not_sent(world: World) -> None:
    milestone = await planned_but_not_sent(world)
    await world.change(milestone, due=date(2026, 3, 20))
    await world.engine.run_until_quiet()
    assert [m.at for m in world.slack.sent] == [utc(6, 9)]


async def test_a_reminder_of_what_was_put_on_hold_meanwhile_is_not_sent(world: World) -> None:
    """The change was saved without a word to the reminders: the last look finds out."""
    milestone = await planned_but_not_sent(world)
    await world.do(lambda uow: uow.milestones.save(milestone.next(state=State.ON_HOLD)))
    await world.engine.run_until_quiet()
    assert [m.at for m in world.slack.sent] == [utc(6, 9)]


async def test_a_milestone_made_late_is_not_reminded_of_the_past(world: World) -> None:
    world.clock.jump_to(utc(12, 15))
    await world.make(replace(MILESTONE, created_at=utc(12, 15)))
    await world.at(utc(14))
    assert [m.at for m in world.slack.sent] == [utc(13, 9)]


async def test_in_a_small_firm_the_channel_hears_after_the_owner(world: World) -> None:
    await world.do(lambda uow: uow.projects.save(small_firm().project))
    await world.make()
    await world.at(utc(20))
    overdue = [m for m in world.slack.sent if m.at > utc(14)]
    assert told(overdue) == [(utc(16, 9), "D-ana"), (utc(18, 9), "C1")]


async def test_the_digest_comes_every_working_morning_that_has_news(world: World) -> None:
    await world.make()
    await world.do(lambda uow: arm.rearm_project(uow, APEX, world.clock.now()))
    await world.at(utc(10, 12))
    digests = [m for m in world.slack.sent if m.ref.conversation == HOME]
    assert [m.at for m in digests] == [utc(6, 9), utc(9, 9), utc(10, 9)]  # due soon from the 6th on
    assert digests[0].first_line == "Apex, Fri 6 Mar · 1 on track"
    assert all(m.how.silent for m in digests)


async def test_after_silence_only_the_latest_digest_is_said_and_only_the_same_morning(world: World) -> None:
    await world.make()
    await world.do(lambda uow: arm.rearm_project(uow, APEX, world.clock.now()))
    await world.at(utc(5))
    await world.jump(utc(10, 11))
    assert [m.at for m in world.slack.sent if m.ref.conversation == HOME] == [utc(10, 11)]
    await world.jump(utc(12, 20))
    assert len([m for m in world.slack.sent if m.ref.conversation == HOME]) == 1


async def test_a_digest_whose_news_is_old_by_now_is_not_sent(world: World) -> None:
    milestone = await world.make()
    await world.do(lambda uow: arm.rearm_project(uow, APEX, world.clock.now()))
    await world.at(utc(6, 8))
    world.clock.jump_to(utc(6, 9))
    await world.engine._ticker.tick()
    await world.change(milestone, due=date(2026, 6, 1))
    await world.engine.run_until_quiet()
    assert not world.slack.sent


async def test_a_project_without_a_channel_has_no_digest(world: World) -> None:
    homeless = replace(APEX, home=None)
    await world.do(lambda uow: uow.projects.save(homeless))
    await world.do(lambda uow: arm.rearm_project(uow, homeless, world.clock.now()))
    assert not await world.do(lambda uow: uow.due.take(utc(31), 10))


async def test_a_subject_that_cannot_be_planned_holds_up_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.make(replace(MILESTONE, id="bad", number=1))
    await world.make()

    def planned(situation: object, now: object, alert_id: str) -> object:
        if situation.milestone.id == "bad":  # type: ignore[attr-defined]
            raise ArithmeticError("cannot be planned")
        return plan(situation, now, alert_id)  # type: ignore[arg-type]

    monkeypatch.setattr("bot.reminders.tick.plan", planned)
    world.clock.jump_to(utc(6, 9))
    await world.engine.tick()
    await world.engine._relay.drain()
    assert [m.first_line.split(" is due")[0] for m in world.slack.sent] == ["APX-7 Prototype tested"]
    left = await world.do(lambda uow: uow.due.take(utc(6, 9) + timedelta(minutes=15), 10))
    assert [due.subject for due in left] == ["m:bad"]


async def test_what_points_to_nothing_any_more_is_forgotten(world: World) -> None:
    await world.do(lambda uow: uow.due.put(Due(utc(6), W, "m:gone")))
    await world.do(lambda uow: uow.due.put(Due(utc(6), W, "p:gone")))
    await world.at(utc(7))
    assert not await world.do(lambda uow: uow.due.take(utc(31), 10))


async def test_the_inbox_is_cleaned_of_what_nobody_delivers_again(world: World) -> None:
    await world.do(lambda uow: uow.inbox.add("slack", "E1", world.clock.now()))
    world.clock.jump_to(world.clock.now() + timedelta(hours=71))
    await world.engine.clean()
    assert not await world.do(lambda uow: uow.inbox.add("slack", "E1", world.clock.now()))
    world.clock.jump_to(world.clock.now() + timedelta(hours=2))
    await world.engine.clean()
    assert await world.do(lambda uow: uow.inbox.add("slack", "E1", world.clock.now()))


async def test_what_waits_in_a_closed_lane_expires_all_the_same(world: World) -> None:
    await world.assign(await world.make())
    await world.do(lambda uow: uow.workspaces.suspend("slack", "T1", "token_revoked"))
    world.clock.jump_to(world.clock.now() + timedelta(hours=25))
    await world.engine.clean()
    assert await world.states() == {"expired": 1}


async def test_what_was_said_long_ago_is_forgotten(world: World) -> None:
    await world.assign(await world.make())
    await world.engine.run_until_quiet()
    world.clock.jump_to(world.clock.now() + timedelta(days=89))
    await world.engine.clean()
    assert await world.states() == {"sent": 1}
    world.clock.jump_to(world.clock.now() + timedelta(days=2))
    await world.engine.clean()
    assert await world.states() == {}


async def test_the_engine_says_how_long_it_has_been_silent(world: World) -> None:
    await world.engine.tick()
    world.clock.jump_to(world.clock.now() + timedelta(seconds=95))
    assert world.engine.silent_for() == 95
    await world.engine.tick()
    assert world.engine.silent_for() == 0


async def test_two_planners_make_one_message(world: World) -> None:
    """The second one finds the key taken, whoever was first."""
    from bot.reminders.address import Posted, post

    milestone = await world.make()
    notice = plan(replace(SITUATION, milestone=milestone), utc(11, 9), "a").notice
    assert notice is not None
    assert notice.kind is NoticeKind.DUE_SOON
    posted = [await world.do(lambda uow: post(uow, notice, utc(11, 9))) for _ in range(2)]
    assert posted == [Posted.PLANNED, Posted.KNOWN]
