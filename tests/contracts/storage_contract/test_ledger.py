"""The ledger and the phases: written once, in order, and never another team's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.ledger import Deed, Entry, Kind, Subject
from bot.domain.phases import Phase
from tests.contracts.storage_contract.cast import ANA, BO, DAY, OURS, PROJECT, THEIR_PROJECT, THEIRS, Team
from tests.fakes.clock import START

APEX = Subject(Kind.PROJECT, PROJECT)


def entry(ident: str, **changes: Any) -> Entry:
    values: dict[str, Any] = {
        "id": ident,
        "workspace_id": OURS,
        "subject": APEX,
        "at": START,
        "actor_id": ANA,
        "deed": Deed.CHANGED,
        "before": {"name": "Apex"},
        "after": {"name": "Ápex 日本 بناء Стройка"},
    }
    return Entry(**{**values, **changes})


async def writes(team: Team, *entries: Entry) -> None:
    await team.do(lambda unit: [unit.ledger.add(one) for one in entries])


async def test_an_entry_comes_back_as_it_was_written(team: Team) -> None:
    one = entry("e1", batch_id="b")
    await writes(team, one)
    assert await team.see(lambda unit: unit.ledger.get(OURS, "e1")) == one


async def test_what_happened_to_one_subject_is_told_newest_first(team: Team) -> None:
    await writes(
        team, entry("e1"), entry("e2", at=START + DAY), entry("e3", subject=Subject(Kind.PHASE, "p"))
    )
    found = await team.see(lambda unit: unit.ledger.of(OURS, APEX))
    assert [one.id for one in found] == ["e2", "e1"]


async def test_what_was_made_together_is_found_together(team: Team) -> None:
    await writes(team, entry("e1", batch_id="b"), entry("e2", batch_id="b"), entry("e3"))
    found = await team.see(lambda unit: unit.ledger.of_batch(OURS, "b"))
    assert {one.id for one in found} == {"e1", "e2"}
    assert await team.see(lambda unit: unit.ledger.of_batch(OURS, "")) == ()


async def test_the_last_change_of_a_person_is_neither_an_undo_nor_undone(team: Team) -> None:
    undo = entry("e4", at=START + 3 * DAY, deed=Deed.UNDONE, undoes="e3")
    others = entry("e2", actor_id=BO, at=START + DAY)
    await writes(team, entry("e1"), others, entry("e3", at=START + 2 * DAY), undo)
    last = await team.see(lambda unit: unit.ledger.last_by(OURS, ANA))
    assert last is not None
    assert last.id == "e1"


async def test_another_team_reads_none_of_it(team: Team) -> None:
    await writes(team, entry("e1", batch_id="b"))
    assert await team.see(lambda unit: unit.ledger.get(THEIRS, "e1")) is None
    assert await team.see(lambda unit: unit.ledger.of(THEIRS, APEX)) == ()
    assert await team.see(lambda unit: unit.ledger.of_batch(THEIRS, "b")) == ()
    assert await team.see(lambda unit: unit.ledger.last_by(THEIRS, ANA)) is None


@pytest.mark.parametrize("change", ["archived", "withdrawn"])
async def test_an_archived_or_withdrawn_project_is_in_no_list_but_can_be_found(
    team: Team, change: str
) -> None:
    apex = await team.see(lambda unit: unit.projects.get(OURS, PROJECT))
    assert apex is not None
    await team.do(lambda unit: unit.projects.save(replace(apex, **{change: True})))
    assert await team.see(lambda unit: unit.projects.all(OURS)) == ()
    assert await team.see(lambda unit: unit.projects.keys_and_names(OURS)) == ()
    assert apex.home
    assert await team.see(lambda unit: unit.projects.by_home(OURS, apex.home)) is None
    assert await team.see(lambda unit: unit.projects.keys(OURS)) == ("APX",)
    found = await team.see(lambda unit: unit.projects.get(OURS, PROJECT))
    assert found == replace(apex, **{change: True})
    archived = await team.see(lambda unit: unit.projects.archived(OURS))
    assert [p.id for p in archived] == ([PROJECT] if change == "archived" else [])
    assert len(await team.see(lambda unit: unit.projects.all(THEIRS))) == 1


def phase(ident: str, position: int, **changes: Any) -> Phase:
    values: dict[str, Any] = {
        "id": ident,
        "workspace_id": OURS,
        "project_id": PROJECT,
        "name": f"Phase {ident}",
        "position": position,
        "exit": "Roof closed",
    }
    return Phase(**{**values, **changes})


async def test_phases_come_in_order_and_without_those_removed(team: Team) -> None:
    made = [phase("a", 2), phase("b", 1), phase("c", 3, withdrawn=True)]
    await team.do(lambda unit: [unit.phases.add(one) for one in made])
    assert await team.see(lambda unit: unit.phases.of(OURS, PROJECT)) == (made[1], made[0])
    assert await team.see(lambda unit: unit.phases.get(OURS, "c")) == made[2]


async def test_a_phase_belongs_to_one_team(team: Team) -> None:
    theirs = phase("x", 1, workspace_id=THEIRS, project_id=THEIR_PROJECT)
    await team.do(lambda unit: unit.phases.add(theirs))
    assert await team.see(lambda unit: unit.phases.get(OURS, "x")) is None
    assert await team.see(lambda unit: unit.phases.of(OURS, THEIR_PROJECT)) == ()
