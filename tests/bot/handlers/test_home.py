"""The first page: mine, what waits for me, a quick way to add; bounded and simple."""

from __future__ import annotations

from datetime import date

import pytest

from bot.messages import HomeOpened
from tests.bot.dispatcher.test_arrivals import arrives
from tests.scenarios.cast import ANA, add_milestone, milestone
from tests.scenarios.conversation import Stage


@pytest.mark.parametrize("words", ["home", "what waits for me?"])
async def test_mine_comes_with_a_way_to_add(stage: Stage, words: str) -> None:
    answer = await stage.person("ana").says(words)
    assert answer.first_line == "Yours · 1 open"
    assert "APX-1 Prototype tested" in answer.text
    assert answer.labels == ("Add…", "All milestones", "Help")


async def test_who_owns_nothing_has_ways_on(stage: Stage) -> None:
    answer = await stage.person("leo").says("home")
    assert answer.first_line == "Yours · nothing open"
    assert len(answer.labels) == 3


async def test_what_was_handed_in_to_me_waits_first(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("tick APX-1 report filed")
    await ana.commands("submit APX-1 to @boris")
    answer = await stage.person("boris").says("home")
    assert answer.first_line == "Yours · 1 open, 1 waits for you"
    assert "APX-1 Prototype tested is handed in to you." in answer.text
    assert "Show APX-1" in answer.labels
    assert "waits for you" not in (await stage.person("chen").says("home")).text


async def test_proposals_to_me_are_counted_and_one_press_away(stage: Stage) -> None:
    await stage.person("boris").commands("propose APX-1 to 27 March because the truck broke down")
    answer = await stage.person("chen").says("home")
    if "Proposals" not in answer.labels:  # decided by whoever owns it
        answer = await stage.person("ana").says("home")
    assert "1 proposal asks for your answer." in answer.text
    assert "Proposals" in answer.labels


async def test_many_are_cut_and_counted(quick_stage: Stage) -> None:
    now = quick_stage.clock.now()

    def many(uow) -> None:  # type: ignore[no-untyped-def]
        for number in range(3, 15):
            add_milestone(uow, milestone(number, f"Step {number}", ANA, date(2026, 4, number), now), now)

    await quick_stage.do(many)
    answer = await quick_stage.person("ana").says("home")
    assert answer.first_line == "Yours · 13 open"
    assert "and 5 more" in answer.text
    assert "Step 14" not in answer.text


async def test_a_platforms_home_surface_shows_the_same(stage: Stage) -> None:
    ana = stage.person("ana")
    opened = await arrives(ana, HomeOpened, ana.home)
    assert opened.text == (await ana.says("home")).text
