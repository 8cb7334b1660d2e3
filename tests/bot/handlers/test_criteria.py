from __future__ import annotations

import pytest

from bot.domain.history import Action
from tests.scenarios.conversation import Stage


async def texts(stage: Stage, key: str = "APX-1") -> list[str]:
    return [c.text for c in (await stage.milestone(key)).criteria]


async def test_what_proves_it_is_shown_with_the_next_to_tick(stage: Stage) -> None:
    answer = await stage.person("ana").commands("criteria APX-1")
    assert answer.first_line == "APX-1 Prototype tested · 0 of 1 proved"
    assert "report filed" in answer.text
    assert answer.labels == ("✓ report filed", "Add…", "Change…")


async def test_without_any_the_way_to_add_one_is_shown(stage: Stage) -> None:
    answer = await stage.person("boris").commands("criteria APX-2")
    assert answer.first_line == "Nothing proves “Beta released” yet."
    assert "criteria add APX-2 report filed" in answer.text
    assert answer.labels == ("Add…", "Show it")


@pytest.mark.parametrize(
    "words",
    [
        "criteria add APX-1 client signed, photos filed",
        "APX-1 needs client signed, photos filed",
        "criteria APX-1 add client signed, photos filed",
        "criteria APX-1: client signed; photos filed",
        "criteria add client signed, photos filed to APX-1",
        "criteria Prototype tested: client signed, photos filed",
    ],
)
async def test_standards_are_added_however_people_say_it(quick_stage: Stage, words: str) -> None:
    answer = await quick_stage.person("ana").commands(words)
    assert "Added: client signed, photos filed." in answer.text
    assert await texts(quick_stage) == ["report filed", "client signed", "photos filed"]


