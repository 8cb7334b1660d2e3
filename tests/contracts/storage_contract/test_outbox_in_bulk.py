"""Many rows at once: cancelled, expired, forgotten; pauses and parking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.domain.notices import NoticeKind
from bot.domain.outbox import LEASE, OutboxState
from bot.ports import UnitOfWork
from bot.refs import ConversationRef
from tests.contracts.storage_contract.cast import (
    CHANNEL,
    GROUP,
    LANE,
    OURS,
    SECOND,
    START,
    Team,
    milestone,
    plan,
)
from tests.fakes.clock import FakeClock

OTHER = ConversationRef("slack", "T1", "C2")
LATER = START + timedelta(hours=1)
AFTER_LEASE = START + LEASE + SECOND


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
