from __future__ import annotations

from datetime import date

from bot.domain.history import Action, Cause
from tests.scenarios.conversation import Stage


async def test_a_move_keeps_the_first_promise_and_the_reason(stage: Stage) -> None:
    answer = await stage.person("ana").commands("move APX-1 to 20 March because the lab is closed")
    assert answer.text.splitlines()[:3] == [
        "🟢 On track · APX-1 Prototype tested · Fri 20 Mar, in 14 working days",
        "Moved from Fri 13 Mar to Fri 20 Mar.",
        "Ana Costa · to prove: report filed",
    ]
    moved = await stage.milestone()
    assert (moved.due, moved.baseline_due) == (date(2026, 3, 20), date(2026, 3, 13))
    last = (await stage.history())[-1]
    assert (last.action, last.note, last.cause) == (Action.MOVED, "the lab is closed", None)
    assert (last.before, last.after) == ({"due": "2026-03-13"}, {"due": "2026-03-20"})


async def test_the_card_in_the_channel_is_edited_and_nobody_is_told_twice(stage: Stage) -> None:
    await stage.person("ana").commands("move APX-1 to 16 March")
    card = stage.shows("Mon 16 Mar")
    assert card.edits == 1
    assert "First promised for Fri 13 Mar" in card.text
    stage.nobody_is_told_anything_else()


async def test_dates_move_by_working_days_and_back(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("delay APX-1 by 3 working days")
    assert (await stage.milestone()).due == date(2026, 3, 18)
    await ana.commands("bring APX-1 forward by 3 working days")
    assert (await stage.milestone()).due == date(2026, 3, 13)


async def test_the_cause_is_asked_once_and_recorded_with_one_tap(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.commands("move APX-1 to 20 March")
    assert "What held it up? It helps the next plan, not a blame list." in answer.text
    assert answer.labels[4:] == ("People", "Waiting for someone", "Scope changed", "Something else")
    noted = await ana.presses("Waiting for someone")
    assert "Noted: Waiting for someone. It helps the next plan." in noted.text
    assert "What held it up" not in noted.text
    assert (await stage.history())[-1].cause is Cause.CLIENT
    assert (await stage.milestone()).version == 2


async def test_the_other_nine_causes_are_one_tap_away(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("move APX-1 to 20 March")
    more = await ana.presses("Something else")
    assert len(more.labels) == 9
    await ana.presses("Weather or site")
    assert (await stage.history())[-1].cause is Cause.EXTERNAL


async def test_a_named_cause_stays_and_is_not_claimed_to_be_another(stage: Stage) -> None:
    ana = stage.person("ana")
    asked = await ana.commands("move APX-1 to 20 March")
    await ana.presses("People", asked)
    again = await ana.presses("Scope changed", asked)
    assert "Noted: People." in again.text
    assert (await stage.history())[-1].cause is Cause.RESOURCE


async def test_a_cause_named_later_offers_no_undo_of_what_changed_since(stage: Stage) -> None:
    ana = stage.person("ana")
    asked = await ana.commands("move APX-1 to 20 March")
    await ana.commands("block APX-1 waiting on legal")
    noted = await ana.presses("People", asked)
    assert noted.labels == ("Done", "Move", "Unblock", "More")


async def test_a_move_to_an_earlier_date_is_not_asked_what_held_it_up(stage: Stage) -> None:
    answer = await stage.person("ana").commands("move APX-1 to 10 March")
    assert "held" not in answer.text
    assert "What changed?" in answer.text


async def test_a_move_without_a_date_asks_for_it(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.says("move APX-1")
    assert answer.first_line == "Move “Prototype tested” from Fri 13 Mar to which date?"
    await ana.says("20 March because the lab is closed")
    assert (await stage.milestone()).due == date(2026, 3, 20)
    assert (await stage.history())[-1].note == "the lab is closed"


async def test_a_move_asks_which_milestone_and_keeps_the_date(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("move to 20 March")
    await ana.presses("APX-1")
    assert (await stage.milestone()).due == date(2026, 3, 20)


async def test_a_date_can_be_picked_in_a_form(stage: Stage) -> None:
    ana = stage.person("ana")
    card = stage.shows("APX-1")
    await ana.presses("Move", card, form=True)
    assert ana.answer.form.intro == "Move “Prototype tested” from Fri 13 Mar to which date?"
    bad = await ana.submits(due="2026-02-02")
    assert bad.errors == {"due": "Mon 2 Feb is past. Which date did you mean?"}
    await ana.submits(due="2026-03-20")
    assert (await stage.milestone()).due == date(2026, 3, 20)


async def test_a_day_of_rest_picked_in_a_form_is_asked_about(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.presses("Move", stage.shows("APX-1"), form=True)
    answer = await ana.submits(due="2026-03-21")
    assert answer.first_line == "Sat 21 Mar is not a working day. Which date?"
    await ana.presses("Mon 23 Mar")
    assert (await stage.milestone()).due == date(2026, 3, 23)


async def test_the_same_date_again_is_no_change(stage: Stage) -> None:
    answer = await stage.person("ana").commands("move APX-1 to 13 March")
    assert "It is due Fri 13 Mar already." in answer.text
    assert len(await stage.history()) == 1


async def test_what_is_done_does_not_move(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("done APX-1")
    await ana.presses("report filed")
    answer = await ana.commands("move APX-1 to 20 March")
    assert answer.first_line == "Prototype tested is achieved already."
    assert answer.labels == ("Reopen", "Show it", "Mine")
    assert (await stage.milestone()).due == date(2026, 3, 13)


async def test_a_move_that_is_not_theirs_names_who_can(stage: Stage) -> None:
    answer = await stage.person("boris").commands("move APX-1 to 20 March")
    assert answer.first_line == "Only Chen Wei (lead) or Ana Costa can move Prototype tested."
    assert answer.labels[0] == "Propose"
    assert len(await stage.history()) == 1
    stage.nobody_is_told_anything_else()
