"""What of a plan is unfinished, and the guess for a phase nobody dated."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.domain.facts import facts, restored, subject_of
from bot.domain.ledger import Deed, Entry, difference, still_stands
from bot.domain.milestone import Milestone, State
from bot.domain.people import Completing, Person, Project, Role, Workspace
from bot.domain.phases import Phase, named, ordered
from bot.domain.planning import Gap, estimated_end, items, next_after
from bot.errors import InvalidProject
from bot.refs import ConversationRef

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
RIVERSIDE = Project("p", "w", "RVR", "Riverside", "ana")
ANA = Person("ana", "w", "Ana")
DESIGN, BUILD = (Phase(id=name, workspace_id="w", project_id="p", name=name, position=n)
                 for n, name in enumerate(("Design", "Build"), 1))  # fmt: skip


def milestone(ident: str, phase: str, due: date, state: State = State.PLANNED) -> Milestone:
    return Milestone(id=ident, workspace_id="w", project_id="p", project_key="RVR", number=1, title=ident,
                     owner_id="ana", due=due, zone="UTC", created_by="ana", created_at=NOW, state=state,
                     phase_id=phase)  # fmt: skip


def gaps(
    project: Project, phases: tuple[Phase, ...] = (), milestones: tuple[Milestone, ...] = ()
) -> list[str]:
    return [item.code for item in items(project, phases, milestones, (ANA,)) if item.is_open]


def test_a_bare_project_lacks_everything() -> None:
    assert gaps(RIVERSIDE) == ["scope", "phases", "holidays", "channel", "people"]


def test_a_phase_without_an_end_and_a_draft_are_unfinished() -> None:
    there = replace(RIVERSIDE, scope="x", country="DE", home=ConversationRef("web", "", "c"))
    draft = milestone("m", "Build", date(2026, 5, 1), State.DRAFT)
    assert gaps(there, (DESIGN, replace(BUILD, exit="Shell closed")), (draft,)) == [
        "exit:Design",
        "date:m",
        "people",
    ]


def test_the_next_question_lies_behind_the_last_and_is_one_that_can_be_asked() -> None:
    everything = items(RIVERSIDE, (DESIGN, BUILD), (), (ANA,))
    first = next_after(everything, "")
    assert first is not None
    assert first.gap is Gap.SCOPE
    codes = []
    step = "scope"
    while item := next_after(everything, step):
        codes.append(item.code)
        step = item.code
    assert codes == ["exit:Design", "exit:Build", "holidays"]
    assert next_after(everything, "holidays") is None


def test_a_phase_is_guessed_from_what_comes_before_it() -> None:
    today = date(2026, 3, 2)
    assert estimated_end(RIVERSIDE, DESIGN, (DESIGN, BUILD), (), today) == date(2026, 3, 30)
    assert estimated_end(RIVERSIDE, BUILD, (DESIGN, BUILD), (), today) == date(2026, 4, 27)
    known = (milestone("m", "Design", date(2026, 4, 3)),)
    assert estimated_end(RIVERSIDE, BUILD, (DESIGN, BUILD), known, today) == date(2026, 5, 1)
    later = replace(RIVERSIDE, starts=date(2026, 6, 1))
    assert estimated_end(later, DESIGN, (DESIGN,), (), today) == date(2026, 6, 29)


def test_a_phase_is_found_by_name_number_or_a_clear_beginning() -> None:
    phases = (DESIGN, BUILD)
    assert named(phases, "BUILD") is BUILD
    assert named(phases, "2") is BUILD
    assert named(phases, "des") is DESIGN
    assert named(phases, "x") is None
    assert named(phases, "") is None
    assert [p.position for p in ordered((BUILD, DESIGN))] == [1, 2]


@pytest.mark.parametrize(
    "value",
    [
        replace(RIVERSIDE, home=ConversationRef("slack", "T1", "C", "7"), week=frozenset({0, 6}),
                goals=("a", "b"), starts=date(2026, 3, 3), holidays=frozenset({date(2026, 4, 3)}),
                digest_at=time(8, 30), closes=time(20)),
        Workspace("w", "Team", rehearsal=True, completing=Completing.LEAD),
        replace(ANA, role=Role.LEAD, morning=time(7), week=frozenset({1})),
        replace(BUILD, exit="Shell closed", withdrawn=True),
    ],
)  # fmt: skip
def test_facts_restore_what_they_were_taken_from(value: Project | Workspace | Person | Phase) -> None:
    assert restored(value, facts(value)) == value
    assert subject_of(value).id == value.id


def test_only_what_differs_is_kept_and_it_stands_until_it_is_changed() -> None:
    was, now = facts(RIVERSIDE), facts(replace(RIVERSIDE, name="Riverside North"))
    before, after = difference(was, now)
    assert (before, after) == ({"name": "Riverside"}, {"name": "Riverside North"})
    entry = Entry(id="e", workspace_id="w", subject=subject_of(RIVERSIDE), at=NOW, actor_id="ana",
                  deed=Deed.CHANGED, before=before, after=after)  # fmt: skip
    assert still_stands(entry, now)
    assert not still_stands(entry, was)


@pytest.mark.parametrize(
    "change",
    [{"name": " "}, {"name": "x" * 81}, {"scope": "x" * 301}, {"goals": tuple("abcdefghijk")},
     {"opens": time(18), "closes": time(9)}],
)  # fmt: skip
def test_no_project_is_like_that(change: dict[str, object]) -> None:
    with pytest.raises(InvalidProject):
        replace(RIVERSIDE, **change)  # type: ignore[arg-type]  # values of its fields


@pytest.mark.parametrize("change", [{"name": ""}, {"name": "x" * 81}, {"exit": "x" * 201}])
def test_no_phase_is_like_that(change: dict[str, str]) -> None:
    with pytest.raises(InvalidProject):
        replace(BUILD, **change)  # type: ignore[arg-type]  # values of its fields
