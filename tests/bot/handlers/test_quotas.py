"""How much fits: said before it bites, refused kindly when it does, and nothing half-done."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import quotas
from bot.domain.quotas import WARN_AT, Quota, Usage
from tests.scenarios.cast import APEX, TEAM
from tests.scenarios.conversation import Stage


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two milestones there are; five fit."""
    few = {Quota.MILESTONES: 5, Quota.PROJECTS: 2, Quota.INVITATIONS: 2, Quota.NOTES: 2}
    monkeypatch.setattr(quotas, "LIMITS", few)


def said(stage: Stage, words: str) -> list[str]:
    return [m.text for adapter in stage.adapters.values() for m in adapter.sent if words in m.text]


@pytest.mark.usefixtures("small")
async def test_the_lead_hears_before_a_project_is_full(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("new Roof closed by 6 March me")
    assert said(stage, "more fit it") == []
    await ana.commands("new Doors hung by 6 March me")
    told = stage.is_told("chen", "Apex release has 4 milestones; 1 more fit it.")
    assert [b.label for b in told.card.buttons] == ["All milestones", "Mine"]


@pytest.mark.usefixtures("small")
async def test_a_full_project_refuses_and_says_what_would_do(stage: Stage) -> None:
    ana = stage.person("ana")
    for name in ("Roof closed", "Doors hung", "Walls up"):
        await ana.commands(f"new {name} by 6 March me")
    answer = await ana.commands("new Floor laid by 6 March me")
    assert answer.first_line == "Apex release is full: 5 milestones fit one project. Nothing was added."
    assert "Start another project" in answer.text
    assert not await stage.has("APX-6")


@pytest.mark.usefixtures("small")
async def test_another_project_is_refused_when_the_team_has_all_it_may(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("project new Bridge")
    answer = await ana.says("project new Canal")
    assert "is full: 2 projects fit one team. Nothing was added." in answer.first_line
    keys = await stage.do(lambda uow: uow.projects.keys(TEAM))
    assert len(keys) == 2


@pytest.mark.usefixtures("small")
async def test_notes_of_a_day_have_an_end_and_tomorrow_there_is_room(stage: Stage) -> None:
    ana = stage.person("ana")
    for words in ("one", "two"):
        await ana.says(f"note APX-1 {words}")
    assert "2 notes in one day is all I keep" in (await ana.says("note APX-1 three")).first_line
    assert "all I keep" not in (await stage.person("chen").says("note APX-1 three")).first_line


async def test_with_room_to_spare_nothing_is_said(stage: Stage) -> None:
    await stage.person("ana").commands("new Roof closed by 6 March me")
    assert said(stage, "more fit") == []


async def test_the_limits_are_generous() -> None:
    assert quotas.LIMITS[Quota.MILESTONES] >= 1_000
    assert APEX.key


@given(st.integers(1, 5_000), st.integers(1, 5_000))
def test_every_mark_is_crossed_by_one_step_at_most_once(limit: int, used: int) -> None:
    steps = [Usage(Quota.NOTES, n, limit).crossed for n in range(max(1, used - 3), used + 3)]
    crossed = [mark for mark in steps if mark]
    assert len(crossed) == len(set(crossed))
    assert set(crossed) <= set(WARN_AT)
