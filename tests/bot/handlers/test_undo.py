from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.history import Action, facts
from tests.scenarios.conversation import Answer, Stage, Voice

CHANGES = {
    "move": ("move APX-1 to 16 March",),
    "assign": ("assign APX-1 to @boris",),
    "block": ("block APX-1 waiting on legal",),
    "done": ("done APX-1", "report filed"),
}


async def change(voice: Voice, name: str) -> Answer:
    words, *presses = CHANGES[name]
    answer = await voice.commands(words)
    for label in presses:
        answer = await voice.presses(label)
    return answer


@pytest.mark.parametrize("name", CHANGES)
async def test_undo_by_button_restores_what_was_recorded(stage: Stage, name: str) -> None:
    ana, before = stage.person("ana"), await stage.milestone()
    await change(ana, name)
    assert facts(await stage.milestone()) != facts(before)
    undone = await ana.presses("Undo")
    assert "Undone: Ana Costa" in undone.text
    after = await stage.milestone()
    assert (facts(after), after.version) == (facts(before), 3)
    assert [e.action for e in await stage.history()][-1] is Action.UNDONE


@pytest.mark.parametrize("name", CHANGES)
async def test_undo_by_word_restores_what_was_recorded(stage: Stage, name: str) -> None:
    ana, before = stage.person("ana"), await stage.milestone()
    await change(ana, name)
    await ana.says("undo")
    assert replace(await stage.milestone(), version=1) == before


async def test_unblocking_is_undone_with_its_reason(stage: Stage) -> None:
    ana = stage.person("ana")
    await change(ana, "block")
    blocked = await stage.milestone()
    await ana.commands("unblock APX-1")
    await ana.presses("Undo")
    assert (await stage.milestone()).blocked == blocked.blocked


async def test_undo_on_the_channels_card_changes_that_card(stage: Stage) -> None:
    ana = stage.person("ana")
    await change(ana, "move")
    answer = await ana.presses("Undo", stage.shows("Mon 16 Mar"))
    assert answer.text.startswith("Undone: Ana Costa moved it")
    assert answer.reply
    assert answer.reply.body is None
    card = stage.shows("APX-1")
    assert "Fri 13 Mar" in card.text
    assert [b.label for b in card.card.buttons] == ["Done", "Move", "Blocked", "More"]


