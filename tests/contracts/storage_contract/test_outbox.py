from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.domain.notices import NoticeKind
from bot.domain.outbox import LEASE, OutboxRow, OutboxState
from bot.ports import Outbox, UnitOfWork
from bot.refs import ConversationRef
from tests.contracts.storage_contract.cast import (
    ANA_IN_SLACK,
    CHANNEL,
    GROUP,
    LANE,
    OURS,
    SECOND,
    START,
    THEIRS,
    Team,
    milestone,
    notice,
    plan,
)
from tests.fakes.clock import FakeClock

OTHER = ConversationRef("slack", "T1", "C2")
LATER = START + timedelta(hours=1)
AFTER_LEASE = START + LEASE + SECOND


class TestPlanning:
    async def test_a_claimed_row_tells_everything_about_the_notice(self, team: Team) -> None:
        about = milestone()
        await team.has(about)
        planned = notice(milestone_id=about.id, detail={"step": 2, "why": "“☂”"})
        topic = CHANNEL.in_thread("17.5")
        assert await team.do(lambda unit: unit.outbox.add(planned, str(topic), "slack", LANE))
        (row,) = await team.claims()
        assert (row.kind, row.key, row.to, row.lane) == (NoticeKind.CARD, planned.key, str(topic), LANE)
        assert (row.milestone_id, row.detail) == (about.id, {"step": 2, "why": "“☂”"})
        assert (row.planned_for, row.expires_at) == (planned.planned_for, planned.expires_at)
        assert (row.state, row.epoch, row.tries, row.sends) == (OutboxState.LEASED, 1, 0, 0)

    async def test_a_row_for_a_person_keeps_their_address(self, team: Team) -> None:
        await team.do(lambda unit: unit.outbox.add(notice(), str(ANA_IN_SLACK), "slack", "slack:T1:U1"))
        (row,) = await team.claims()
        assert row.to == str(ANA_IN_SLACK)

    async def test_the_same_notice_is_planned_once_whatever_became_of_it(self, team: Team) -> None:
        assert await team.do(plan)
        assert not await team.do(plan)
        row = await team.sends()
        await team.moves(lambda outbox: outbox.sent(row, "m", START))
        assert not await team.do(plan)
        assert await team.counts() == {"sent": 1}

    async def test_another_occurrence_or_another_team_is_another_message(self, team: Team) -> None:
        assert await team.do(plan)
        assert await team.do(lambda unit: plan(unit, "2"))
        assert await team.do(lambda unit: plan(unit, workspace_id=THEIRS))

    async def test_two_planners_at_once_plan_once(self, team: Team) -> None:
        planned = await asyncio.gather(*(team.do(plan) for _ in range(4)))
        assert sorted(planned) == [False, False, False, True]
        assert len(await team.claims()) == 1


