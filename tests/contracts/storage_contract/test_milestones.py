from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from bot.domain.history import Action, Cause
from bot.domain.milestone import Blocked, Criterion, CriterionKind, Hold, Kind, Milestone, State, Task
from bot.domain.people import Project
from bot.errors import VersionConflict
from bot.ports import UnitOfWork
from bot.refs import ConversationRef
from tests.contracts.storage_contract.cast import (
    ANA,
    BO,
    CHANNEL,
    OURS,
    PROJECT,
    SECOND,
    START,
    Team,
    milestone,
    moved,
)

FULL = milestone(
    title="Ünï – “tested” 🚀 ‮<b>`%_\\",
    state=State.IN_PROGRESS,
    kind=Kind.GATE,
    approver_id=BO,
    baseline_due=date(2026, 3, 1),
    forecast_due=date(2026, 4, 1),
    actual_start=date(2026, 2, 1),
    blocked=Blocked("no crane", START + timedelta(microseconds=1), BO),
    criteria=(
        Criterion("c1", "Signed “off”", ANA, START),
        Criterion("c2", "Paid"),
        Criterion("c3", "Covered", kind=CriterionKind.NUMBER, target="80", unit="%", value="76.5"),
        Criterion("c4", "Report", kind=CriterionKind.DOCUMENT, evidence="a1"),
        Criterion("c5", "Chen agrees", kind=CriterionKind.APPROVAL, approver_id=BO),
    ),
    tasks=(Task("t1", "Order “steel”", BO), Task("t2", "Pour", ANA, ANA, START)),
    hold=Hold("no crane", START, BO, date(2026, 4, 2), State.IN_REVIEW),
    phase_id="f1",
    owner_role="Électricien",
    origin="https://team.example/p1?a=b&c",
    series_id="s1",
    version=7,
)


async def test_a_milestone_is_read_back_as_written(team: Team) -> None:
    await team.has(FULL)
    assert await team.see(lambda unit: unit.milestones.get(OURS, FULL.id)) == FULL
    assert await team.see(lambda unit: unit.milestones.by_key(OURS, "APX", FULL.number)) == FULL


async def test_a_milestone_is_changed_whole(team: Team) -> None:
    before = milestone()
    await team.has(before)
    after = replace(
        FULL,
        id=before.id,
        number=before.number,
        version=2,
        state=State.ACHIEVED,
        blocked=None,
        actual_done=date(2026, 3, 3),
    )
    await team.do(lambda unit: unit.milestones.save(after))
    assert await team.see(lambda unit: unit.milestones.get(OURS, before.id)) == after


async def test_a_lost_update_is_refused_and_nothing_is_written(team: Team) -> None:
    first = milestone()
    await team.has(first)
    await team.do(lambda unit: unit.milestones.save(first.next(title="Mine")))
    with pytest.raises(VersionConflict):
        await team.do(partial(_arrive_and_save, changed=first.next(title="Late")))
    found = await team.see(lambda unit: unit.milestones.get(OURS, first.id))
    assert found == first.next(title="Mine")
    assert await team.do(lambda unit: unit.inbox.add("slack", "e", START))


def _arrive_and_save(unit: UnitOfWork, changed: Milestone) -> None:
    unit.inbox.add("slack", "e", START)
    unit.milestones.save(changed)


async def test_saving_what_does_not_exist_is_a_conflict(team: Team) -> None:
    with pytest.raises(VersionConflict):
        await team.do(lambda unit: unit.milestones.save(milestone().next(title="Ghost")))


async def test_two_completions_at_once_give_one_conflict_and_one_line_of_history(team: Team) -> None:
    planned = milestone()
    await team.has(planned)

    def complete(unit: UnitOfWork, who: str) -> None:
        done = planned.next(state=State.ACHIEVED)
        unit.milestones.save(done)
        unit.histories.add(moved(done, f"by-{who}", who, action=Action.ACHIEVED))

    both = (team.do(partial(complete, who=who)) for who in (ANA, BO))
    results = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "VersionConflict"]
    assert len(await team.see(lambda unit: unit.histories.of(OURS, planned.id))) == 1


async def test_two_of_the_same_number_are_refused(team: Team) -> None:
    await team.has(milestone(number=5000))
    with pytest.raises(VersionConflict):
        await team.has(milestone(number=5000))


async def test_numbers_are_taken_once_each_even_at_once(team: Team) -> None:
    at_once = (team.do(lambda unit: unit.projects.next_number(OURS, PROJECT)) for _ in range(8))
    taken = await asyncio.gather(*at_once)
    assert sorted(taken) == list(range(1, 9))


async def test_a_number_is_not_lost_when_the_project_is_saved(team: Team) -> None:
    await team.do(lambda unit: unit.projects.next_number(OURS, PROJECT))
    project = await team.see(lambda unit: unit.projects.get(OURS, PROJECT))
    assert project is not None
    await team.do(lambda unit: unit.projects.save(replace(project, name="Renamed")))
    assert await team.do(lambda unit: unit.projects.next_number(OURS, PROJECT)) == 2


async def test_keys_and_names_are_those_of_all_projects(team: Team) -> None:
    listed = await team.see(lambda unit: unit.projects.all(OURS))
    named = await team.see(lambda unit: unit.projects.keys_and_names(OURS))
    assert sorted(named) == [(project.key, project.name) for project in listed]
    assert named


