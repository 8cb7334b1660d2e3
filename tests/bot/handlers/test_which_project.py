"""More projects than buttons: the rest is one press away, and every one can be typed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.ports import UnitOfWork
from tests.scenarios.cast import APEX
from tests.scenarios.conversation import Stage

NAMES = ("Bridge", "Canal", "Dam", "Embankment", "Ferry")


def projects(count: int):  # type: ignore[no-untyped-def]  # a unit of work's work
    def work(uow: UnitOfWork) -> None:
        for number, name in enumerate(NAMES[:count]):
            uow.projects.add(replace(APEX, id=f"p-{number}", key=f"PR{number}", name=name, home=None))

    return work


async def all_offered(stage: Stage) -> list[str]:
    """Every button from the first page until it comes round."""
    ana = stage.person("ana")
    answer = await ana.says("new Roof closed by 6 March me")
    seen = list[str]()
    while (names := [label for label in answer.labels if label not in ("More ›", "Leave it")])[0] not in seen:
        seen += names
        if "More ›" not in answer.labels:
            break
        answer = await ana.presses("More ›")
    return seen


@pytest.mark.parametrize("count", [3, 4, 5])
async def test_every_project_can_be_reached(quick_stage: Stage, count: int) -> None:
    await quick_stage.do(projects(count))
    assert sorted(await all_offered(quick_stage)) == sorted(("Apex release", *NAMES[:count]))


async def test_what_was_typed_is_kept_from_page_to_page(stage: Stage) -> None:
    await stage.do(projects(5))
    ana = stage.person("ana")
    await ana.says("new Roof closed by 6 March me")
    await ana.presses("More ›")
    label = ana.answer.labels[0]
    await ana.presses(label)
    key = next(
        key for number, key in enumerate(("PR0", "PR1", "PR2", "PR3", "PR4")) if NAMES[number] == label
    )
    made = await stage.milestone(f"{key}-1")
    assert (made.title, made.owner_id, made.due.day) == ("Roof closed", "ana", 6)


async def test_with_four_there_is_nothing_more(quick_stage: Stage) -> None:
    await quick_stage.do(projects(3))
    answer = await quick_stage.person("ana").says("new Roof closed by 6 March me")
    assert len(answer.labels) == 4
    assert "More ›" not in answer.labels