async def test_undoing_the_creation_withdraws_it(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("new Roof closed by 6 March @boris")
    stage.is_told("boris", "Roof closed")
    stage.hear_everything()
    answer = await ana.says("undo")
    assert answer.first_line.startswith("Withdrawn · APX-3 Roof closed")
    assert "Taken back: it is in no list any more, and its key stays unused." in answer.text
    assert answer.labels == ("Bring it back", "All milestones")
    assert (await stage.milestone("APX-3")).withdrawn
    assert "Withdrawn" in stage.shows("APX-3").text
    assert "I don't know" in (await ana.commands("show APX-3")).first_line
    assert "APX-3" not in (await ana.commands("status")).text


async def test_an_undo_too_late_explains_and_changes_nothing(stage: Stage) -> None:
    ana, chen = stage.person("ana"), stage.person("chen")
    moved = await change(ana, "move")
    await chen.commands("block APX-1 waiting on legal")
    answer = await ana.presses("Undo", moved)
    assert "Nothing was changed. Since then: Chen Wei said it is blocked: waiting on legal." in answer.text
    assert (await stage.milestone()).version == 3
    assert "Nothing was changed." in (await ana.says("undo")).text
    assert (await stage.milestone()).version == 3


async def test_undo_is_done_once(stage: Stage) -> None:
    ana = stage.person("ana")
    moved = await change(ana, "move")
    await ana.presses("Undo", moved)
    again = await ana.presses("Undo", moved)
    assert "Since then: Ana Costa undid the last change." in again.text
    assert (await stage.milestone()).version == 3


async def test_somebody_else_may_not_undo(stage: Stage) -> None:
    await change(stage.person("ana"), "move")
    boris = stage.person("boris")
    answer = await boris.presses("Undo", stage.shows("APX-1"))
    assert answer.first_line == "Only Chen Wei (lead) or Ana Costa can change Prototype tested."
    assert (await stage.milestone()).version == 2


async def test_the_lead_may_undo_what_an_owner_did(stage: Stage) -> None:
    await change(stage.person("ana"), "move")
    await stage.person("chen").presses("Undo", stage.shows("APX-1"))
    assert (await stage.milestone()).version == 3


async def test_who_gave_it_away_may_take_that_back(stage: Stage) -> None:
    ana = stage.person("ana")
    await change(ana, "assign")
    await ana.says("undo")
    assert (await stage.milestone()).owner_id == "ana"


async def test_nothing_to_undo_is_said(stage: Stage) -> None:
    answer = await stage.person("vic").says("undo")
    assert answer.first_line == "There is nothing of yours to undo."
    assert answer.labels == ("Mine", "All milestones", "Help")


async def test_a_withdrawn_milestone_can_be_brought_back_and_withdrawn_again(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("new Roof closed by 6 March @boris")
    await ana.says("undo")
    answer = await ana.presses("Bring it back")
    assert "It is here again, as it was." in answer.text
    assert not (await stage.milestone("APX-3")).withdrawn
    assert "APX-3" in (await ana.commands("status")).text
    assert [e.action for e in await stage.history("APX-3")][-1] is Action.RESTORED
    await ana.says("undo")
    assert (await stage.milestone("APX-3")).withdrawn


async def test_it_is_brought_back_once(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("new Roof closed by 6 March @boris")
    withdrawn = await ana.says("undo")
    await ana.presses("Bring it back", withdrawn)
    again = await ana.presses("Bring it back", withdrawn)
    assert "It is here already." in again.text
    assert (await stage.milestone("APX-3")).version == 3


async def test_a_stranger_to_it_may_not_bring_it_back(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("new Roof closed by 6 March @boris")
    await ana.says("undo")
    card = stage.shows("APX-3")
    assert "Only" in (await stage.person("vic").presses("Bring it back", card)).first_line
    assert (await stage.milestone("APX-3")).withdrawn


async def test_a_second_undo_takes_back_the_one_before(stage: Stage) -> None:
    ana, before = stage.person("ana"), await stage.milestone()
    await ana.commands("move APX-1 to 16 March")
    await ana.commands("move APX-1 to 18 March")
    first = await ana.commands("undo")
    assert "from Mon 16 Mar to Wed 18 Mar" in first.text
    assert "Undo" in first.labels
    second = await ana.commands("undo")
    assert "from Fri 13 Mar to Mon 16 Mar" in second.text
    assert facts(await stage.milestone()) == facts(before)
    assert "There is nothing of yours to undo." in (await ana.commands("undo")).first_line


async def test_the_button_of_the_first_undo_is_the_second(stage: Stage) -> None:
    ana, before = stage.person("ana"), await stage.milestone()
    await ana.commands("move APX-1 to 16 March")
    await ana.commands("move APX-1 to 18 March")
    await ana.commands("undo")
    await ana.presses("Undo")
    assert facts(await stage.milestone()) == facts(before)


async def test_an_old_undo_offers_what_can_be_undone_first(stage: Stage) -> None:
    ana = stage.person("ana")
    first = await ana.commands("move APX-1 to 16 March")
    await ana.commands("move APX-1 to 18 March")
    answer = await ana.presses("Undo", first)
    assert "Nothing was changed. Since then: Ana Costa moved it" in answer.text
    assert "Undo" in answer.labels
    await ana.presses("Undo")
    await ana.presses("Undo", first)
    assert (await stage.milestone()).due.day == 13


async def test_undo_again_and_again_reaches_other_milestones_too(stage: Stage) -> None:
    chen = stage.person("chen")
    await chen.commands("move APX-2 to 27 March")
    await chen.commands("move APX-1 to 16 March")
    await chen.commands("move APX-1 to 18 March")
    for _ in range(3):
        await chen.commands("undo")
    assert (await stage.milestone("APX-1")).due.day == 13
    assert (await stage.milestone("APX-2")).due.day == 20
