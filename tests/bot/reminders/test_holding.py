"""A hold keeps quiet until its day; an event has its one day and is missed after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.history import Action
from bot.domain.milestone import Hold, Kind, State
from bot.domain.notices import NoticeKind
from bot.reminders.planner import next_look, plan, timetable
from tests.bot.reminders.stage import DUE, MILESTONE, utc, with_milestone
from tests.bot.reminders.world import W, World

HOLD = Hold("client decides", utc(3, 9), "ana", date(2026, 3, 20), State.PLANNED)
HELD = with_milestone(state=State.ON_HOLD, hold=HOLD)
EVENT = with_milestone(kind=Kind.EVENT)
NIGHT = utc(14, 0)  # the end of Friday 13 March in Lisbon


def test_nothing_is_said_of_what_rests_before_its_day() -> None:
    for now in (utc(11, 9), utc(16, 9), utc(20, 8, 59)):
        found = plan(HELD, now, "a")
        assert (found.notice, found.next_at) == (None, utc(20, 9))


def test_on_the_day_the_owner_is_asked_in_their_morning() -> None:
    found = plan(HELD, utc(20, 9), "a")
    assert found.notice
    assert (found.notice.kind, found.notice.person_id) == (NoticeKind.HOLD_OVER, "ana")
    assert found.next_at == utc(27, 9)
    assert found.alert is None


def test_the_same_day_is_one_question_another_week_another() -> None:
    keys = [
        found.notice.key
        for at in (utc(20, 9), utc(20, 12), utc(27, 9))
        if (found := plan(HELD, at, "a")).notice
    ]
    assert len(keys) == 3
    assert len(set(keys)) == 2


def test_a_day_off_is_asked_on_the_working_day_after() -> None:
    saturday = with_milestone(state=State.ON_HOLD, hold=replace(HOLD, review_on=date(2026, 3, 21)))
    assert plan(saturday, utc(21, 12), "a").next_at == utc(23, 9)


def test_at_night_the_question_waits_for_the_morning() -> None:
    found = plan(HELD, utc(20, 22), "a")
    assert (found.notice, found.next_at) == (None, utc(23, 9))


def test_nobody_is_asked_when_nobody_owns_it() -> None:
    found = plan(replace(HELD, owner=None), utc(20, 9), "a")
    assert (found.notice, found.next_at) == (None, None)


def test_explain_tells_the_one_question() -> None:
    assert [(p.at, p.kind) for p in timetable(HELD, utc(11, 9))] == [(utc(20, 9), NoticeKind.HOLD_OVER)]


def test_after_a_change_on_the_very_day_it_is_asked_the_next_morning() -> None:
    assert next_look(HELD, utc(20, 9)) == utc(23, 9)


def test_an_event_is_reminded_of_before_and_missed_after_its_day() -> None:
    before = plan(EVENT, utc(13, 9), "a")
    assert before.notice
    assert (before.notice.kind, before.next_at, before.is_missed) == (NoticeKind.DUE_SOON, NIGHT, False)
    assert not plan(EVENT, NIGHT - timedelta(seconds=1), "a").is_missed
    assert plan(EVENT, NIGHT, "a").is_missed


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.ON_HOLD])
def test_an_event_in_review_or_on_hold_is_not_missed(state: State) -> None:
    hold = HOLD if state is State.ON_HOLD else None
    found = plan(with_milestone(kind=Kind.EVENT, state=state, hold=hold), utc(16, 9), "a")
    assert not found.is_missed


@pytest.mark.parametrize("kind", [Kind.DELIVERABLE, Kind.GATE])
def test_what_is_no_event_climbs_its_ladder_instead(kind: Kind) -> None:
    found = plan(with_milestone(kind=kind), utc(16, 9), "a")
    assert not found.is_missed
    assert found.notice
    assert found.notice.kind is NoticeKind.OVERDUE


def test_no_ladder_is_foretold_for_an_event() -> None:
    assert {p.kind for p in timetable(EVENT, utc(3, 9))} == {NoticeKind.DUE_SOON}


async def test_a_missed_event_is_history_told_to_owner_and_lead(world: World) -> None:
    made = await world.make(replace(MILESTONE, kind=Kind.EVENT))
    await world.post_card(made)
    await world.at(utc(13, 23, 59))
    await world.at(utc(16, 12))
    missed = await world.do(lambda uow: uow.milestones.get(W, made.id))
    assert missed
    assert (missed.state, missed.version) == (State.MISSED, 2)
    entry, *others = await world.do(lambda uow: uow.histories.of(W, made.id))
    assert (entry.action, entry.actor_id, others) == (Action.MISSED, "", [])
    told = {m.ref.conversation.id: m for m in world.slack.sent if "is missed" in m.text}
    assert {*told} == {"D-ana", "D-boris"}
    assert [b.label for b in told["D-boris"].card.buttons] == ["Undo", "Show it"]
    assert "Undo" not in [b.label for b in told["D-ana"].card.buttons]
    assert "Missed · APX-7" in world.slack.sent[0].text
    await world.at(utc(31, 12))
    assert len([m for m in world.slack.sent if "is missed" in m.text]) == 2


async def test_achieved_in_time_it_is_not_missed(world: World) -> None:
    made = await world.make(replace(MILESTONE, kind=Kind.EVENT))
    await world.at(utc(12, 12))
    await world.change(made, state=State.ACHIEVED, actual_done=date(2026, 3, 12))
    await world.at(utc(20, 12))
    found = await world.do(lambda uow: uow.milestones.get(W, made.id))
    assert found
    assert found.state is State.ACHIEVED


async def test_an_undone_miss_leaves_a_morning_to_say_otherwise(world: World) -> None:
    made = await world.make(replace(MILESTONE, kind=Kind.EVENT))
    await world.at(utc(14, 12))
    missed = await world.do(lambda uow: uow.milestones.get(W, made.id))
    assert missed
    await world.change(missed, state=State.PLANNED)
    await world.at(utc(16, 8))
    found = await world.do(lambda uow: uow.milestones.get(W, made.id))
    assert found
    assert found.state is State.PLANNED
    await world.at(utc(16, 9))
    found = await world.do(lambda uow: uow.milestones.get(W, made.id))
    assert found
    assert found.state is State.MISSED


async def test_a_moved_event_is_missed_on_its_new_day(world: World) -> None:
    made = await world.make(replace(MILESTONE, kind=Kind.EVENT))
    await world.change(made, due=DUE + timedelta(days=7))
    await world.at(utc(16, 12))
    found = await world.do(lambda uow: uow.milestones.get(W, made.id))
    assert found
    assert found.state is State.PLANNED


async def test_holding_ends_an_open_ladder_and_resuming_begins_a_new_one(world: World) -> None:
    made = await world.make()
    await world.at(utc(17, 12))
    assert any("Overdue" in m.text for m in world.slack.sent)
    held = await world.change(made, state=State.ON_HOLD, hold=replace(HOLD, review_on=date(2026, 4, 1)))
    quiet_from = len(world.slack.sent)
    await world.at(utc(30, 12))
    assert len(world.slack.sent) == quiet_from
    assert await world.do(lambda uow: uow.alerts.open_for(W, made.id)) is None
    await world.change(held, state=State.PLANNED, hold=None)
    await world.at(utc(31, 12))
    assert "Overdue" in world.slack.sent[-1].text
