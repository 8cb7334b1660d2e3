"""Whatever is done and undone, in any order, ends where the history says it should."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.history import History, facts, restored
from bot.domain.milestone import Milestone
from bot.ports import UnitOfWork
from tests.scenarios.cast import ANA, APEX_HOME, TEAM, milestone
from tests.scenarios.conversation import Stage, Voice

Step = tuple[str, str]
CHANGES: tuple[Step, ...] = (
    ("move APX-1 to 16 March", ""),
    ("move APX-1 by 2 working days", ""),
    ("bring APX-1 forward by 1 working day", ""),
    ("block APX-1 waiting on legal", ""),
    ("unblock APX-1", ""),
    ("assign APX-1 to @boris", ""),
    ("assign APX-1 to @ana", ""),
    ("done APX-1", "report filed"),
)
UNDO = ("undo", "")
WHO = ("ana", "chen", "dora")


async def do(voice: Voice, step: Step) -> None:
    words, label = step
    answer = await voice.says(words, APEX_HOME)
    assert "Something went wrong" not in answer.text
    if label and answer.reply and answer.card.buttons and label in answer.labels:
        await voice.presses(label)


async def afresh(stage: Stage) -> None:
    """Whatever the example before left behind."""

    def work(uow: UnitOfWork) -> None:
        now = uow.milestones.by_key(TEAM, "APX", 1)
        assert now
        first = milestone(1, now.title, ANA, date(2026, 3, 13), now.created_at, "report filed")
        uow.milestones.save(restored(now, facts(first)))

    await stage.do(work)


def replayed(first: Milestone, lines: tuple[History, ...]) -> Milestone:
    """The milestone that the history describes, line by line."""
    for line in lines:
        first = restored(first, line.after)
    return first


def same(one: Milestone, other: Milestone) -> bool:
    return facts(one) == facts(other)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(WHO), st.sampled_from((*CHANGES, UNDO, UNDO))), max_size=8))
async def test_the_history_always_tells_how_it_is(
    quick_stage: Stage, steps: list[tuple[str, tuple[str, str]]]
) -> None:
    start, known = await quick_stage.milestone(), len(await quick_stage.history())
    for who, step in steps:
        await do(quick_stage.person(who), step)
    end, lines = await quick_stage.milestone(), await quick_stage.history()
    assert same(replayed(start, lines[known:]), end)
    assert [line.version for line in lines[known:]] == list(range(start.version + 1, end.version + 1))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=4))
async def test_undoing_after_every_change_always_leads_back(
    quick_stage: Stage, changes: list[tuple[str, str]]
) -> None:
    dora = quick_stage.person("dora")
    await do(dora, ("move APX-1 to 16 March", ""))
    start = await quick_stage.milestone()
    for change in changes:
        before = await quick_stage.milestone()
        await do(quick_stage.person("chen"), change)
        changed = await quick_stage.milestone()
        if changed.version > before.version:
            await do(quick_stage.person("chen"), UNDO)
        assert same(await quick_stage.milestone(), before)
    assert same(await quick_stage.milestone(), replace(start, version=0))
