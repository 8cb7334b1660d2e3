from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise

import pytest

from bot.domain.alerts import Alert, AlertState
from bot.domain.milestone import Blocked, State
from bot.domain.notices import Notice, NoticeKind
from bot.domain.people import Person
from bot.reminders.planner import due_soon, next_look, plan, timetable
from bot.reminders.situation import Situation
from tests.bot.reminders.simulation import simulate
from tests.bot.reminders.stage import ANA, DUE, SITUATION, utc, with_milestone

ODD_ZONES = ("Asia/Kathmandu", "America/St_Johns", "Pacific/Chatham", "Australia/Lord_Howe")
CHANGES = (date(2026, 3, 29), date(2026, 4, 5), date(2026, 10, 4), date(2026, 11, 1))


def noticed(situation: Situation, now: object) -> Notice:
    notice = plan(situation, now, "a").notice  # type: ignore[arg-type]
    assert notice is not None
    return notice


def offsets(situation: Situation) -> list[int]:
    return [offset for _, offset in due_soon(situation)]


def test_the_owner_is_reminded_in_their_own_mornings_before_the_due_date() -> None:
    assert due_soon(SITUATION) == ((utc(6, 9), 5), (utc(11, 9), 2), (utc(13, 9), 0))


@pytest.mark.parametrize(
    ("made", "expected"),
    [(utc(4, 12), [2, 0]), (utc(2, 12, month=2), [5, 2, 0]), (utc(5, 12, month=1), [10, 5, 2, 0])],
)
def test_how_often_depends_on_how_long_the_milestone_runs(made: object, expected: list[int]) -> None:
    assert offsets(with_milestone(created_at=made)) == expected


def test_reminders_already_past_when_the_milestone_was_made_are_not_sent() -> None:
    assert offsets(with_milestone(created_at=utc(11, 10))) == [0]


def test_a_reminder_on_a_day_off_comes_the_working_day_before() -> None:
    saturday = with_milestone(due=date(2026, 3, 14))
    assert due_soon(saturday)[-1] == (utc(13, 9), 0)


def test_a_morning_that_comes_after_the_date_is_over_is_no_use() -> None:
    """Nine o'clock in Honolulu on the 13th is the 14th in Auckland."""
    far = replace(with_milestone(zone="Pacific/Auckland"), owner=replace(ANA, zone="Pacific/Honolulu"))
    last, offset = due_soon(far)[-1]
    assert offset == 0
    assert last == utc(12, 19)


def test_looking_at_the_right_moment_gives_the_reminder_and_the_next_moment() -> None:
    found = plan(SITUATION, utc(11, 9), "a")
    assert found.notice is not None
    assert found.notice.kind is NoticeKind.DUE_SOON
    assert (found.notice.person_id, found.notice.planned_for) == ("ana", utc(11, 9))
    assert found.next_at == utc(13, 9)
    assert found.alert is None


def test_looking_too_early_gives_only_the_next_moment() -> None:
    found = plan(SITUATION, utc(11, 8, 59), "a")
    assert found.next_at == utc(11, 9)


def test_planning_twice_gives_the_same_key() -> None:
    assert noticed(SITUATION, utc(11, 9)).key == noticed(SITUATION, utc(11, 9, 14)).key


def test_moving_the_milestone_arms_it_anew() -> None:
    moved = with_milestone(due=date(2026, 3, 20))
    assert noticed(moved, utc(18, 9)).key != noticed(SITUATION, utc(11, 9)).key
    assert plan(moved, utc(11, 9), "a").next_at == utc(13, 9)


@pytest.mark.parametrize(
    "change",
    [{"state": State.ACHIEVED}, {"state": State.CANCELLED}, {"state": State.ON_HOLD}, {"withdrawn": True}],
)
def test_nothing_is_planned_for_what_is_finished_or_resting(change: dict[str, object]) -> None:
    rested = with_milestone(**change)
    for now in (utc(11, 9), utc(16, 9)):
        assert plan(rested, now, "a").notice is None
        assert plan(rested, now, "a").next_at is None
    assert timetable(rested, utc(1)) == ()


def test_a_blocked_milestone_is_still_reminded_of() -> None:
    stuck = with_milestone(blocked=Blocked("permit", utc(9), "ana"))
    assert plan(stuck, utc(11, 9), "a").notice is not None


def test_a_late_reminder_is_sent_for_a_day() -> None:
    assert noticed(SITUATION, utc(11, 17)).planned_for == utc(11, 9)


def test_a_late_reminder_waits_for_the_morning() -> None:
    late = plan(SITUATION, utc(11, 22), "a")
    assert late.notice is None
    assert late.next_at == utc(12, 9)


def test_after_downtime_only_the_latest_reminder_is_sent() -> None:
    assert noticed(SITUATION, utc(13, 10)).occurrence == f"{DUE}:0"


