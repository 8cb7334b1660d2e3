"""What becomes of a row after it was claimed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain.outbox import LEASE, OutboxRow, OutboxState
from bot.ports import Outbox
from bot.refs import ConversationRef
from tests.contracts.storage_contract.cast import (
    SECOND,
    START,
    THEIRS,
    Team,
)
from tests.fakes.clock import FakeClock

OTHER = ConversationRef("slack", "T1", "C2")
LATER = START + timedelta(hours=1)
AFTER_LEASE = START + LEASE + SECOND


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