class TestClaiming:
    async def test_one_at_a_time_in_each_lane(self, team: Team) -> None:
        await team.plans("1", "2", "3")
        await team.plans("4", to=OTHER)
        assert {row.lane for row in await team.claims()} == {LANE, "slack:T1:C2"}
        assert await team.claims() == ()

    @pytest.mark.parametrize("state", ["leased", "sending", "uncertain"])
    async def test_a_lane_stays_busy_until_its_row_is_settled(self, team: Team, state: str) -> None:
        await team.plans("1", "2")
        (row,) = await team.claims()
        if state != "leased":
            await team.moves(lambda outbox: outbox.intend(row, START))
        if state == "uncertain":
            await team.moves(lambda outbox: outbox.doubt(row, "timeout"))
        assert await team.claims() == ()

    async def test_the_next_row_follows_when_the_first_is_sent(self, team: Team) -> None:
        await team.plans("1", "2")
        row = await team.sends()
        await team.moves(lambda outbox: outbox.sent(row, "m", START))
        (following,) = await team.claims()
        assert following.key.split(":")[2] == "2"

    async def test_the_urgent_come_first_and_then_who_waits_longest(self, team: Team) -> None:
        await team.plans("digest", to=GROUP, kind=NoticeKind.DIGEST, planned_for=START - 5 * SECOND)
        await team.plans("new", to=OTHER, planned_for=START)
        await team.plans("old", planned_for=START - SECOND)
        assert [row.key.split(":")[2] for row in await team.claims(most=2)] == ["old", "new"]
        assert [row.key.split(":")[2] for row in await team.claims(most=2)] == ["digest"]

    async def test_the_urgent_come_first_within_a_lane_once_they_are_due(self, team: Team) -> None:
        await team.plans("digest", kind=NoticeKind.DIGEST)
        await team.plans("urgent", planned_for=LATER)
        await team.plans("card", planned_for=START)
        row = await team.sends()
        assert row.key.split(":")[2] == "card"

    async def test_what_is_not_due_waits(self, team: Team) -> None:
        await team.plans("1", planned_for=LATER)
        assert await team.claims(LATER - SECOND) == ()
        assert len(await team.claims(LATER)) == 1

    async def test_a_later_urgent_row_does_not_hold_up_one_that_is_due(self, team: Team) -> None:
        await team.plans("later", planned_for=LATER)
        await team.plans("digest", kind=NoticeKind.DIGEST)
        (row,) = await team.claims()
        assert row.kind is NoticeKind.DIGEST

    async def test_only_the_platforms_asked_for(self, team: Team) -> None:
        await team.plans("1")
        await team.plans("2", to=GROUP)
        (row,) = await team.do(lambda unit: unit.outbox.claim("one", START, 9, {"telegram"}))
        assert row.platform == "telegram"
        assert await team.do(lambda unit: unit.outbox.claim("one", START, 9, ())) == ()

    async def test_two_workers_never_take_the_same_row(self, team: Team) -> None:
        places = [ConversationRef("slack", "T1", f"C{n}") for n in range(40)]
        await team.do(lambda unit: [plan(unit, "1", place) for place in places])
        taken = await asyncio.gather(*(team.claims(most=10, worker=f"w{n}") for n in range(4)))
        ids = [row.id for rows in taken for row in rows]
        assert len(ids) == len(set(ids))
        rest = await team.claims(most=40)
        assert len(ids) + len(rest) == len(places)


class TestPausesAndParking:
    async def test_a_paused_lane_waits_and_no_other(self, team: Team) -> None:
        await team.plans("1")
        await team.plans("2", to=OTHER)
        await team.do(lambda unit: unit.outbox.pause(LANE, LATER))
        assert [row.lane for row in await team.claims()] == ["slack:T1:C2"]
        assert [row.lane for row in await team.claims(LATER)] == [LANE]

    async def test_a_pause_is_known_before_the_lane_is(self, team: Team) -> None:
        await team.do(lambda unit: unit.outbox.pause(LANE, LATER))
        await team.plans("1")
        assert await team.claims() == ()

    async def test_a_shorter_pause_does_not_end_a_longer_one(self, team: Team) -> None:
        await team.plans("1")
        await team.do(lambda unit: unit.outbox.pause(LANE, LATER))
        await team.do(lambda unit: unit.outbox.pause(LANE, START + SECOND))
        assert await team.claims(START + 2 * SECOND) == ()

    async def test_a_paused_platform_waits_and_no_other(self, team: Team) -> None:
        await team.plans("1")
        await team.plans("2", to=GROUP)
        await team.do(lambda unit: unit.outbox.pause("slack", LATER))
        assert [row.platform for row in await team.claims()] == ["telegram"]
        assert [row.platform for row in await team.claims(LATER)] == ["slack"]

    async def test_a_suspended_installation_parks_its_rows_and_no_others(self, team: Team) -> None:
        await team.plans("1")
        await team.plans("2", to=GROUP)
        await team.do(lambda unit: unit.workspaces.suspend("slack", "T1", "token_revoked"))
        await team.plans("3", to=OTHER)
        assert [row.platform for row in await team.claims()] == ["telegram"]
        assert await team.counts() == {"blocked": 2, "leased": 1}

    @pytest.mark.parametrize(
        "back",
        [
            lambda unit: unit.workspaces.resume("slack", "T1"),
            lambda unit: unit.workspaces.install("slack", "T1", OURS, START),
        ],
        ids=["resumed", "installed again"],
    )
    async def test_an_installation_that_is_back_sends_again(
        self, team: Team, back: Callable[[UnitOfWork], None]
    ) -> None:
        await team.plans("1")
        await team.do(lambda unit: unit.workspaces.suspend("slack", "T1", "token_revoked"))
        await team.do(back)
        assert len(await team.claims()) == 1

    async def test_what_was_on_its_way_is_not_claimed_again_while_suspended(self, team: Team) -> None:
        await team.plans("1")
        row = await team.sends()
        await team.do(lambda unit: unit.workspaces.suspend("slack", "T1", "token_revoked"))
        await team.moves(lambda outbox: outbox.retry(row, START, "ratelimited", is_try=False))
        assert await team.claims() == ()

    async def test_a_parked_row_frees_its_lane_and_returns_with_its_destination(self, team: Team) -> None:
        await team.plans("1", "2")
        row = await team.sends()
        assert await team.moves(lambda outbox: outbox.park(row, "is_archived"))
        (following,) = await team.claims()
        assert following.id != row.id
        await team.moves(lambda outbox: outbox.drop(following, expired=False))
        assert await team.do(lambda unit: unit.outbox.unpark("slack", str(OTHER))) == 0
        assert await team.do(lambda unit: unit.outbox.unpark("slack", str(CHANNEL.in_thread("7")))) == 1
        (back,) = await team.claims()
        assert (back.id, back.sends, back.last_code) == (row.id, 0, "is_archived")
        assert back.epoch > row.epoch