def test_a_reminder_older_than_a_day_is_not_sent() -> None:
    old = plan(SITUATION, utc(12, 9, 1), "a")
    assert old.notice is None
    assert old.next_at == utc(13, 9)


def test_once_the_date_is_over_the_ladder_opens_in_the_next_working_morning() -> None:
    waiting = plan(SITUATION, utc(14, 0), "a")
    assert waiting.notice is None
    assert waiting.next_at == utc(16, 9)
    found = plan(SITUATION, utc(16, 9), "a")
    assert found.notice is not None
    assert (found.notice.kind, found.notice.person_id) == (NoticeKind.OVERDUE, "ana")
    assert found.alert is not None
    assert (found.alert.id, found.alert.planned_level, found.alert.sent_level) == ("a", 1, 0)


def test_after_a_step_nothing_is_looked_at_until_it_was_sent_or_has_expired() -> None:
    found = plan(SITUATION, utc(16, 9), "a")
    assert found.next_at == utc(17, 10)
    again = replace(SITUATION, alert=found.alert)
    assert next_look(again, utc(16, 12)) == utc(17, 13)


def test_a_step_whose_message_never_left_is_planned_again() -> None:
    found = plan(SITUATION, utc(16, 9), "a")
    again = plan(replace(SITUATION, alert=found.alert), utc(17, 10), "b")
    assert found.notice is not None
    assert again.notice is not None
    assert again.notice.person_id == "ana"
    assert again.notice.key != found.notice.key
    assert again.alert == found.alert


def test_the_ladder_does_not_ring_at_night() -> None:
    found = plan(SITUATION, utc(16, 20), "a")
    assert (found.notice, found.next_at) == (None, utc(17, 9))


def test_an_alert_about_another_date_is_resolved() -> None:
    old = Alert(
        id="old", workspace_id="w", milestone_id="m7", due=date(2026, 3, 1), steps=SITUATION.policy.overdue,
        repeat=3, repeat_every=2,
    )  # fmt: skip
    found = plan(replace(SITUATION, alert=old), utc(10), "a")
    assert found.alert is not None
    assert found.alert.state is AlertState.RESOLVED


def test_without_an_owner_only_the_ladder_is_left() -> None:
    orphan = replace(SITUATION, owner=None)
    assert due_soon(orphan) == ()
    assert plan(orphan, utc(11, 9), "a").notice is None
    assert noticed(orphan, utc(16, 9)).person_id == "boris"


def test_the_timetable_is_what_the_policy_says() -> None:
    said = [(row.at, str(row.target), str(row.kind)) for row in timetable(SITUATION, utc(1))]
    assert said == [
        (utc(6, 9), "owner", "due_soon"),
        (utc(11, 9), "owner", "due_soon"),
        (utc(13, 9), "owner", "due_soon"),
        (utc(16, 9), "owner", "overdue"),
        (utc(17, 8), "lead", "overdue"),  # Boris in Berlin
        (utc(18, 23), "head", "overdue"),  # Chen's 8 o'clock in Tokyo, two of her working days later
        (utc(22, 23), "head", "overdue"),
        (utc(24, 23), "head", "overdue"),
        (utc(26, 23), "head", "overdue"),
    ]


def test_looking_at_each_next_moment_says_exactly_the_timetable() -> None:
    expected = tuple((row.at, row.kind) for row in timetable(SITUATION, utc(1)))
    assert tuple((n.planned_for, n.kind) for n in simulate(SITUATION, utc(1))) == expected


@pytest.mark.parametrize("zone", ODD_ZONES)
@pytest.mark.parametrize("rises", [time(0, 0), time(2, 30), time(20, 0)])
@pytest.mark.parametrize("due", CHANGES)
def test_the_run_is_the_timetable_in_odd_zones_around_clock_changes(
    zone: str, rises: time, due: date
) -> None:
    owner = Person("ana", "w", "Ana", zone=zone, morning=rises)
    odd = replace(with_milestone(due=due, zone=zone), owner=owner)
    expected = tuple((row.at, row.kind) for row in timetable(odd, utc(1)))
    assert tuple((n.planned_for, n.kind) for n in simulate(odd, utc(1))) == expected
    assert len({at for at, _ in expected}) == len(expected)
    assert all(b - a >= timedelta(hours=8) for (a, _), (b, _) in pairwise(expected))


def test_after_a_change_the_next_look_is_later_than_the_change() -> None:
    assert next_look(SITUATION, utc(11, 9)) == utc(13, 9)
    assert next_look(SITUATION, utc(13, 9)) == utc(16, 9)
    assert next_look(SITUATION, utc(16, 9)) == utc(17, 9)
    assert next_look(with_milestone(state=State.ACHIEVED), utc(11)) is None