async def test_adding_is_remembered_and_taken_back(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("criteria add APX-1 client signed")
    assert (await stage.history())[-1].action is Action.PROOF_ADDED
    assert "Ana Costa added what proves it: client signed" in (await ana.commands("show APX-1")).text
    await ana.commands("criteria add APX-1 photos filed")
    await ana.presses("Undo")
    assert await texts(stage) == ["report filed", "client signed"]


async def test_they_can_be_added_in_a_form_one_a_line(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("criteria APX-1")
    await ana.presses("Add…", form=True)
    await ana.submits(needs="client signed\n\ncoverage ≥ 80 %")
    assert await texts(stage) == ["report filed", "client signed", "coverage"]


async def test_they_can_be_typed_when_asked(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("criteria add APX-1")
    assert ana.answer.first_line == "What will be true when “Prototype tested” is reached?"
    await ana.says("client signed")
    assert await texts(stage) == ["report filed", "client signed"]


async def test_the_same_twice_is_refused_kindly(stage: Stage) -> None:
    answer = await stage.person("ana").commands("criteria add APX-1 Report  Filed")
    assert answer.first_line == "“Prototype tested” has that one already."
    assert answer.labels == ("What proves it", "Show it")
    assert len(await stage.history()) == 1


async def test_more_than_twenty_are_refused_and_nothing_is_half_done(stage: Stage) -> None:
    many = ", ".join(f"fact {n}" for n in range(20))
    answer = await stage.person("ana").commands(f"criteria add APX-1 {many}")
    assert answer.first_line == "“Prototype tested” has room for 20 things to prove, no more."
    assert await texts(stage) == ["report filed"]


async def test_one_that_is_too_long_is_refused(stage: Stage) -> None:
    answer = await stage.person("ana").commands(f"criteria add APX-1 {'very ' * 60}long")
    assert answer.first_line == "That is too long to tick: at most 200 characters each."
    assert await texts(stage) == ["report filed"]


@pytest.mark.parametrize(
    "words",
    [
        "tick APX-1 report filed",
        "tick APX-1 report",
        "tick APX-1 1",
        "criteria tick APX-1 Report",
        "APX-1 tick report",
    ],
)
async def test_a_word_ticks_it(quick_stage: Stage, words: str) -> None:
    answer = await quick_stage.person("ana").commands(words)
    assert "Ticked: report filed." in answer.text
    (criterion,) = (await quick_stage.milestone()).criteria
    assert (criterion.done_by, criterion.is_done) == ("ana", True)


async def test_a_button_ticks_it_and_the_other_copy_explains_itself(stage: Stage) -> None:
    ana, chen = stage.person("ana"), stage.person("chen")
    await ana.commands("criteria APX-1")
    await chen.commands("criteria APX-1")
    answer = await ana.presses("✓ report filed")
    assert answer.labels == ("Done", "Undo", "Change…")
    answer = await chen.presses("✓ report filed")
    assert "Ana Costa ticked it on Mon 2 Mar already." in answer.text
    assert len(await stage.history()) == 2


async def test_a_button_of_one_that_was_removed_or_reworded_changes_nothing(stage: Stage) -> None:
    ana, chen = stage.person("ana"), stage.person("chen")
    await chen.commands("criteria APX-1")
    old = chen.answer
    await ana.commands("criteria reword APX-1 report filed to report signed")
    answer = await chen.presses("✓ report filed", old)
    assert "It reads differently now. Nothing was changed." in answer.text
    await ana.commands("criteria remove APX-1 report signed")
    answer = await chen.presses("✓ report filed", old)
    assert "That one was removed since. Nothing was changed." in answer.text
    assert not (await stage.milestone()).criteria


async def test_several_are_ticked_at_once_or_none(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("criteria add APX-1 client signed, photos filed")
    await ana.commands("criteria tick APX-1 report, photos")
    assert [c.is_done for c in (await stage.milestone()).criteria] == [True, False, True]
    answer = await ana.commands("criteria tick APX-1 client, unicorns")
    assert answer.first_line.startswith("Which one of “Prototype tested”?")
    assert [c.is_done for c in (await stage.milestone()).criteria] == [True, False, True]


async def test_what_was_ticked_can_be_opened_again(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("tick APX-1 report")
    answer = await ana.commands("criteria untick APX-1 report")
    assert "Open again: report filed." in answer.text
    assert (await stage.milestone()).missing
    answer = await ana.commands("criteria untick APX-1 report")
    assert "“report filed” is open already." in answer.text


async def test_rewording_opens_it_again(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("tick APX-1 report")
    await ana.says("criteria APX-1")
    await ana.presses("Change…")
    await ana.presses("report filed")
    assert ana.answer.labels == ("Untick", "Reword…", "Remove", "All of them")
    await ana.presses("Reword…")
    await ana.says("report signed")
    (criterion,) = (await stage.milestone()).criteria
    assert (criterion.text, criterion.is_done) == ("report signed", False)


async def test_what_proved_an_achieved_milestone_stays(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("done APX-1")
    await ana.presses("report filed")
    achieved = await stage.milestone()
    for words in ("criteria untick APX-1 report", "criteria remove APX-1 report", "criteria add APX-1 more"):
        answer = await ana.commands(words)
        assert answer.first_line == "Prototype tested is achieved, so what proved it stays."
        assert answer.labels == ("Reopen", "Show it")
    assert await stage.milestone() == achieved


@pytest.mark.parametrize("who", ["boris", "vic"])
async def test_who_does_not_own_it_may_not_change_or_tick_it(stage: Stage, who: str) -> None:
    for words in ("criteria add APX-1 more", "tick APX-1 report", "criteria remove APX-1 report"):
        answer = await stage.person(who).commands(words)
        assert answer.first_line.startswith("Only "), words
        assert answer.labels
    assert len(await stage.history()) == 1


async def test_somebody_from_outside_ticks_their_own_and_edits_nothing(stage: Stage) -> None:
    await stage.person("dora").commands("assign APX-1 to @eve")
    eve = stage.person("eve")
    answer = await eve.says("criteria add APX-1 more")
    assert answer.first_line.startswith("Only ")
    await eve.says("tick APX-1 report")
    assert (await stage.milestone()).criteria[0].done_by == "eve"
    await eve.says("undo")
    assert (await stage.milestone()).missing


async def test_a_page_is_no_standard(stage: Stage) -> None:
    await stage.person("ana").says("criteria APX-1 page 2")
    assert await texts(stage) == ["report filed"]
