"""The same to several milestones: shown first, done at once, undone at once."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.milestone import State
from bot.domain.phases import Phase
from tests.scenarios.cast import ANA, APEX, BORIS, TEAM, add_milestone, milestone
from tests.scenarios.conversation import Stage


@pytest.fixture
async def plan(stage: Stage) -> Stage:
    """Beside Ana's APX-1 (with a standard) and Boris's APX-2: Ana's APX-3 and APX-4 in phase Build."""
    now = stage.clock.now()

    def furnish(uow) -> None:  # type: ignore[no-untyped-def]
        uow.phases.add(Phase(id="build", workspace_id=TEAM, project_id=APEX.id, name="Build", position=1))
        for number, owner in ((3, ANA), (4, ANA), (5, BORIS)):
            made = milestone(number, f"Part {number} built", owner, date(2026, 3, 10 + number), now)
            add_milestone(uow, made, now)
            uow.milestones.save(made.next(phase_id="build"))

    await stage.do(furnish)
    await stage.engine.run_until_quiet()
    stage.hear_everything()
    return stage


async def dues(stage: Stage, *numbers: int) -> list[date]:
    return [(await stage.milestone(f"APX-{n}")).due for n in numbers]


async def test_a_list_of_keys_is_shown_first_and_then_given_away_at_once(plan: Stage) -> None:
    ana = plan.person("ana")
    shown = await ana.commands("APX-1, 3 and 4 to @boris")
    assert shown.first_line == "Assign: 3 milestones would change."
    assert shown.labels == ("Do all 3", "Choose", "Leave it")
    assert "Ana Costa" in shown.text
    assert (await plan.milestone("APX-3")).owner_id == "ana"
    answer = await ana.presses("Do all 3")
    assert answer.first_line == "Assign: 3 milestones changed."
    assert [(await plan.milestone(f"APX-{n}")).owner_id for n in (1, 3, 4)] == ["boris"] * 3
    told = plan.is_told("boris", "Ana Costa gave you 3 milestones.")
    for key in ("APX-1", "APX-3", "APX-4"):
        assert key in told.text


async def test_owners_are_told_once_and_each_card_is_edited_once(plan: Stage) -> None:
    ana = plan.person("ana")
    await ana.commands("APX-3 4 to @boris")
    await ana.presses("Do all 2")
    plan.is_told("boris", "gave you 2 milestones")
    for key in ("APX-3", "APX-4"):
        assert plan.shows(key).edits == 1
    plan.nobody_is_told_anything_else()


async def test_one_undo_takes_all_of_it_back(plan: Stage) -> None:
    ana = plan.person("ana")
    await ana.commands("APX-3 4 to @boris")
    done = await ana.presses("Do all 2")
    answer = await ana.presses("Undo", done)
    assert answer.first_line == "Undone: 2 milestones are as they were."
    assert [(await plan.milestone(f"APX-{n}")).owner_id for n in (3, 4)] == ["ana", "ana"]
    again = await ana.presses("Undo", done)
    assert again.first_line == "Nothing was undone: 2 milestones were changed since."


async def test_an_undo_of_what_was_changed_since_asks_about_the_rest(plan: Stage) -> None:
    chen = plan.person("chen")
    await chen.commands("move APX-3, 4 and 5 by 2 working days")
    done = await chen.presses("Do all 3")
    await plan.person("ana").commands("block APX-4 waiting on legal")
    answer = await chen.presses("Undo", done)
    assert answer.first_line == "Nothing was undone: 1 milestone was changed since."
    assert "APX-4: Ana Costa said it is blocked" in answer.text
    assert await dues(plan, 3, 4, 5) == [date(2026, 3, 17)] * 3
    answer = await chen.presses("Undo the other 2")
    assert answer.first_line == "Undone: 2 milestones are as they were."
    assert await dues(plan, 3, 4, 5) == [date(2026, 3, 13), date(2026, 3, 17), date(2026, 3, 15)]


async def test_undo_on_the_card_of_one_asks_how_much(plan: Stage) -> None:
    chen = plan.person("chen")
    await chen.commands("move APX-3 and 4 by 2 working days")
    await chen.presses("Do all 2")
    answer = await chen.presses("Undo", plan.shows("APX-3"))
    assert answer.labels == ("Undo all 2", "Only APX-3", "Leave it")
    await chen.presses("Only APX-3")
    assert await dues(plan, 3, 4) == [date(2026, 3, 13), date(2026, 3, 17)]


