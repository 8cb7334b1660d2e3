"""At rest until a day, with the reason, and back to what it was."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.domain.history import Action
from bot.domain.milestone import State
from tests.scenarios.cast import TELEGRAM
from tests.scenarios.conversation import Stage

HOLD = "hold APX-1 until 16 March because the client decides then"


async def test_on_hold_says_until_when_and_why_everywhere(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.commands(HOLD)
    assert answer.first_line == "On hold · APX-1 Prototype tested · until Mon 16 Mar"
    assert "On hold; the owner is asked on Mon 16 Mar, in 10 working days." in answer.text
    assert answer.labels == ("Resume", "Hold longer", "Move", "Undo")
    held = await stage.milestone()
    assert held.hold
    assert (held.state, held.hold.was, held.hold.review_on) == (
        State.ON_HOLD,
        State.PLANNED,
        date(2026, 3, 16),
    )
    assert "Due Fri 13 Mar · on hold: the client decides then" in stage.shows("On hold").text
    assert "1 on hold" in (await ana.commands("status")).first_line
    assert "On hold | APX-1" in ana.answer.text
    story = (await ana.commands("show APX-1")).text
    assert "Ana Costa put it on hold until Mon 16 Mar: the client decides then" in story


@pytest.mark.parametrize("state", ["", "begin APX-1", "submit APX-1 to @boris"])
async def test_resume_goes_back_to_what_it_was(stage: Stage, state: str) -> None:
    ana = stage.person("ana")
    if state:
        await ana.commands(state)
    before = await stage.milestone()
    await ana.commands(HOLD)
    answer = await ana.presses("Resume")
    assert "Off hold; it is due Fri 13 Mar, in 9 working days." in answer.text
    after = await stage.milestone()
    assert (after.state, after.hold) == (before.state, None)
    assert [e.action for e in await stage.history()][-2:] == [Action.HELD, Action.RESUMED]


async def test_a_block_outlives_a_hold(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("block APX-1 waiting on legal")
    await ana.commands(HOLD)
    assert ana.answer.first_line.startswith("On hold")
    await ana.commands("resume APX-1")
    assert ana.answer.first_line.startswith("⛔ Blocked")


async def test_day_and_reason_are_asked_one_after_the_other(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.says("put APX-1 on hold")
    assert answer.first_line == "Until when does “Prototype tested” rest?"
    answer = await ana.says("16 March")
    assert answer.first_line == "Why does “Prototype tested” rest?"
    assert (await stage.milestone()).state is State.PLANNED
    await ana.says("the client decides then")
    held = (await stage.milestone()).hold
    assert held
    assert (held.review_on, held.reason) == (date(2026, 3, 16), "the client decides then")


async def test_both_fit_one_form_and_stay_until_they_are_right(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("hold APX-1", form=True)
    assert [field.name for field in ana.answer.form.fields] == ["due", "reason"]
    wrong = await ana.submits(due="2026-03-02", reason="client")
    assert "from tomorrow on" in wrong.errors["due"]
    empty = await ana.submits(due="2026-03-16", reason=" ")
    assert empty.errors == {"reason": "Why does “Prototype tested” rest?"}
    await ana.submits(due="2026-03-16", reason="client")
    assert (await stage.milestone()).state is State.ON_HOLD


@pytest.mark.parametrize(("words", "said"), [("today", "from tomorrow on"), ("yesterday", "is past")])
async def test_nothing_rests_until_today(stage: Stage, words: str, said: str) -> None:
    answer = await stage.person("ana").commands(f"hold APX-1 until {words} because of the client")
    assert said in answer.first_line
    assert (await stage.milestone()).state is State.PLANNED


async def test_longer_keeps_the_reason_and_the_state_before(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("begin APX-1")
    await ana.commands(HOLD)
    answer = await ana.presses("Hold longer")
    assert answer.first_line == "Until when does “Prototype tested” rest?"
    await ana.commands("30 March")
    held = (await stage.milestone()).hold
    assert held
    assert (held.review_on, held.reason, held.was) == (
        date(2026, 3, 30),
        "the client decides then",
        State.IN_PROGRESS,
    )
    again = await ana.commands("hold APX-1 until 30 March")
    assert "It is on hold until Mon 30 Mar already." in again.text


async def test_done_while_it_rests_is_refused_with_resume_as_the_way_on(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands(HOLD)
    for words in ("done APX-1", "begin APX-1", "submit APX-1 to @boris", "block APX-1 because of x"):
        answer = await ana.commands(words)
        assert answer.first_line == "Prototype tested is on hold until Mon 16 Mar.", words
        assert answer.labels == ("Resume", "Show it", "Mine")
    assert (await stage.milestone()).version == 2


async def test_resuming_twice_says_who_was_first(stage: Stage) -> None:
    await stage.person("ana").commands(HOLD)
    await stage.person("chen").commands("resume APX-1")
    assert "Chen Wei took it off hold" in (await stage.person("ana").commands("resume APX-1")).text
    assert len(await stage.history()) == 3


async def test_who_neither_owns_nor_leads_it_may_not_hold_or_resume(stage: Stage) -> None:
    answer = await stage.person("boris").commands(HOLD)
    assert answer.first_line.startswith("Only Chen Wei")
    await stage.person("ana").commands(HOLD)
    assert (await stage.person("boris").commands("resume APX-1")).first_line.startswith("Only Chen Wei")
    assert (await stage.milestone()).version == 2


async def test_nobody_is_reminded_while_it_rests_and_the_owner_is_asked_on_the_day(stage: Stage) -> None:
    await stage.person("ana").commands("hold APX-1 until 31 March because the client decides then")
    stage.hear_everything()
    await stage.at(datetime(2026, 3, 30, 23, 0, tzinfo=UTC))
    assert "APX-1" not in "".join(m.text for m in stage._messages() if m.ref.conversation.id == "D-ana")
    await stage.at(datetime(2026, 3, 31, 9, 0, tzinfo=UTC))
    told = stage.is_told("ana", "was on hold until today. Go on?")
    assert "You own it.\nIt rested because: the client decides then" in told.text
    assert [b.label for b in told.card.buttons] == ["Resume", "Hold longer", "New date", "Show it"]
    await stage.person("ana").presses("Resume", told)
    assert (await stage.milestone()).state is State.PLANNED


async def test_no_answer_is_asked_for_again_a_week_later(stage: Stage) -> None:
    await stage.person("ana").commands(HOLD)
    await stage.at(datetime(2026, 3, 16, 10, 0, tzinfo=UTC))
    first = stage.is_told("ana", "Go on?")
    await stage.at(datetime(2026, 3, 23, 10, 0, tzinfo=UTC))
    second = stage.is_told("ana", "was on hold until Mon 16 Mar. Go on?")
    assert first.ref != second.ref


async def test_resumed_in_time_nobody_is_asked(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("hold APX-2 until 10 March because x")
    await ana.commands(HOLD)
    await ana.commands("resume APX-1")
    await stage.at(datetime(2026, 3, 17, 10, 0, tzinfo=UTC))
    told = [m.text for m in stage._messages() if m.ref.conversation.id == "D-ana"]
    assert not any("Go on?" in text for text in told)


async def test_a_hold_in_telegram(stage: Stage) -> None:
    code = (await stage.person("ana").says("link")).text.split("link ", 1)[1].split()[0]
    ana = stage.person("ana-tg", TELEGRAM)
    await ana.says(f"link {code}")
    await ana.says("pause APX-1 until 16 March")
    await ana.says("the client decides then")
    assert (await stage.milestone()).state is State.ON_HOLD
