from __future__ import annotations

from datetime import date

from bot.domain.history import Action
from bot.domain.milestone import State
from tests.scenarios.cast import ANA, BORIS
from tests.scenarios.conversation import Stage


async def test_the_new_owner_is_told_at_once_and_from_where(stage: Stage) -> None:
    answer = await stage.person("ana").commands("assign APX-1 to @boris because I am away")
    assert "Boris Novak has it now." in answer.text
    assert (await stage.milestone()).owner_id == BORIS.id
    told = stage.is_told("boris", "You own")
    assert "Ana Costa made you the owner in #apex." in told.text
    assert "Boris Novak" in stage.shows("APX-1").text
    stage.nobody_is_told_anything_else()


async def test_taking_it_tells_nobody(stage: Stage) -> None:
    chen = stage.person("chen")
    await chen.commands("take APX-1")
    assert (await stage.milestone()).owner_id == "chen"
    stage.shows("APX-1")
    stage.nobody_is_told_anything_else()
    assert "Chen Wei took it over" in (await chen.commands("show APX-1")).text


async def test_the_owner_is_asked_for(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.says("assign APX-1")
    assert answer.first_line == "Who takes over “Prototype tested”?"
    await ana.says("Boris")
    assert (await stage.milestone()).owner_id == BORIS.id


async def test_who_has_it_already_is_no_change(stage: Stage) -> None:
    answer = await stage.person("ana").commands("assign APX-1 to me")
    assert "Ana Costa has it already." in answer.text
    assert len(await stage.history()) == 1


async def test_an_unknown_owner_changes_nothing(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.says("assign APX-1 to Zoltan")
    assert answer.first_line == "I don't know anyone called “Zoltan” here. Who should own it?"
    assert answer.labels == ("Me", "Leave it")
    assert (await stage.milestone()).owner_id == ANA.id
    await ana.says("Boris")
    assert (await stage.milestone()).owner_id == BORIS.id


async def test_blocked_says_since_when_and_on_what(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.commands("block APX-1 waiting on legal")
    assert answer.first_line.startswith("⛔ Blocked · APX-1 Prototype tested")
    assert "Blocked since Mon 2 Mar: waiting on legal" in answer.text
    assert answer.labels == ("Done", "Move", "Unblock", "Undo")
    assert "⛔ Blocked" in stage.shows("APX-1").text
    free = await ana.presses("Unblock")
    assert "It can go on." in free.text
    assert (await stage.milestone()).blocked is None
    assert [e.action for e in await stage.history()][1:] == [Action.BLOCKED, Action.UNBLOCKED]


async def test_the_reason_is_asked_for_and_may_begin_with_any_word(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.says("APX-1 is blocked")
    assert answer.first_line == "What does “Prototype tested” wait for?"
    await ana.says("waiting for the city office")
    blocked = (await stage.milestone()).blocked
    assert blocked
    assert blocked.reason == "waiting for the city office"


async def test_the_reason_can_be_given_in_a_form(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.presses("Blocked", stage.shows("APX-1"), form=True)
    empty = await ana.submits(reason="  ")
    assert empty.errors == {"reason": "What does “Prototype tested” wait for?"}
    await ana.submits(reason="the city office")
    assert (await stage.milestone()).blocked


async def test_what_is_not_blocked_cannot_be_unblocked(stage: Stage) -> None:
    answer = await stage.person("ana").commands("unblock APX-1")
    assert answer.first_line == "Prototype tested is not blocked."
    assert answer.labels == ("Show it", "Mine")


async def test_done_asks_for_what_is_missing_and_takes_it_by_button(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.commands("done APX-1")
    assert answer.first_line == "“Prototype tested” needs one more thing. Is it there?"
    assert answer.labels == ("report filed", "Leave it")
    assert (await stage.milestone()).is_open
    done = await ana.presses("report filed")
    assert done.first_line == "✅ Achieved · APX-1 Prototype tested · Mon 2 Mar, 9 working days early"
    assert done.labels == ("Undo", "Show it")
    assert "proved: report filed" in stage.shows("✅ Achieved").text
    achieved = await stage.milestone()
    assert (achieved.state, achieved.actual_done, achieved.version) == (State.ACHIEVED, date(2026, 3, 2), 2)


async def test_several_standards_are_ticked_one_by_one_or_in_words(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("new Roof closed by 6 March me needs report filed, photos taken, client signed")
    answer = await ana.says("done APX-3")
    assert answer.first_line == "“Roof closed” needs 3 more things. Which are there?"
    assert answer.labels == ("report filed", "photos taken", "All of it is there", "Leave it")
    left = await ana.presses("report filed")
    assert "Missing: photos taken, client signed." in left.text
    left = await ana.says("photos")
    assert "Missing: client signed." in left.text
    await ana.says("yes")
    assert (await stage.milestone("APX-3")).state is State.ACHIEVED


async def test_without_a_standard_the_title_may_prove_it(stage: Stage) -> None:
    boris = stage.person("boris")
    answer = await boris.commands("done APX-2")
    assert answer.first_line == "What proves “Beta released”?"
    await boris.presses("As titled")
    achieved = await stage.milestone("APX-2")
    assert [(c.text, c.done_by) for c in achieved.criteria] == [("Beta released", BORIS.id)]


async def test_what_proves_it_can_be_typed(stage: Stage) -> None:
    boris = stage.person("boris")
    await boris.says("done APX-2")
    await boris.says("50 users signed in")
    assert [c.text for c in (await stage.milestone("APX-2")).criteria] == ["50 users signed in"]


async def test_it_may_have_been_done_the_other_day(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("done APX-1 finished yesterday")
    await ana.presses("report filed")
    assert (await stage.milestone()).actual_done == date(2026, 3, 1)


async def test_it_cannot_be_done_tomorrow(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.says("done APX-1 tomorrow")
    assert answer.first_line == "“tomorrow”: which day was it done?"
    await ana.presses("Today")
    await ana.presses("report filed")
    assert (await stage.milestone()).actual_done == date(2026, 3, 2)


async def test_done_twice_says_who_was_first(stage: Stage) -> None:
    ana, chen = stage.person("ana"), stage.person("chen")
    await ana.commands("done APX-1")
    await ana.presses("report filed")
    answer = await chen.commands("done APX-1")
    assert "Ana Costa marked it done" in answer.text
    assert len(await stage.history()) == 2
