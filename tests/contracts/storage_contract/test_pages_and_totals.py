"""Pages of milestones, their totals, and pointing at one."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.milestone import Milestone, State
from bot.ports import Filter, UnitOfWork
from storage.database import SqlStore
from tests.contracts.storage_contract.cast import (
    ANA,
    BO,
    OURS,
    PROJECT,
    THEIRS,
    Team,
    milestone,
)


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