async def test_a_whole_phase_moves(plan: Stage) -> None:
    chen = plan.person("chen")
    shown = await chen.commands("move everything of phase Build two days later")
    assert shown.first_line == "Move: 3 milestones would change."
    await chen.presses("Do all 3")
    assert await dues(plan, 2, 3, 4, 5) == [
        date(2026, 3, 20), date(2026, 3, 16), date(2026, 3, 16), date(2026, 3, 17),
    ]  # fmt: skip


async def test_everything_of_somebody_changes_hands(plan: Stage) -> None:
    chen = plan.person("chen")
    shown = await chen.commands("everything of @ana to @boris")
    assert shown.first_line == "Assign: 3 milestones would change."
    assert "APX-2" not in shown.text


async def test_what_is_anothers_is_split_and_said(plan: Stage) -> None:
    ana = plan.person("ana")
    shown = await ana.commands("move APX-3, 4 and 5 to 3 April")
    assert shown.first_line == "Move: 2 milestones would change."
    assert "Not yours to change: APX-5. Ask Chen Wei." in shown.text
    await ana.presses("Do all 2")
    assert await dues(plan, 3, 4, 5) == [date(2026, 4, 3), date(2026, 4, 3), date(2026, 3, 15)]


async def test_a_stale_preview_is_shown_anew_and_changes_nothing(plan: Stage) -> None:
    chen = plan.person("chen")
    shown = await chen.commands("move APX-3 and 4 to 3 April")
    await plan.person("ana").commands("block APX-4 waiting on legal")
    answer = await chen.presses("Do all 2", shown)
    assert "Something changed since I showed this." in answer.text
    assert await dues(plan, 3, 4) == [date(2026, 3, 13), date(2026, 3, 14)]
    await chen.presses("Do all 2")
    assert await dues(plan, 3, 4) == [date(2026, 4, 3), date(2026, 4, 3)]


async def test_somebody_else_pressing_does_only_what_they_may(plan: Stage) -> None:
    shown = await plan.person("chen").commands("move APX-3 and 5 to 3 April")
    answer = await plan.person("boris").presses("Do all 2", shown, where=APEX.home)
    assert answer.first_line == "Move: 1 milestone would change."
    assert await dues(plan, 3, 5) == [date(2026, 3, 13), date(2026, 3, 15)]


async def test_some_of_them_are_chosen_by_their_keys(plan: Stage) -> None:
    chen = plan.person("chen")
    await chen.says("move APX-3, 4 and 5 to 3 April")
    await chen.presses("Choose")
    shown = await chen.says("3 and 5")
    assert shown.first_line == "Move: 2 milestones would change."
    await chen.presses("Do all 2")
    assert await dues(plan, 3, 4, 5) == [date(2026, 4, 3), date(2026, 3, 14), date(2026, 4, 3)]


async def test_one_can_be_left_out(plan: Stage) -> None:
    chen = plan.person("chen")
    await chen.commands("move APX-3, 4 and 5 to 3 April")
    await chen.presses("Choose")
    await chen.presses("Without APX-4")
    await chen.presses("Do all 2")
    assert await dues(plan, 3, 4, 5) == [date(2026, 4, 3), date(2026, 3, 14), date(2026, 4, 3)]


async def test_only_ones_own(plan: Stage) -> None:
    dora = plan.person("chen")
    await plan.person("ana").commands("assign APX-3 to @chen")
    await dora.commands("move APX-3, 4 and 5 to 3 April")
    await dora.presses("Only mine")
    await dora.presses("Do it")
    assert await dues(plan, 3, 4, 5) == [date(2026, 4, 3), date(2026, 3, 14), date(2026, 3, 15)]


async def test_done_counts_as_titled_and_leaves_out_what_misses_a_proof(plan: Stage) -> None:
    shown = await plan.person("ana").commands("APX-1 3 4 done")
    assert shown.first_line == "Done: 2 milestones would change."
    assert "APX-1 (Missing: report filed.)" in shown.text
    await plan.person("ana").presses("Do all 2", shown, where=APEX.home)
    assert (await plan.milestone("APX-3")).state is State.ACHIEVED
    assert (await plan.milestone("APX-1")).state is State.PLANNED


