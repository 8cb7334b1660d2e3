"""Every pair of states: in the table and reachable, or refused with nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from bot.domain import lifecycle
from bot.domain.calendar import Calendar
from bot.domain.health import Light, health
from bot.domain.lifecycle import LEGAL, next_states, require, route
from bot.domain.milestone import Criterion, Hold, Kind, Milestone, State
from bot.errors import IllegalMove, InvalidMilestone
from bot.views.moves import way
from tests.fakes.clock import START
from tests.scenarios.cast import ANA, BORIS, milestone

S = State
TODAY = START.date()
LATER = TODAY + timedelta(days=10)
Change = Callable[[Milestone], Milestone]

CHANGES: Mapping[str, Change] = {
    "confirm": lifecycle.confirmed,
    "begin": lambda m: lifecycle.started(m, TODAY),
    "submit": lambda m: lifecycle.submitted(m, BORIS.id, TODAY),
    "send back": lambda m: lifecycle.sent_back(m, "photos missing"),
    "achieve": lambda m: lifecycle.achieved(m, TODAY, TODAY),
    "hold": lambda m: lifecycle.held(m, "client", LATER, ANA.id, START, TODAY),
    "resume": lifecycle.resumed,
    "drop": lambda m: lifecycle.cancelled(m, "out of scope"),
    "reopen": lambda m: lifecycle.reopened(m, "test failed"),
    "miss": lambda m: lifecycle.missed(m, m.due + timedelta(days=1)),
}
WALKS = {(S.PLANNED, S.IN_REVIEW), (S.PLANNED, S.ACHIEVED)}
"""Two legal moves in one step: begun and handed in, begun and done."""


def in_state(state: State, kind: Kind = Kind.DELIVERABLE, was: State = S.PLANNED) -> Milestone:
    made = milestone(1, "Prototype tested", ANA, TODAY, START)
    proved = (Criterion("c", "report filed", ANA.id, START),)
    hold = Hold("client", START, ANA.id, LATER, was) if state is S.ON_HOLD else None
    started = TODAY if state in (S.IN_PROGRESS, S.IN_REVIEW, S.ACHIEVED) else None
    done = TODAY if state is S.ACHIEVED else None
    return replace(
        made, state=state, kind=kind, hold=hold, criteria=proved, actual_start=started, actual_done=done
    )


def everywhere() -> list[Milestone]:
    """One milestone in every state, and for a hold one from each state it may have come from."""
    held = [in_state(S.ON_HOLD, was=was) for was in (S.DRAFT, S.PLANNED, S.IN_PROGRESS, S.IN_REVIEW)]
    events = [in_state(state, Kind.EVENT) for state in (S.PLANNED, S.IN_PROGRESS)]
    return [*(in_state(state) for state in State if state is not S.ON_HOLD), *held, *events]


def named(m: Milestone) -> str:
    return f"{m.state}-{m.kind}-{m.hold.was if m.hold else ''}"


def attempted(found: Milestone, change: Change) -> Milestone | IllegalMove:
    try:
        return change(found)
    except IllegalMove as error:
        return error


@pytest.mark.parametrize("found", everywhere(), ids=named)
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_makes_a_legal_move_or_none(found: Milestone, change: str) -> None:
    changed = attempted(found, CHANGES[change])
    if isinstance(changed, IllegalMove):
        assert (changed.state, changed.nearest) == (found.state, next_states(found))
        return
    pair = (found.state, changed.state)
    extended = pair == (S.ON_HOLD, S.ON_HOLD) and change == "hold"
    asked_anew = pair == (S.IN_REVIEW, S.IN_REVIEW) and change == "submit"
    assert changed.state in next_states(found) or pair in WALKS or extended or asked_anew
    assert changed.version == found.version + 1


def test_every_pair_of_the_table_is_made_by_a_change() -> None:
    made = set()
    for found, change in product(everywhere(), CHANGES.values()):
        changed = attempted(found, change)
        if isinstance(changed, Milestone):
            made.add((found.state, changed.state))
    table = {(start, to) for start, allowed in LEGAL.items() for to in allowed}
    assert table <= made
    assert made - table == WALKS | {(S.ON_HOLD, S.ON_HOLD), (S.IN_REVIEW, S.IN_REVIEW)}


@pytest.mark.parametrize(("start", "to"), list(product(State, State)))
def test_every_pair_outside_the_table_is_refused(start: State, to: State) -> None:
    for found in (m for m in everywhere() if m.state is start):
        if to in next_states(found):
            require(found, to)
            continue
        with pytest.raises(IllegalMove):
            require(found, to)


@pytest.mark.parametrize(("start", "to"), [(a, b) for a, allowed in LEGAL.items() for b in sorted(allowed)])
def test_every_legal_move_but_a_miss_has_a_verb(start: State, to: State) -> None:
    assert (way(start, to) is None) == (to is S.MISSED)


def test_from_hold_only_back_to_where_it_was() -> None:
    for was in (S.DRAFT, S.PLANNED, S.IN_PROGRESS, S.IN_REVIEW):
        held = in_state(S.ON_HOLD, was=was)
        assert next_states(held) == tuple(sorted((was, S.CANCELLED)))
        assert lifecycle.resumed(held).state is was
        assert lifecycle.resumed(held).hold is None


def test_a_hold_that_is_prolonged_keeps_where_it_came_from() -> None:
    held = in_state(S.ON_HOLD, was=S.IN_REVIEW)
    longer = lifecycle.held(held, "still", LATER + timedelta(days=1), BORIS.id, START, TODAY)
    assert longer.hold
    assert (longer.hold.was, longer.hold.by, longer.hold.reason) == (S.IN_REVIEW, ANA.id, "still")


@pytest.mark.parametrize("review_on", [TODAY, TODAY - timedelta(days=1)])
def test_a_hold_ends_after_today(review_on: date) -> None:
    with pytest.raises(InvalidMilestone, match="review_past"):
        lifecycle.held(in_state(S.PLANNED), "client", review_on, ANA.id, START, TODAY)


@pytest.mark.parametrize(
    "change",
    [
        lambda: lifecycle.held(in_state(S.PLANNED), " ", LATER, ANA.id, START, TODAY),
        lambda: lifecycle.cancelled(in_state(S.PLANNED), ""),
        lambda: lifecycle.reopened(in_state(S.ACHIEVED), " "),
        lambda: lifecycle.sent_back(in_state(S.IN_REVIEW), ""),
    ],
)
def test_what_needs_a_reason_is_refused_without(change: Callable[[], Milestone]) -> None:
    with pytest.raises(InvalidMilestone, match="why_missing"):
        change()


def test_a_draft_stays_one_until_somebody_owns_it() -> None:
    vacant = replace(in_state(S.DRAFT), owner_role="Electrician")
    with pytest.raises(InvalidMilestone, match="owner_to_come"):
        lifecycle.confirmed(vacant)
    assert lifecycle.confirmed(replace(vacant, owner_role="")).state is S.PLANNED


def test_leaving_draft_makes_the_first_promise_once() -> None:
    fresh = replace(in_state(S.DRAFT), baseline_due=None)
    assert lifecycle.confirmed(fresh).baseline_due == fresh.due
    promised = replace(fresh, baseline_due=TODAY - timedelta(days=3))
    assert lifecycle.confirmed(promised).baseline_due == TODAY - timedelta(days=3)


def test_nobody_signs_off_their_own_work() -> None:
    with pytest.raises(InvalidMilestone, match="approver_is_owner"):
        lifecycle.submitted(in_state(S.IN_PROGRESS), ANA.id, TODAY)
    with pytest.raises(InvalidMilestone, match="approver_missing"):
        lifecycle.submitted(in_state(S.IN_PROGRESS), "", TODAY)


def test_handed_in_from_planned_has_begun_today() -> None:
    submitted = lifecycle.submitted(in_state(S.PLANNED), BORIS.id, TODAY)
    assert (submitted.actual_start, submitted.version) == (TODAY, 2)


def test_done_neither_tomorrow_nor_before_it_began() -> None:
    begun = in_state(S.IN_PROGRESS)
    with pytest.raises(InvalidMilestone, match="actual_in_future"):
        lifecycle.achieved(begun, TODAY + timedelta(days=1), TODAY)
    with pytest.raises(InvalidMilestone, match="actual_before_start"):
        lifecycle.achieved(begun, TODAY - timedelta(days=1), TODAY)
    earlier = lifecycle.achieved(in_state(S.PLANNED), TODAY - timedelta(days=1), TODAY)
    assert earlier.actual_start == earlier.actual_done == TODAY - timedelta(days=1)


@pytest.mark.parametrize("criteria", [(), (Criterion("c", "report filed"),)])
def test_unproved_is_not_achieved(criteria: tuple[Criterion, ...]) -> None:
    with pytest.raises(InvalidMilestone, match="criteria_missing"):
        lifecycle.achieved(replace(in_state(S.IN_PROGRESS), criteria=criteria), TODAY, TODAY)


def test_reopened_forgets_when_it_was_done_and_keeps_what_was_proved() -> None:
    opened = lifecycle.reopened(in_state(S.ACHIEVED), "test failed")
    assert (opened.actual_done, opened.actual_start, opened.missing) == (None, TODAY, ())


def test_only_an_event_is_missed_and_only_when_its_day_is_over() -> None:
    event = in_state(S.PLANNED, Kind.EVENT)
    assert not lifecycle.is_missed(event, event.due)
    assert lifecycle.is_missed(event, event.due + timedelta(days=1))
    with pytest.raises(IllegalMove):
        lifecycle.missed(event, event.due)
    with pytest.raises(IllegalMove):
        lifecycle.missed(in_state(S.PLANNED), TODAY + timedelta(days=99))


@pytest.mark.parametrize(
    ("start", "wanted", "first"),
    [
        (S.DRAFT, S.ACHIEVED, S.PLANNED),
        (S.PLANNED, S.IN_REVIEW, S.IN_PROGRESS),
        (S.CANCELLED, S.ACHIEVED, S.PLANNED),
        (S.ACHIEVED, S.ON_HOLD, S.IN_PROGRESS),
        (S.ON_HOLD, S.ACHIEVED, S.PLANNED),
    ],
)
def test_the_way_to_a_state_begins_with_a_legal_move(start: State, wanted: State, first: State) -> None:
    found = in_state(start)
    steps = route(found, wanted)
    assert (steps[0], steps[-1]) == (first, wanted)
    assert first in next_states(found)


def test_nothing_leads_out_of_a_miss() -> None:
    assert not any(route(in_state(S.MISSED), state) for state in State)


@pytest.mark.parametrize("state", [S.DRAFT, S.ON_HOLD, S.ACHIEVED, S.CANCELLED, S.MISSED])
def test_what_rests_or_is_over_has_no_light(state: State) -> None:
    assert health(in_state(state), TODAY + timedelta(days=30), Calendar()).light is Light.NONE


def test_what_is_in_review_can_still_be_late() -> None:
    assert health(in_state(S.IN_REVIEW), TODAY + timedelta(days=30), Calendar()).light is Light.RED
