"""An event has its one day: the calendar misses it, and the lead can say that it did happen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.history import Action
from bot.domain.milestone import Kind, State
from tests.scenarios.cast import ANA, add_milestone, milestone
from tests.scenarios.conversation import Stage


@pytest.fixture
async def missed(stage: Stage) -> Stage:
    """The tender was to be handed over on Tuesday 10 March; it is Wednesday morning."""
    now = stage.clock.now()
    event = milestone(3, "Tender handed over", ANA, date(2026, 3, 10), now)
    await stage.do(lambda uow: add_milestone(uow, replace(event, kind=Kind.EVENT), now))
    await stage.at(datetime(2026, 3, 11, 9, 30, tzinfo=UTC))
    return stage


async def test_its_day_over_it_is_missed_and_says_so_everywhere(missed: Stage) -> None:
    assert (await missed.milestone("APX-3")).state is State.MISSED
    assert "Missed · APX-3 Tender handed over · Tue 10 Mar" in missed.shows("Missed").text
    told = missed.is_told("ana", "APX-3 Tender handed over is missed: Tue 10 Mar is over.")
    assert [b.label for b in told.card.buttons] == ["Mine", "Show it"]
    story = await missed.person("ana").commands("show APX-3")
    assert "Wed 11 Mar · Its day passed without it" in story.text
    assert story.labels == ("All milestones", "Mine")


@pytest.mark.parametrize(
    "words",
    ["done APX-3", "begin APX-3", "reopen APX-3 because of x", "move APX-3 to 20 March", "resume APX-3"],
)
async def test_nothing_by_hand_leads_out_of_it(missed: Stage, words: str) -> None:
    answer = await missed.person("chen").commands(words)
    assert answer.first_line == "Tender handed over was missed: its day is over."
    assert answer.labels == ("Show it", "Mine")
    assert (await missed.milestone("APX-3")).version == 2


async def test_the_lead_takes_the_miss_back_and_says_when_it_was_done(missed: Stage) -> None:
    chen = missed.person("chen")
    told = missed.is_told("chen", "is missed")
    await chen.presses("Undo", told)
    assert (await missed.milestone("APX-3")).state is State.PLANNED
    await chen.says("done APX-3 finished on 10 March")
    await chen.presses("As titled")
    done = await missed.milestone("APX-3")
    assert (done.state, done.actual_done) == (State.ACHIEVED, date(2026, 3, 10))
    assert [e.action for e in await missed.history("APX-3")][1:] == [
        Action.MISSED,
        Action.UNDONE,
        Action.ACHIEVED,
    ]


async def test_the_owner_may_not_take_it_back(missed: Stage) -> None:
    answer = await missed.person("ana").presses("Undo", missed.shows("Missed"))
    assert answer.first_line.startswith("Only Chen Wei")
    assert (await missed.milestone("APX-3")).state is State.MISSED


async def test_taken_back_and_forgotten_it_is_missed_again(missed: Stage) -> None:
    chen = missed.person("chen")
    await chen.presses("Undo", missed.is_told("chen", "is missed"))
    await missed.at(datetime(2026, 3, 12, 9, 30, tzinfo=UTC))
    assert (await missed.milestone("APX-3")).state is State.MISSED


async def test_what_somebody_proposed_about_it_lapses(stage: Stage) -> None:
    now = stage.clock.now()
    event = milestone(3, "Tender handed over", ANA, date(2026, 3, 10), now)
    await stage.do(lambda uow: add_milestone(uow, replace(event, kind=Kind.EVENT), now))
    boris = stage.person("boris")
    await boris.commands("move APX-3 to 20 March")
    await boris.presses("Propose")
    assert await stage.do(lambda uow: uow.proposals.open_about("acme", "m3"))
    await stage.at(datetime(2026, 3, 11, 9, 30, tzinfo=UTC))
    assert not await stage.do(lambda uow: uow.proposals.open_about("acme", "m3"))