class TestEpochs:
    """Whoever lost a row cannot write to it."""

    MOVES: tuple[Callable[[Outbox, OutboxRow], bool], ...] = (
        lambda outbox, row: outbox.intend(row, START),
        lambda outbox, row: outbox.sent(row, "m", START),
        lambda outbox, row: outbox.retry(row, START, "x", is_try=True),
        lambda outbox, row: outbox.doubt(row, "x"),
        lambda outbox, row: outbox.park(row, "x"),
        lambda outbox, row: outbox.bury(row, "x"),
        lambda outbox, row: outbox.drop(row, expired=True),
        lambda outbox, row: outbox.found(row, "m", START),
        lambda outbox, row: outbox.resend(row, START),
        lambda outbox, row: outbox.hold(row),
    )

    @pytest.mark.parametrize("move", MOVES, ids=range(len(MOVES)))
    @pytest.mark.parametrize("state", ["leased", "sending", "uncertain", "pending"])
    async def test_an_old_epoch_changes_nothing(
        self, team: Team, clock: FakeClock, state: str, move: Callable[[Outbox, OutboxRow], bool]
    ) -> None:
        await team.plans("1")
        (old,) = await team.claims()
        await team.do(lambda unit: unit.outbox.reap(AFTER_LEASE))
        if state != "pending":
            (new,) = await team.claims(AFTER_LEASE)
            if state != "leased":
                await team.moves(lambda outbox: outbox.intend(new, AFTER_LEASE))
            if state == "uncertain":
                await team.moves(lambda outbox: outbox.doubt(new, "x"))
        before = await team.row(old.id)
        assert before.state == state
        assert not await team.moves(lambda outbox: move(outbox, old))
        assert await team.row(old.id) == before

    async def test_the_right_epoch_of_another_team_changes_nothing(self, team: Team) -> None:
        await team.plans("1")
        (row,) = await team.claims()
        forged = OutboxRow(**{name: getattr(row, name) for name in row.__slots__} | {"workspace_id": THEIRS})
        assert not await team.moves(lambda outbox: outbox.intend(forged, START))


