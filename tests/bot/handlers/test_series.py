"""What comes again: started with a sentence, made one at a time, changed for those that follow, stopped."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.milestone import State
from bot.domain.people import Role
from bot.reminders.tick import Ticker
from tests.scenarios.cast import ANA, TEAM
from tests.scenarios.conversation import Stage

MONTHLY = "new Monthly report filed every last Friday @ana"


async def started(stage: Stage, text: str = MONTHLY) -> None:
    await stage.person("chen").commands(text)
    stage.hear_everything()


async def finished(stage: Stage, key: str) -> None:
    owner = stage.person((await stage.milestone(key)).owner_id)
    answer = await owner.commands(f"done {key}")
    if "As titled" in answer.labels:
        await owner.presses("As titled")


async def test_the_first_one_is_there_at_once_and_says_how_it_goes_on(stage: Stage) -> None:
    answer = await stage.person("chen").commands(MONTHLY)
    first = await stage.milestone("APX-3")
    assert (first.title, first.due, first.owner_id) == ("Monthly report filed", date(2026, 3, 27), "ana")
    assert "It comes again" in answer.text or "it comes again every month on the last Friday" in answer.text
    assert not await stage.has("APX-4")


async def test_the_next_appears_when_the_former_is_achieved(stage: Stage) -> None:
    await started(stage)
    await finished(stage, "APX-3")
    following = await stage.milestone("APX-4")
    assert (following.due, following.series_id) == (
        date(2026, 4, 24),
        (await stage.milestone("APX-3")).series_id,
    )
    assert "APX-4" in stage.shows("APX-4 Monthly report filed").text
    assert not await stage.has("APX-5")


async def test_the_next_appears_ten_working_days_ahead_of_its_date(stage: Stage) -> None:
    await started(stage)
    await stage.at(datetime(2026, 4, 9, 12, tzinfo=UTC))
    assert not await stage.has("APX-4")
    await stage.at(datetime(2026, 4, 10, 12, tzinfo=UTC))
    assert (await stage.milestone("APX-4")).due == date(2026, 4, 24)
    assert not await stage.has("APX-5")


async def test_two_workers_make_one(stage: Stage) -> None:
    await started(stage)
    stage.clock.jump_to(datetime(2026, 4, 10, 12, tzinfo=UTC))
    await asyncio.gather(*(Ticker(stage.store, stage.clock).tick() for _ in range(2)))
    assert await stage.has("APX-4")
    assert not await stage.has("APX-5")


async def test_so_many_times_and_no_more(stage: Stage) -> None:
    await started(stage, "new Report filed every Friday, 2 times @ana")
    await finished(stage, "APX-3")
    await finished(stage, "APX-4")
    await stage.advance(timedelta(days=30))
    assert not await stage.has("APX-5")


async def test_after_an_outage_days_that_went_by_are_passed_over(stage: Stage) -> None:
    await started(stage)
    stage.clock.jump_to(datetime(2026, 7, 20, 12, tzinfo=UTC))
    await Ticker(stage.store, stage.clock).tick()
    assert (await stage.milestone("APX-4")).due == date(2026, 7, 31)
    assert not await stage.has("APX-5")


async def test_what_comes_every_day_does_not_pile_up(stage: Stage) -> None:
    await started(stage, "new Site swept every day @ana")
    assert (await stage.milestone("APX-3")).due == date(2026, 3, 2)
    assert not await stage.has("APX-5")


async def test_on_a_day_off_the_working_day_before(stage: Stage) -> None:
    await started(stage, "new Rent paid every month on the 31st from 1 May @ana")
    assert (await stage.milestone("APX-3")).due == date(2026, 5, 29)


async def test_without_a_day_the_date_said_is_where_it_begins(stage: Stage) -> None:
    await started(stage, "new Audit passed by 5 May every quarter @ana")
    await finished(stage, "APX-3")
    assert (await stage.milestone("APX-4")).due == date(2026, 8, 5)


async def test_without_any_day_it_is_asked(stage: Stage) -> None:
    chen = stage.person("chen")
    answer = await chen.says("new Audit passed every quarter @ana in APX")
    assert answer.first_line == "When is “Audit passed” due?"
    await chen.says("5 May")
    assert (await stage.milestone("APX-3")).series_id


async def test_undo_takes_the_first_one_and_its_series_back(stage: Stage) -> None:
    chen = stage.person("chen")
    await started(stage)
    await chen.says("undo")
    assert not await stage.has("APX-3")
    await stage.advance(timedelta(days=60))
    assert not await stage.has("APX-4")


async def test_stopping_the_series_leaves_the_one_that_is_there(stage: Stage) -> None:
    chen = stage.person("chen")
    await started(stage)
    answer = await chen.commands("stop the series")
    assert answer.first_line == "Stopped: Monthly report filed does not come again."
    await finished(stage, "APX-3")
    assert not await stage.has("APX-4")


async def test_a_stopped_series_goes_on_after_undo(stage: Stage) -> None:
    chen = stage.person("chen")
    await started(stage)
    await chen.commands("stop the series")
    await chen.presses("Undo")
    await finished(stage, "APX-3")
    assert await stage.has("APX-4")


async def test_who_may_not_change_it_may_not_stop_it(stage: Stage) -> None:
    await started(stage)
    answer = await stage.person("boris").commands("end-series APX-3")
    assert answer.first_line.startswith("Only Chen Wei")
    await finished(stage, "APX-3")
    assert await stage.has("APX-4")


async def test_nothing_to_stop_is_said(stage: Stage) -> None:
    answer = await stage.person("chen").commands("stop the series")
    assert answer.first_line == "Nothing comes again here, so there is nothing to stop."
    assert answer.labels == ("Add one", "All milestones")


async def test_a_change_is_for_this_one_unless_said_otherwise(stage: Stage) -> None:
    chen = stage.person("chen")
    await started(stage)
    moved = await chen.commands("assign APX-3 to @boris")
    assert "This and following" in moved.labels
    await finished(stage, "APX-3")
    assert (await stage.milestone("APX-4")).owner_id == "ana"


async def test_this_and_following(stage: Stage) -> None:
    chen = stage.person("chen")
    await started(stage)
    await chen.commands("assign APX-3 to @boris")
    answer = await chen.presses("This and following")
    assert answer.first_line == "Changed for the following, too: Monthly report filed."
    await finished(stage, "APX-3")
    assert (await stage.milestone("APX-4")).owner_id == "boris"


async def test_a_milestone_that_is_there_comes_again_from_now_on(stage: Stage) -> None:
    chen = stage.person("chen")
    answer = await chen.commands("repeat APX-2 every month")
    assert "It comes every month from now on." in answer.text
    await finished(stage, "APX-2")
    assert (await stage.milestone("APX-3")).due == date(2026, 4, 20)


async def test_how_often_is_asked_when_it_was_not_said(stage: Stage) -> None:
    chen = stage.person("chen")
    answer = await chen.says("repeat APX-2")
    assert answer.labels == ("Every week", "Every month", "Every year", "Leave it")
    await chen.says("every 2 weeks, 6 times")
    assert (await stage.milestone("APX-2")).series_id


async def test_an_owner_who_left_gives_way_to_the_lead(stage: Stage) -> None:
    await started(stage)
    await finished(stage, "APX-3")
    await stage.do(lambda uow: uow.people.save(replace(ANA, active=False, role=Role.MEMBER)))
    chen = stage.person("chen")
    await chen.commands("done APX-4")
    await chen.presses("As titled")
    assert (await stage.milestone("APX-5")).owner_id == "chen"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("every 0 weeks", "Something comes again every 1 or more days, weeks, months or years."),
        ("every -3 days", "Something comes again every 1 or more days, weeks, months or years."),
        ("every week 1000000 times", "Something can come again 1 to 200 times, or without an end."),
        ("every 5000 years", "That is too far apart to keep: at most every 60 units, and 30 years."),
    ],
)
async def test_nonsense_is_refused_with_a_sentence(quick_stage: Stage, words: str, sentence: str) -> None:
    answer = await quick_stage.person("chen").commands(f"new Report filed {words} @ana")
    assert answer.first_line == sentence
    assert answer.labels
    assert not await quick_stage.has("APX-3")


async def test_a_series_belongs_to_its_team(stage: Stage) -> None:
    await started(stage)
    olaf = stage.person("olaf", tenant="T2")
    assert "nothing to stop" in (await olaf.says("stop the series")).first_line
    found = await stage.do(lambda uow: uow.series.of(TEAM))
    assert [s.ended for s in found] == [False]


async def test_a_closed_milestone_does_not_start_to_come_again(stage: Stage) -> None:
    await finished(stage, "APX-2")
    await stage.person("chen").commands("repeat APX-2 every month")
    assert (await stage.milestone("APX-2")).state is State.ACHIEVED
    assert not (await stage.milestone("APX-2")).series_id
