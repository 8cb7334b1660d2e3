"""What rests for one person, as the planner sees it: nothing else moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.notices import NoticeKind
from bot.domain.policy import Target
from bot.domain.snooze import Snooze
from bot.ports import UnitOfWork
from bot.reminders.escalation import next_rung, opened
from bot.reminders.planner import due_soon, timetable
from bot.reminders.resting import rest
from bot.reminders.situation import Situation
from tests.bot.reminders.stage import ANA, BORIS, CHEN, HOME, MADE, MILESTONE, SITUATION, small_firm, utc
from tests.bot.reminders.world import W, World


def resting(situation: Situation = SITUATION, **until: datetime) -> Situation:
    return replace(situation, rests=until)


def overdue(situation: Situation) -> dict[Target, datetime]:
    """When each is told first."""
    told = [p for p in timetable(situation, MADE) if p.kind is NoticeKind.OVERDUE]
    return {p.target: p.at for p in reversed(told)}


def test_reminders_before_its_end_are_left_out_and_those_after_it_stay() -> None:
    at = [at for at, _ in due_soon(SITUATION)]
    assert [at for at, _ in due_soon(resting(ana=at[0]))] == at[1:]
    assert [at for at, _ in due_soon(resting(ana=at[0] - timedelta(seconds=1)))] == at


def test_somebody_elses_rest_changes_none_of_mine() -> None:
    far = utc(31, 9)
    assert due_soon(resting(boris=far, chen=far)) == due_soon(SITUATION)


def test_the_lead_hears_it_when_they_would_have_anyway() -> None:
    without, within = overdue(SITUATION), overdue(resting(ana=utc(31, 9)))
    assert Target.OWNER in without
    assert Target.OWNER not in within
    assert within[Target.LEAD] == without[Target.LEAD]
    assert within[Target.HEAD] == without[Target.HEAD]


def test_the_leads_rest_leaves_the_head_where_it_was() -> None:
    without, within = overdue(SITUATION), overdue(resting(boris=utc(31, 9)))
    assert within[Target.OWNER] == without[Target.OWNER]
    assert Target.LEAD not in within
    assert within[Target.HEAD] == without[Target.HEAD]


def test_one_person_in_every_part_rests_in_all_of_them() -> None:
    firm = small_firm()
    within = overdue(resting(firm, ana=utc(31, 9)))
    assert set(within) <= {Target.HEAD, Target.CHANNEL}
    assert within == {t: at for t, at in overdue(firm).items() if t in within}


def test_a_rest_that_is_over_hides_nothing() -> None:
    assert overdue(resting(ana=utc(1, 9, month=3))) == overdue(SITUATION)


def test_when_everybody_rests_nobody_is_next() -> None:
    far = utc(1, 9, month=12)
    nowhere = replace(SITUATION, project=replace(SITUATION.project, home=None))
    everybody = resting(nowhere, ana=far, boris=far, chen=far)
    assert next_rung(everybody, opened(everybody, "a")) is None


@pytest.mark.parametrize("days", [2, 11, 13, 16, 20])
async def test_what_is_sent_is_what_the_timetable_says(world: World, days: int) -> None:
    """Ana lets it rest until that day in March; everything else comes as it would have."""
    made = await world.make()
    until = utc(days, 9)

    def sleep(uow: UnitOfWork) -> None:
        rest(uow, Snooze(W, made.id, ANA.id, until), made, world.clock.now())

    await world.do(sleep)
    await world.at(utc(20, 18))
    to_ana = [m.at for m in world.slack.sent if m.ref.conversation.id == f"D-{ANA.id}"]
    assert all(at >= until for at in to_ana)
    assert to_ana[0] == until
    assert len(set(to_ana)) == len(to_ana)
    planned = overdue(SITUATION)
    for person, target in ((BORIS, Target.LEAD), (CHEN, Target.HEAD)):
        heard = [m.at for m in world.slack.sent if m.ref.conversation.id == f"D-{person.id}"]
        assert heard[:1] == ([planned[target]] if planned[target] <= utc(20, 18) else [])
    assert HOME.id not in {m.ref.conversation.id for m in world.slack.sent}
    assert MILESTONE.id == made.id