class TestSending:
    async def test_the_intent_is_counted_before_anything_leaves(self, team: Team) -> None:
        await team.plans("1")
        row = await team.row((await team.sends()).id)
        assert (row.state, row.sends, row.send_started_at) == (OutboxState.SENDING, 1, START)

    async def test_sent_is_final(self, team: Team) -> None:
        await team.plans("1")
        row = await team.sends()
        assert await team.moves(lambda outbox: outbox.sent(row, "slack/T1/C1//1.2", START))
        final = await team.row(row.id)
        assert (final.state, final.provider_id, final.tries) == (OutboxState.SENT, "slack/T1/C1//1.2", 1)
        assert not await team.moves(lambda outbox: outbox.retry(row, START, "x", is_try=True))
        assert await team.do(lambda unit: unit.outbox.reap(LATER)) == (0, 0)

    @pytest.mark.parametrize(("is_try", "tries"), [(True, 1), (False, 0)])
    async def test_what_certainly_did_not_arrive_is_tried_again_later(
        self, team: Team, is_try: bool, tries: int
    ) -> None:
        await team.plans("1")
        row = await team.sends()
        assert await team.moves(lambda outbox: outbox.retry(row, LATER, "ratelimited", is_try=is_try))
        assert await team.claims() == ()
        (again,) = await team.claims(LATER)
        assert (again.tries, again.sends, again.last_code, again.epoch) == (tries, 0, "ratelimited", 2)

    async def test_what_can_never_arrive_is_dead_and_the_lane_goes_on(self, team: Team) -> None:
        await team.plans("1", "2")
        row = await team.sends()
        assert await team.moves(lambda outbox: outbox.bury(row, "no_text"))
        assert await team.counts() == {"dead": 1, "pending": 1}
        assert len(await team.claims()) == 1

    @pytest.mark.parametrize(("expired", "state"), [(True, "expired"), (False, "cancelled")])
    async def test_what_is_no_longer_true_is_dropped_before_it_is_sent(
        self, team: Team, expired: bool, state: str
    ) -> None:
        await team.plans("1")
        (row,) = await team.claims()
        assert await team.moves(lambda outbox: outbox.drop(row, expired=expired))
        assert await team.counts() == {state: 1}

    async def test_what_may_have_left_is_not_dropped(self, team: Team) -> None:
        await team.plans("1")
        row = await team.sends()
        assert not await team.moves(lambda outbox: outbox.drop(row, expired=True))

    async def test_an_orderly_stop_gives_back_what_was_not_begun(self, team: Team) -> None:
        await team.plans("1")
        await team.plans("2", to=OTHER)
        first, second = await team.claims()
        await team.moves(lambda outbox: outbox.intend(second, START))
        assert await team.do(lambda unit: unit.outbox.release("somebody else")) == 0
        assert await team.do(lambda unit: unit.outbox.release("one")) == 1
        assert [row.id for row in await team.claims()] == [first.id]


class TestDoubt:
    async def test_a_lease_that_runs_out_frees_or_doubts(self, team: Team) -> None:
        await team.plans("1")
        await team.plans("2", to=OTHER)
        first, second = await team.claims()
        await team.moves(lambda outbox: outbox.intend(second, START))
        assert await team.do(lambda unit: unit.outbox.reap(START + LEASE)) == (0, 0)
        assert await team.do(lambda unit: unit.outbox.reap(AFTER_LEASE)) == (1, 1)
        assert [row.id for row in await team.claims(AFTER_LEASE)] == [first.id]
        assert (await team.row(second.id)).state is OutboxState.UNCERTAIN

    async def _doubted(self, team: Team) -> OutboxRow:
        await team.plans("1")
        row = await team.sends()
        assert await team.moves(lambda outbox: outbox.doubt(row, "timeout"))
        return row

    async def test_only_rows_that_had_time_to_settle_are_looked_into(self, team: Team) -> None:
        row = await self._doubted(team)
        assert await team.do(lambda unit: unit.outbox.uncertain(START, 9)) == ()
        (found,) = await team.do(lambda unit: unit.outbox.uncertain(START + SECOND, 9))
        assert (found.id, found.epoch, found.state) == (row.id, row.epoch + 1, OutboxState.UNCERTAIN)

    async def test_two_reconcilers_never_look_into_the_same_row(self, team: Team) -> None:
        await self._doubted(team)
        asked = await asyncio.gather(
            *(team.do(lambda unit: unit.outbox.uncertain(LATER, 9)) for _ in range(3))
        )
        assert sorted(map(len, asked)) == [0, 0, 1]

    async def test_who_died_while_looking_is_replaced_after_the_lease(
        self, team: Team, clock: FakeClock
    ) -> None:
        await self._doubted(team)
        (first,) = await team.do(lambda unit: unit.outbox.uncertain(LATER, 9))
        clock.jump_to(AFTER_LEASE)
        (second,) = await team.do(lambda unit: unit.outbox.uncertain(LATER, 9))
        assert not await team.moves(lambda outbox: outbox.hold(first))
        assert await team.moves(lambda outbox: outbox.hold(second))

    async def test_found_on_the_platform_is_sent(self, team: Team) -> None:
        await self._doubted(team)
        (row,) = await team.do(lambda unit: unit.outbox.uncertain(LATER, 9))
        assert await team.moves(lambda outbox: outbox.found(row, "m", LATER))
        assert (await team.row(row.id)).provider_id == "m"
        assert await team.counts() == {"sent": 1}

    async def test_not_found_is_sent_once_more_and_counted(self, team: Team) -> None:
        await self._doubted(team)
        (row,) = await team.do(lambda unit: unit.outbox.uncertain(LATER, 9))
        assert await team.moves(lambda outbox: outbox.resend(row, LATER))
        again = await team.sends(LATER)
        assert (await team.row(again.id)).sends == 2

    async def test_held_is_final_and_frees_the_lane(self, team: Team) -> None:
        await self._doubted(team)
        await team.plans("2")
        (row,) = await team.do(lambda unit: unit.outbox.uncertain(LATER, 9))
        assert await team.moves(lambda outbox: outbox.hold(row))
        assert await team.counts() == {"unknown": 1, "pending": 1}
        assert len(await team.claims()) == 1