async def test_what_all_of_them_need_is_asked_once(plan: Stage) -> None:
    chen = plan.person("chen")
    answer = await chen.says("move APX-3 and APX-4")
    assert answer.first_line == "Which date for these 2?"
    shown = await chen.says("3 April")
    assert shown.first_line == "Move: 2 milestones would change."
    answer = await chen.says("block APX-3 and APX-4")
    assert answer.first_line == "Why, for all 2?"
    await chen.says("permit office closed")
    await chen.presses("Do all 2")
    blocked = (await plan.milestone("APX-4")).blocked
    assert blocked is not None
    assert blocked.reason == "permit office closed"


async def test_an_unknown_key_stops_all_of_it(plan: Stage) -> None:
    answer = await plan.person("chen").commands("APX-3, 4 and 99 to @boris")
    assert answer.first_line == "Nothing was changed: I don't know APX-99 here."
    assert answer.labels == ("All milestones", "Mine")


async def test_an_unknown_phase_is_said(plan: Stage) -> None:
    answer = await plan.person("chen").commands("move everything of phase Demolition by 2 days")
    assert answer.first_line == "I don't know a phase, person or project “Demolition” here."


async def test_what_cannot_be_done_to_many_goes_one_by_one(plan: Stage) -> None:
    answer = await plan.person("chen").commands("show APX-3 and APX-4")
    assert answer.labels == ("APX-3", "APX-4", "Leave it")
    assert "Part 3 built" in (await plan.person("chen").presses("APX-3", answer, where=APEX.home)).text


async def test_a_viewer_can_change_none_of_them(plan: Stage) -> None:
    answer = await plan.person("vic").commands("move APX-3 and 4 to 3 April")
    assert answer.first_line == "Nothing was changed: 2 milestones, and none it applies to."
    assert "Not yours to change" in answer.text


async def test_a_stranger_to_the_team_finds_none_of_them(plan: Stage) -> None:
    olaf = plan.person("olaf", tenant="T2")
    answer = await olaf.says("move APX-3 and APX-4 to 3 April")
    assert "I don't know" in answer.first_line
    assert await dues(plan, 3) == [date(2026, 3, 13)]


async def test_a_whole_phase_rests_until_a_day(plan: Stage) -> None:
    chen = plan.person("chen")
    shown = await chen.commands("everything of phase Build on hold until 27 March because the client decides")
    assert "3 milestones would change." in shown.first_line
    await chen.presses("Do all 3")
    assert [(await plan.milestone(f"APX-{n}")).state for n in (2, 3, 5)] == [
        State.PLANNED, State.ON_HOLD, State.ON_HOLD,
    ]  # fmt: skip
    hold = (await plan.milestone("APX-4")).hold
    assert hold is not None
    assert (hold.review_on, hold.reason) == (date(2026, 3, 27), "the client decides")
    await chen.commands("resume everything of phase Build")
    await chen.presses("Do all 3")
    assert (await plan.milestone("APX-4")).state is State.PLANNED


async def test_several_are_dropped_with_one_reason(plan: Stage) -> None:
    chen = plan.person("chen")
    await chen.commands("drop APX-3 and 5 because the scope shrank")
    await chen.presses("Do all 2")
    assert [(await plan.milestone(f"APX-{n}")).state for n in (3, 4, 5)] == [
        State.CANCELLED, State.PLANNED, State.CANCELLED,
    ]  # fmt: skip


async def test_what_is_anothers_can_be_proposed_at_once(plan: Stage) -> None:
    ana = plan.person("ana")
    shown = await ana.commands("move APX-3, 4 and 5 to 3 April")
    assert "Propose the other 1" in shown.labels or "Propose the other" in shown.labels
    answer = await ana.presses("Propose the other", shown)
    assert answer.first_line == "Proposed for 1 milestone; I tell you what comes of it."
    assert await dues(plan, 5) == [date(2026, 3, 15)]
    plan.is_told("chen", "Ana Costa proposes Fri 3 Apr")


async def test_more_than_two_hundred_are_refused(quick_stage: Stage) -> None:
    keys = ", ".join(f"APX-{n}" for n in range(1, 202))
    answer = await quick_stage.person("chen").commands(f"move {keys} by 2 days")
    assert answer.first_line == "That is 201 milestones; at most 200 change at once."
    assert answer.labels == ("All milestones", "Mine")
