from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.domain.notices import NoticeKind
from bot.domain.outbox import LEASE, OutboxState
from bot.refs import ConversationRef
from tests.contracts.storage_contract.cast import (
    ANA_IN_SLACK,
    CHANNEL,
    GROUP,
    LANE,
    SECOND,
    START,
    THEIRS,
    Team,
    milestone,
    notice,
    plan,
)

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
