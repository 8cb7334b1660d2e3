from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from bot.domain.alerts import Alert
from bot.domain.people import Person
from bot.reminders.escalation import (
    handed_over,
    next_rung,
    opened,
    passed_over,
    planned,
    sent,
    unplanned,
    waits_for_delivery,
)
from bot.reminders.planner import plan, timetable
from bot.reminders.situation import Situation
from tests.bot.reminders.simulation import simulate
from tests.bot.reminders.stage import ANA, APEX, BORIS, HOME, SITUATION, small_firm, utc


def heard(situation: Situation) -> list[str]:
    """Who hears of it once it is overdue, in order."""
    return [n.person_id or n.conversation for n in simulate(situation, utc(14))]


def climbed(situation: Situation, level: int, at: object) -> Alert:
    """The alert after ``level`` was sent to the owner."""
    return sent(planned(opened(situation, "a"), level), level, "ana", at)  # type: ignore[arg-type]


def test_owner_then_lead_then_head_and_the_head_three_times_more() -> None:
    assert heard(SITUATION) == ["ana", "boris", "chen", "chen", "chen", "chen"]


def test_without_a_head_the_channel_hears_it() -> None:
    flat = replace(SITUATION, project=replace(APEX, head_id=""), head=None)
    assert heard(flat) == ["ana", "boris", *[str(HOME)] * 4]


def test_in_a_small_firm_nobody_is_told_twice() -> None:
    assert heard(small_firm()) == ["ana", *[str(HOME)] * 4]


def test_one_person_who_is_everything_is_told_once() -> None:
    alone = replace(SITUATION, project=replace(APEX, lead_id="ana", head_id="ana"), lead=ANA, head=ANA)
    assert heard(alone) == ["ana"]


def test_a_lead_who_is_also_the_head_is_told_once() -> None:
    double = replace(SITUATION, project=replace(APEX, head_id="boris"), head=BORIS)
    assert heard(double) == ["ana", "boris"]


def test_without_a_channel_either_the_ladder_ends() -> None:
    nowhere = replace(SITUATION, project=replace(APEX, head_id="", home=None), head=None)
    assert heard(nowhere) == ["ana", "boris"]


@pytest.mark.parametrize("owner", ["ana", "boris"])
@pytest.mark.parametrize("lead", ["ana", "boris", ""])
@pytest.mark.parametrize("head", ["ana", "chen", ""])
def test_no_ladder_tells_a_person_at_two_of_its_steps(owner: str, lead: str, head: str) -> None:
    people = {name: Person(name, "w", name) for name in ("ana", "boris", "chen")}
    mixed = replace(
        SITUATION,
        milestone=replace(SITUATION.milestone, owner_id=owner),
        project=replace(APEX, lead_id=lead, head_id=head),
        owner=people[owner],
        lead=people.get(lead),
        head=people.get(head),
    )
    steps = [
        n.person_id for n in simulate(mixed, utc(14)) if int(str(n.detail["level"])) <= 3 and n.person_id
    ]
    assert max(Counter(steps).values(), default=1) == 1


def test_a_missing_lead_does_not_hold_up_the_next_step() -> None:
    headless = replace(SITUATION, lead=None)
    rung = next_rung(headless, climbed(headless, 1, utc(16, 9)))
    assert rung is not None
    assert rung.recipient.person_id == "chen"
    assert rung.at == utc(16, 23)  # the lead's one day, in Chen's morning of the 17th


def test_the_delay_counts_from_the_sending_not_from_the_plan() -> None:
    late = climbed(SITUATION, 1, utc(18, 15))
    rung = next_rung(SITUATION, late)
    assert rung is not None
    assert (rung.level, rung.at) == (2, utc(19, 8))


def test_a_friday_step_escalates_on_monday() -> None:
    rung = next_rung(SITUATION, climbed(SITUATION, 1, utc(20, 9)))
    assert rung is not None
    assert rung.at == utc(23, 8)


