from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.history import Action, Cause
from bot.domain.milestone import Blocked, Criterion, Kind, Milestone, State
from bot.domain.people import Project
from bot.errors import VersionConflict
from bot.ports import Filter, UnitOfWork
from bot.refs import ConversationRef
from storage.database import SqlStore
from tests.contracts.storage_contract.cast import (
    ANA,
    BO,
    CHANNEL,
    OURS,
    PROJECT,
    SECOND,
    START,
    THEIRS,
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
    criteria=(Criterion("c1", "Signed “off”", ANA, START), Criterion("c2", "Paid")),
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


class TestPages:
    async def test_rows_come_by_due_date_then_number(self, team: Team) -> None:
        late, first, second = (
            milestone(due=date(2026, 5, 1)),
            milestone(number=7001, due=date(2026, 4, 1)),
            milestone(number=7002, due=date(2026, 4, 1)),
        )
        await team.has(late, second, first)
        page = await team.see(lambda unit: unit.milestones.page(OURS, Filter(), 1, 20))
        assert page.milestones == (first, second, late)

    async def test_pages_follow_each_other_and_each_counts_the_whole(self, team: Team) -> None:
        rows = [milestone(number=7000 + n) for n in range(5)]
        await team.has(*rows)
        pages = [
            await team.see(lambda unit, n=n: unit.milestones.page(OURS, Filter(), n, 2)) for n in (1, 2, 3, 4)
        ]
        assert [m for page in pages for m in page.milestones] == rows
        assert [len(page.milestones) for page in pages] == [2, 2, 1, 0]
        assert [page.total for page in pages] == [5, 5, 5, 5]

    async def test_a_filter_leaves_out_what_it_must(self, team: Team) -> None:
        mine, bos = milestone(), milestone(owner_id=BO)
        done, hidden = milestone(state=State.ACHIEVED), milestone(withdrawn=True)
        await team.has(mine, bos, done, hidden)

        async def ids(which: Filter) -> tuple[set[str], int]:
            page = await team.see(lambda unit: unit.milestones.page(OURS, which, 1, 20))
            return {m.id for m in page.milestones}, page.total

        assert await ids(Filter()) == ({mine.id, bos.id}, 2)
        assert await ids(Filter(owner_id=ANA)) == ({mine.id}, 1)
        assert await ids(Filter(owner_id=ANA, open_only=False)) == ({mine.id, done.id}, 2)
        assert await ids(Filter(project_id=PROJECT, owner_id=BO)) == ({bos.id}, 1)
        assert await ids(Filter(project_id="none")) == (set(), 0)


class TestPointing:
    async def test_any_word_of_the_title_points_and_more_words_point_better(self, team: Team) -> None:
        one, other = milestone(title="Prototype tested"), milestone(title="Prototype painted")
        await team.has(one, other, milestone(title="Unrelated"))
        found = await team.see(lambda unit: unit.milestones.candidates(OURS, "PAINTED prototype"))
        assert [pointed.title for pointed in found] == ["Prototype painted", "Prototype tested"]

    async def test_open_ones_come_first_and_withdrawn_ones_not_at_all(self, team: Team) -> None:
        await team.has(
            milestone(title="Roof", state=State.ACHIEVED, due=date(2026, 1, 1)),
            milestone(title="Roof", due=date(2026, 9, 9)),
            milestone(title="Roof", withdrawn=True),
        )
        found = await team.see(lambda unit: unit.milestones.candidates(OURS, "roof"))
        assert [pointed.is_open for pointed in found] == [True, False]

    async def test_wildcards_are_only_letters(self, team: Team) -> None:
        await team.has(milestone(title="100 % done"), milestone(title="1000 done"))
        found = await team.see(lambda unit: unit.milestones.candidates(OURS, "%"))
        assert [pointed.title for pointed in found] == ["100 % done"]

    async def test_misspelt_words_bring_what_is_due_next(self, team: Team) -> None:
        await team.has(milestone(title="Prototype tested"))
        found = await team.see(lambda unit: unit.milestones.candidates(OURS, "protoypte"))
        assert [pointed.title for pointed in found] == ["Prototype tested"]

    async def test_words_of_scripts_without_spaces_are_found_inside(self, team: Team) -> None:
        await team.has(milestone(title="設計審査完了"), milestone(title="Other"))
        found = await team.see(lambda unit: unit.milestones.candidates(OURS, "審査"))
        assert [pointed.title for pointed in found] == ["設計審査完了"]

    async def test_never_more_than_two_hundred(self, team: Team) -> None:
        await team.has(*(milestone(title="Roof") for _ in range(205)))
        assert len(await team.see(lambda unit: unit.milestones.candidates(OURS, "roof", PROJECT))) == 200


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


_CHANGES = st.tuples(
    st.integers(0, 3),
    st.sampled_from([ANA, BO]),
    st.sampled_from([State.PLANNED, State.ACHIEVED, State.CANCELLED]),
    st.booleans(),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(_CHANGES, max_size=12))
async def test_totals_are_right_after_any_sequence_of_changes(
    team: Team, changes: list[tuple[int, str, State, bool]]
) -> None:
    await _empty(team)
    now: dict[int, Milestone] = {}
    for which, owner, state, withdrawn in changes:
        if which in now:
            now[which] = now[which].next(owner_id=owner, state=state, withdrawn=withdrawn)
            await team.do(lambda unit, which=which: unit.milestones.save(now[which]))
        else:
            now[which] = milestone(owner_id=owner, state=state, withdrawn=withdrawn)
            await team.has(now[which])
    await _check_totals(team, list(now.values()))


async def _empty(team: Team) -> None:
    """Withdraw what the example before left: the same store serves them all."""

    def withdraw(unit: UnitOfWork) -> None:
        for found in unit.milestones.page(OURS, Filter(open_only=False), 1, 100).milestones:
            unit.milestones.save(found.next(withdrawn=True))

    await team.do(withdraw)


async def _check_totals(team: Team, rows: list[Milestone]) -> None:
    for owner in ("", ANA, BO):
        for project in ("", PROJECT):
            mine = [m for m in rows if not m.withdrawn and owner in ("", m.owner_id)]
            for open_only, wanted in ((True, [m for m in mine if m.is_open]), (False, mine)):
                which = Filter(project_id=project, owner_id=owner, open_only=open_only)
                page = await team.see(lambda unit, which=which: unit.milestones.page(OURS, which, 1, 100))
                assert (page.total, len(page.milestones)) == (len(wanted), len(wanted))


async def test_a_strangers_totals_stay_their_own(team: Team, store: SqlStore) -> None:
    await team.has(milestone(), milestone())
    assert (await store.read(lambda unit: unit.milestones.page(THEIRS, Filter(), 1, 20))).total == 0