class TestInBulk:
    async def test_a_finished_milestone_cancels_what_waits_and_nothing_that_may_have_left(
        self, team: Team
    ) -> None:
        about, other = milestone(), milestone()
        await team.has(about, other)
        for place in (CHANNEL, OTHER, GROUP):
            await team.plans("1", to=place, milestone_id=about.id)
        await team.plans("2", to=OTHER, milestone_id=other.id)
        await team.plans("3", to=OTHER, milestone_id=about.id, kind=NoticeKind.DIGEST)
        row = await team.sends()
        cancelled = await team.do(lambda unit: unit.outbox.cancel(OURS, about.id, [NoticeKind.CARD]))
        assert cancelled == 2
        assert (await team.row(row.id)).state is OutboxState.SENDING
        assert await team.counts() == {"sending": 1, "cancelled": 2, "pending": 2}

    async def test_a_cancelled_row_lets_the_next_one_of_its_lane_go(self, team: Team) -> None:
        about = milestone()
        await team.has(about)
        await team.plans("1", milestone_id=about.id)
        await team.plans("2")
        await team.do(lambda unit: unit.outbox.cancel(OURS, about.id, [NoticeKind.CARD]))
        assert [row.key.split(":")[2] for row in await team.claims()] == ["2"]

    async def test_what_is_too_late_expires_soonest_first(self, team: Team) -> None:
        await team.plans("1", planned_for=START - timedelta(hours=26))
        await team.plans("2", planned_for=START - timedelta(hours=25))
        await team.plans("3")
        assert await team.do(lambda unit: unit.outbox.expire(START, 1)) == 1
        assert await team.do(lambda unit: unit.outbox.expire(START, 9)) == 1
        assert [row.key.split(":")[2] for row in await team.claims()] == ["3"]

    async def test_the_oldest_row_that_could_go_is_known(self, team: Team) -> None:
        async def oldest() -> datetime | None:
            return await team.see(lambda unit: unit.outbox.oldest_due(START))

        assert await oldest() is None
        await team.plans("later", planned_for=LATER)
        assert await oldest() is None
        await team.plans("old", to=OTHER, planned_for=START - SECOND)
        assert await oldest() == START - SECOND
        await team.claims()
        assert await oldest() is None

    async def test_finished_rows_are_forgotten_and_with_them_their_keys(
        self, team: Team, clock: FakeClock
    ) -> None:
        await team.plans("1", "2")
        row = await team.sends()
        await team.moves(lambda outbox: outbox.sent(row, "m", START))
        assert await team.do(lambda unit: unit.outbox.forget_before(START)) == 0
        assert await team.do(lambda unit: unit.outbox.forget_before(LATER)) == 1
        assert await team.counts() == {"pending": 1}
        assert await team.do(lambda unit: plan(unit, "1"))
