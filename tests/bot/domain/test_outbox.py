from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.outbox import FINAL, LEASE, OCCUPIES_LANE, SETTLE, TRANSITIONS, TRUST, OutboxState, back_off

S = OutboxState


def test_every_state_has_its_row_in_the_table() -> None:
    assert set(TRANSITIONS) == set(OutboxState)


def test_what_was_sent_stays_sent() -> None:
    assert not TRANSITIONS[S.SENT]


def test_nothing_is_sent_without_an_intent() -> None:
    """Only a row whose intent is committed can be delivered, doubted or found delivered."""
    assert {s for s, targets in TRANSITIONS.items() if S.SENT in targets} == {S.SENDING, S.UNCERTAIN}
    assert {s for s, targets in TRANSITIONS.items() if S.SENDING in targets} == {S.LEASED}
    assert {s for s, targets in TRANSITIONS.items() if S.UNCERTAIN in targets} == {S.SENDING}


def test_what_may_have_left_is_never_cancelled() -> None:
    assert not {S.CANCELLED, S.EXPIRED} & (TRANSITIONS[S.SENDING] | TRANSITIONS[S.UNCERTAIN])


def test_what_may_be_on_its_way_keeps_its_lane() -> None:
    assert frozenset({S.LEASED, S.SENDING, S.UNCERTAIN}) == OCCUPIES_LANE
    assert not OCCUPIES_LANE & FINAL


def test_a_row_in_doubt_returns_through_pending() -> None:
    assert TRANSITIONS[S.UNCERTAIN] == {S.SENT, S.PENDING, S.UNKNOWN}


@pytest.mark.parametrize(("tries", "seconds"), [(1, 2), (2, 4), (6, 60), (8, 300), (9, 900), (100, 900)])
def test_waiting_grows_to_a_quarter_of_an_hour(tries: int, seconds: int) -> None:
    assert back_off(tries, 0.0) == timedelta(seconds=seconds)


def test_waiting_is_spread_by_a_fifth() -> None:
    assert back_off(6, 1.0) == timedelta(seconds=72)
    assert back_off(6, -1.0) == timedelta(seconds=48)


def test_a_claim_is_trusted_for_less_time_than_it_lasts() -> None:
    assert TRUST < LEASE <= SETTLE
