"""Given up, taken up again, called otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.history import Action
from bot.domain.milestone import State
from tests.scenarios.conversation import Stage

DROP = "drop APX-1 because the client no longer wants it"


async def done(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("done APX-1")
    await ana.presses("report filed")


async def test_the_lead_drops_it_with_a_reason(stage: Stage) -> None:
    chen = stage.person("chen")
    answer = await chen.commands(DROP)
    assert answer.first_line == "Cancelled · APX-1 Prototype tested · Fri 13 Mar"
    assert answer.labels == ("Undo", "Show it")
    assert (await stage.milestone()).state is State.CANCELLED
    assert "Cancelled" in stage.shows("Cancelled").text
    assert "APX-1" not in (await chen.commands("status")).text
    story = (await chen.commands("show APX-1")).text
    assert "Chen Wei dropped it: the client no longer wants it" in story


@pytest.mark.parametrize(
    "words", ["cancel APX-1 because of x", "delete APX-1 because of x", "call APX-1 off because of x"]
)
async def test_everyday_words_drop_it(stage: Stage, words: str) -> None:
    await stage.person("chen").commands(f"{words} because of x")
    assert (await stage.milestone()).state is State.CANCELLED


async def test_the_reason_is_asked_for(stage: Stage) -> None:
    chen = stage.person("chen")
    answer = await chen.says("drop APX-1")
    assert answer.first_line == "Why drop “Prototype tested”?"
    assert (await stage.milestone()).is_open
    await chen.says("out of scope")
    assert (await stage.milestone()).state is State.CANCELLED


@pytest.mark.parametrize("who", ["ana", "boris", "vic"])
async def test_who_does_not_lead_may_not_drop(stage: Stage, who: str) -> None:
    answer = await stage.person(who).commands(DROP)
    assert answer.first_line.startswith("Only Chen Wei"), answer.text
    assert "Ana" not in answer.first_line
    assert (await stage.milestone()).version == 1


async def test_dropping_twice_says_who_was_first(stage: Stage) -> None:
    await stage.person("chen").commands(DROP)
    answer = await stage.person("dora").commands("drop APX-1 because of me")
    assert "Chen Wei dropped it" in answer.text
    assert len(await stage.history()) == 2


async def test_a_dropped_one_is_revived_by_the_lead_with_a_reason(stage: Stage) -> None:
    chen = stage.person("chen")
    await chen.commands(DROP)
    shown = await chen.commands("show APX-1")
    assert shown.labels[0] == "Reopen"
    asked = await chen.presses("Reopen")
    assert asked.first_line == "Why reopen “Prototype tested”?"
    await chen.commands("they want it after all")
    assert (await stage.milestone()).state is State.PLANNED
    told = stage.is_told("ana", "is open again")
    assert "Chen Wei: they want it after all" in told.text


async def test_an_achieved_one_is_reopened_to_in_progress(stage: Stage) -> None:
    await done(stage)
    answer = await stage.person("chen").commands("reopen APX-1 because the test failed")
    assert "It is open again." in answer.text
    opened = await stage.milestone()
    assert (opened.state, opened.actual_done) == (State.IN_PROGRESS, None)
    story = [e.action for e in await stage.history()]
    assert story[-2:] == [Action.ACHIEVED, Action.REOPENED]


async def test_the_owner_may_not_reopen(stage: Stage) -> None:
    await done(stage)
    ana = stage.person("ana")
    answer = await ana.commands("reopen APX-1 because the test failed")
    assert answer.first_line.startswith("Only Chen Wei")
    assert "Reopen" not in (await ana.commands("show APX-1")).labels
    assert (await stage.milestone()).state is State.ACHIEVED


async def test_reopening_twice_says_who_was_first(stage: Stage) -> None:
    await done(stage)
    await stage.person("chen").commands("reopen APX-1 because the test failed")
    answer = await stage.person("dora").commands("reopen APX-1 because of x")
    assert "Chen Wei reopened it: the test failed" in answer.text
    assert len(await stage.history()) == 3


@pytest.mark.parametrize(
    "words",
    [
        "move APX-1 to 16 March",
        "hold APX-1 until 20 March because of x",
        "begin APX-1",
        "rename APX-1 to Other",
    ],
)
async def test_what_is_over_is_not_changed_and_reopen_is_the_way_on(stage: Stage, words: str) -> None:
    await done(stage)
    chen = stage.person("chen")
    answer = await chen.commands(words)
    assert answer.first_line == "Prototype tested is achieved already."
    assert answer.labels == ("Reopen", "Show it", "Mine")
    assert (await stage.milestone()).version == 2


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("rename APX-1 to Prototype tested by Friday with @boris", "Prototype tested by Friday with @boris"),
        ("rename prototype to Prototype tested by five customers", "Prototype tested by five customers"),
        ('rename APX-1 to "Report due to the client filed"', "Report due to the client filed"),
        ("rename APX-1 Roof closed", "Roof closed"),
        ("rename APX-1: Roof closed", "Roof closed"),
        ("retitle APX-1 to Doors to the hall hung", "Doors to the hall hung"),
    ],
)
async def test_a_new_name_is_taken_as_typed(stage: Stage, words: str, name: str) -> None:
    answer = await stage.person("ana").commands(words)
    assert "Renamed; it was “Prototype tested”." in answer.text
    renamed = await stage.milestone()
    assert (renamed.title, renamed.due, renamed.owner_id) == (name, date(2026, 3, 13), "ana")
    assert name[:20] in stage.shows("APX-1").text
    assert (
        "Ana Costa renamed it, it was “Prototype tested”"
        in (await stage.person("ana").commands("show APX-1")).text
    )


async def test_the_name_is_asked_for_and_may_begin_with_any_word(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.says("rename APX-1")
    assert answer.first_line == "What should “Prototype tested” be called?"
    await ana.says("move of the crane permitted")
    assert (await stage.milestone()).title == "move of the crane permitted"


async def test_the_name_can_be_given_in_a_form(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("rename APX-1", form=True)
    assert ana.answer.form.fields[0].value == "Prototype tested"
    await ana.submits(title="Roof closed")
    assert (await stage.milestone()).title == "Roof closed"


async def test_a_name_too_long_or_the_same_changes_nothing(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.commands(f"rename APX-1 to {'x' * 201}")
    assert answer.first_line == "That name is over 200 characters. A shorter one?"
    same = await ana.commands("rename APX-1 to Prototype tested")
    assert "That is its name already." in same.text
    assert (await stage.milestone()).version == 1


async def test_somebody_elses_milestone_keeps_its_name(stage: Stage) -> None:
    answer = await stage.person("boris").commands("rename APX-1 to Mine")
    assert answer.first_line.startswith("Only Chen Wei")
    assert (await stage.milestone()).title == "Prototype tested"


async def test_every_change_is_undone(stage: Stage) -> None:
    chen = stage.person("chen")
    for words in (
        "rename APX-1 to Roof closed",
        "begin APX-1",
        "hold APX-1 until 16 March because of x",
        "drop APX-1 because of x",
    ):
        before = await stage.milestone()
        await chen.commands(words)
        assert (await stage.milestone()).version == before.version + 1, words
        await chen.presses("Undo")
        after = await stage.milestone()
        assert (after.state, after.title, after.hold) == (before.state, before.title, before.hold), words


async def test_the_owner_does_not_undo_what_the_lead_dropped(stage: Stage) -> None:
    await stage.person("chen").commands(DROP)
    answer = await stage.person("ana").presses("Undo", stage.shows("Cancelled"))
    assert answer.first_line.startswith("Only Chen Wei"), answer.text
    assert (await stage.milestone()).state is State.CANCELLED