async def test_a_new_project_key_is_that_of_its_milestones(team: Team) -> None:
    one = milestone()
    await team.has(one)
    project = await team.see(lambda unit: unit.projects.get(OURS, PROJECT))
    assert project is not None
    await team.do(lambda unit: unit.projects.save(replace(project, key="NEW")))
    found = await team.see(lambda unit: unit.milestones.by_key(OURS, "NEW", one.number))
    assert found is not None
    assert found.project_key == "NEW"
    assert await team.see(lambda unit: unit.milestones.by_key(OURS, "APX", one.number)) is None


async def test_a_topic_has_its_own_project_before_its_groups(team: Team) -> None:
    topic = CHANNEL.in_thread("7")
    await team.do(lambda unit: unit.projects.add(Project("side", OURS, "SIDE", "Side", ANA, home=topic)))

    async def key_at(place: ConversationRef) -> str:
        found = await team.see(lambda unit: unit.projects.by_home(OURS, place))
        return found.key if found else ""

    places = (topic, CHANNEL, CHANNEL.in_thread("8"))
    assert [await key_at(place) for place in places] == ["SIDE", "APX", "APX"]


class TestHistory:
    async def test_entries_come_newest_first_and_as_written(self, team: Team) -> None:
        one = milestone()
        entries = [
            moved(one, f"h{n}", at=START + n * SECOND, version=n, cause=Cause.SCOPE, note="“why” ☂")
            for n in (1, 2, 3)
        ]
        await team.has(one)
        await team.do(lambda unit: [unit.histories.add(entry) for entry in entries])
        assert await team.see(lambda unit: unit.histories.of(OURS, one.id)) == tuple(reversed(entries))
        assert await team.see(lambda unit: unit.histories.of(OURS, one.id, most=1)) == (entries[2],)

    async def test_what_was_changed_together_is_found_together(self, team: Team) -> None:
        one, other = milestone(), milestone()
        await team.has(one, other)
        entries = [
            moved(m, f"h{n}", at=START + n * SECOND, batch_id=batch)
            for n, (m, batch) in enumerate(((one, "b1"), (other, "b1"), (one, "b2"), (other, "")))
        ]
        await team.do(lambda unit: [unit.histories.add(entry) for entry in entries])
        found = await team.see(lambda unit: unit.histories.of_batch(OURS, "b1"))
        assert found == (entries[1], entries[0])
        assert await team.see(lambda unit: unit.histories.of_batch(OURS, "")) == ()

    async def test_a_missing_cause_is_named_once(self, team: Team) -> None:
        one = milestone()
        await team.has(one)
        await team.do(lambda unit: unit.histories.add(moved(one, "h1")))
        await team.do(lambda unit: unit.histories.name_cause(OURS, "h1", Cause.SCOPE))
        await team.do(lambda unit: unit.histories.name_cause(OURS, "h1", Cause.CLIENT))
        found = await team.see(lambda unit: unit.histories.get(OURS, "h1"))
        assert found == moved(one, "h1", cause=Cause.SCOPE)

    async def test_the_last_change_of_a_person_skips_undone_ones_and_undos(self, team: Team) -> None:
        one = milestone()
        await team.has(one)
        for version, action in ((1, Action.CREATED), (2, Action.MOVED), (3, Action.UNDONE)):
            entry = moved(one, f"h{version}", at=START + version * SECOND, version=version, action=action)
            await team.do(lambda unit, entry=entry: unit.histories.add(entry))
        found = await team.see(lambda unit: unit.histories.last_by(OURS, ANA))
        assert found is not None
        assert found.id == "h1"
        assert await team.see(lambda unit: unit.histories.last_by(OURS, BO)) is None

    async def test_an_undo_elsewhere_does_not_count(self, team: Team) -> None:
        one, other = milestone(), milestone()
        await team.has(one, other)
        await team.do(lambda unit: unit.histories.add(moved(one, "h1", version=2)))
        await team.do(
            lambda unit: unit.histories.add(moved(other, "h2", BO, version=3, action=Action.UNDONE))
        )
        found = await team.see(lambda unit: unit.histories.last_by(OURS, ANA))
        assert found is not None
        assert found.id == "h1"


async def test_whose_tasks_are_open_is_found_soonest_first(team: Team) -> None:
    theirs = milestone(number=41, due=date(2026, 5, 2), tasks=(Task("t1", "Order steel", BO),))
    sooner = milestone(
        number=42, due=date(2026, 5, 1), tasks=(Task("t2", "Pour", ANA), Task("t3", "Dry", BO))
    )
    others = milestone(number=43, tasks=(Task("t4", "Paint", ANA),))
    over = milestone(number=44, tasks=(Task("t5", "Sweep", BO),), state=State.CANCELLED)
    for made in (theirs, sooner, others, over, milestone(number=45)):
        await team.has(made)
    assert await team.see(lambda unit: unit.milestones.with_tasks_of(OURS, BO)) == (sooner, theirs)
    assert await team.see(lambda unit: unit.milestones.with_tasks_of(OURS, BO, most=1)) == (sooner,)
    assert await team.see(lambda unit: unit.milestones.with_tasks_of("elsewhere", BO)) == ()
    assert await team.see(lambda unit: unit.milestones.with_tasks_of(OURS, "b%")) == ()
