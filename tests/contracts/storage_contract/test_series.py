"""What comes again is kept, moves on once, and belongs to one team."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.series import Every, Rule, Series
from bot.errors import VersionConflict
from tests.contracts.storage_contract.cast import (
    ANA,
    BO,
    OURS,
    PROJECT,
    THEIR_PROJECT,
    THEIRS,
    Team,
    milestone,
)

RULE = Rule(every=Every.MONTH, weekday=0, nth=-1, times=6, until=date(2027, 5, 4), follows=True)

FIRST = milestone()


def series(**changes: Any) -> Series:
    made = Series(
        id="s1", workspace_id=OURS, project_id=PROJECT, rule=RULE, title="Report filed", owner_id=ANA,
        starts=date(2026, 3, 30), last=date(2026, 3, 30), milestone_id=FIRST.id, created_by=BO,
        needs=("client signed", "naïve 🚧"), phase_id="build",
    )  # fmt: skip
    return replace(made, **changes)


class TestSeries:
    async def test_what_is_kept_comes_back_whole(self, team: Team) -> None:
        await team.has(FIRST)
        await team.do(lambda unit: unit.series.add(series()))
        assert await team.see(lambda unit: unit.series.get(OURS, "s1")) == series()
        assert await team.see(lambda unit: unit.series.of(OURS, PROJECT)) == (series(),)
        assert await team.see(lambda unit: unit.series.of(OURS)) == (series(),)

    async def test_it_moves_on_once(self, team: Team) -> None:
        await team.has(FIRST)
        await team.do(lambda unit: unit.series.add(series()))
        next_one = series().next(last=date(2026, 4, 27), made=2)
        await team.do(lambda unit: unit.series.save(next_one))
        with pytest.raises(VersionConflict):
            await team.do(lambda unit: unit.series.save(next_one))
        assert await team.see(lambda unit: unit.series.get(OURS, "s1")) == next_one

    async def test_an_ended_one_is_kept_and_in_no_list(self, team: Team) -> None:
        await team.has(FIRST)
        await team.do(lambda unit: unit.series.add(series()))
        ended = series().next(ended=True)
        await team.do(lambda unit: unit.series.save(ended))
        assert await team.see(lambda unit: unit.series.of(OURS)) == ()
        assert await team.see(lambda unit: unit.series.get(OURS, "s1")) == ended

    async def test_another_team_never_finds_it(self, team: Team) -> None:
        await team.has(FIRST)
        await team.do(lambda unit: unit.series.add(series()))
        assert await team.see(lambda unit: unit.series.get(THEIRS, "s1")) is None
        assert await team.see(lambda unit: unit.series.of(THEIRS, THEIR_PROJECT)) == ()

    async def test_two_who_turn_out_to_be_one_own_it_as_one(self, team: Team) -> None:
        await team.has(FIRST)
        await team.do(lambda unit: unit.series.add(series()))
        await team.do(lambda unit: unit.people.merge(OURS, ANA, BO))
        found = await team.see(lambda unit: unit.series.get(OURS, "s1"))
        assert found is not None
        assert (found.owner_id, found.created_by) == (BO, BO)