def test_the_delay_is_in_the_working_days_of_whoever_is_told() -> None:
    sunday_worker = replace(SITUATION, lead=replace(BORIS, week=frozenset({6, 0, 1, 2, 3})))
    rung = next_rung(sunday_worker, climbed(sunday_worker, 1, utc(20, 9)))
    assert rung is not None
    assert rung.at == utc(22, 8)


def test_after_a_long_outage_one_step_is_taken_and_then_a_full_delay_waited() -> None:
    found = plan(SITUATION, utc(30, 10), "a")
    assert found.notice is not None
    assert found.notice.person_id == "ana"
    assert found.alert is not None
    after = sent(found.alert, 1, "ana", utc(30, 10))
    assert plan(replace(SITUATION, alert=after), utc(30, 10), "b").next_at == utc(31, 7)  # summer time


def test_steps_are_frozen_when_the_alert_opens() -> None:
    alert = climbed(SITUATION, 1, utc(16, 9))
    changed = replace(SITUATION, alert=alert, policy=replace(SITUATION.policy, overdue=()))
    assert heard_after(changed) == ["boris", "chen", "chen", "chen", "chen"]


def heard_after(situation: Situation) -> list[str]:
    return [n.person_id for n in simulate(situation, utc(16, 10))]


def test_who_a_step_means_is_decided_when_it_fires() -> None:
    alert = climbed(SITUATION, 1, utc(16, 9))
    led = replace(SITUATION, project=replace(APEX, lead_id="dana"), lead=Person("dana", "w", "Dana"))
    other = replace(led, alert=alert)
    assert heard_after(other)[0] == "dana"


def test_a_step_that_reached_nobody_passes_to_the_next_at_once() -> None:
    stuck = passed_over(planned(opened(SITUATION, "a"), 1), 1)
    rung = next_rung(SITUATION, stuck)
    assert rung is not None
    assert (rung.level, rung.recipient.person_id) == (2, "boris")
    assert rung.at <= utc(16, 9)


def test_an_owner_who_leads_is_not_told_about_themselves_one_step_up() -> None:
    leads = replace(SITUATION, project=replace(APEX, lead_id="ana"), lead=ANA)
    rung = next_rung(leads, passed_over(planned(opened(leads, "a"), 1), 1))
    assert rung is not None
    assert (rung.level, rung.recipient.person_id) == (3, "chen")


def test_a_step_that_expired_is_planned_again_on_another_day() -> None:
    first = plan(SITUATION, utc(16, 9), "a")
    assert first.alert is not None
    assert first.notice is not None
    again = plan(replace(SITUATION, alert=unplanned(first.alert)), utc(17, 9), "b")
    assert again.notice is not None
    assert again.notice.person_id == "ana"
    assert again.notice.key != first.notice.key


def test_a_planned_step_waits_for_its_delivery() -> None:
    alert = planned(opened(SITUATION, "a"), 1)
    assert waits_for_delivery(alert)
    assert not waits_for_delivery(sent(alert, 1, "ana", utc(16, 9)))


def test_a_new_owner_gets_a_full_delay_before_the_lead_hears() -> None:
    alert = handed_over(climbed(SITUATION, 1, utc(16, 9)), "dana", utc(17, 7))
    rung = next_rung(SITUATION, alert)
    assert rung is not None
    assert rung.at == utc(18, 8)
    assert "dana" in alert.told


def test_the_same_owner_gains_no_time() -> None:
    alert = climbed(SITUATION, 1, utc(16, 9))
    assert handed_over(alert, "ana", utc(17, 7)) == alert


def test_repeats_are_counted_in_rounds() -> None:
    assert planned(opened(SITUATION, "a"), 3).round == 0
    assert planned(opened(SITUATION, "a"), 5).round == 2


def test_the_overdue_part_of_the_timetable_shifts_with_the_sending() -> None:
    alert = climbed(SITUATION, 1, utc(18, 15))
    assert timetable(replace(SITUATION, alert=alert), utc(19))[0].at == utc(19, 8)
