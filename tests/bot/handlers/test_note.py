"""Notes: typed, said below a card, corrected, deleted, taken back."""

from __future__ import annotations

import pytest

from bot.domain.notes import Note
from bot.messages import Audience
from bot.ports import Which
from tests.scenarios.cast import APEX_HOME, NEIGHBOURS, OTHER_TENANT, SECRET_HOME, TEAM
from tests.scenarios.conversation import Stage


async def notes(stage: Stage, milestone: str = "m1", workspace: str = TEAM) -> list[Note]:
    page = await stage.do(lambda uow: uow.notes.page(workspace, Which(milestone_id=milestone), 1, 100))
    assert page.total == len(page.notes)
    return list(page.notes)


async def texts(stage: Stage, milestone: str = "m1") -> list[str]:
    return [note.text for note in await notes(stage, milestone)]


async def test_a_note_is_kept_with_its_author_its_time_and_its_message(stage: Stage) -> None:
    answer = await stage.person("ana").says("note APX-1 the crane comes on Monday", key="said-1")
    assert answer.first_line == "Noted on APX-1 Prototype tested."
    assert answer.labels == ("Undo", "Notes")
    [note] = await notes(stage)
    assert (note.text, note.author_id, note.at) == ("the crane comes on Monday", "ana", stage.clock.now())
    assert note.message is not None
    assert note.message.id == "said-1"
    assert note.permalink == "https://chat.example/said-1"


@pytest.mark.parametrize("word", ["note", "comment", "remark"])
async def test_everyday_words_note_as_well(quick_stage: Stage, word: str) -> None:
    await quick_stage.person("ana").commands(f"{word} APX-1: waiting for legal, since Friday")
    assert await texts(quick_stage) == ["waiting for legal, since Friday"]


async def test_a_note_may_be_given_by_name_and_colon(quick_stage: Stage) -> None:
    await quick_stage.person("ana").commands("note prototype: the rig is borrowed")
    assert await texts(quick_stage) == ["the rig is borrowed"]


async def test_a_note_changes_nothing_of_the_milestone(stage: Stage) -> None:
    before = await stage.milestone()
    await stage.person("ana").commands("note APX-1 the crane comes on Monday")
    assert await stage.milestone() == before
    assert len(await stage.history()) == 1
    stage.nobody_is_told_anything_else()


async def test_an_answer_below_the_card_is_a_note_and_announced_to_nobody(stage: Stage) -> None:
    card = stage.shows("APX-1")
    answer = await stage.person("boris").says(
        "the rig is booked until Thursday", APEX_HOME, reply_to=card.ref, overheard=True
    )
    assert await texts(stage) == ["the rig is booked until Thursday"]
    assert answer.reply
    assert (answer.reply.audience, answer.reply.quiet) == (Audience.SENDER, True)
    stage.nobody_is_told_anything_else()


async def test_what_merely_begins_like_a_command_is_a_note_when_overheard(stage: Stage) -> None:
    card = stage.shows("APX-1")
    await stage.person("ana").says(
        "close the gate before you leave", APEX_HOME, reply_to=card.ref, overheard=True
    )
    assert await texts(stage) == ["close the gate before you leave"]
    assert (await stage.milestone()).is_open


async def test_a_single_verb_below_the_card_is_still_a_command(stage: Stage) -> None:
    card = stage.shows("APX-1")
    answer = await stage.person("ana").says("done", APEX_HOME, reply_to=card.ref, overheard=True)
    assert "needs one more thing" in answer.text
    assert await texts(stage) == []


async def test_an_answer_said_to_the_bot_may_be_a_command(stage: Stage) -> None:
    card = stage.shows("APX-1")
    await stage.person("ana").says("move to 16 March", APEX_HOME, reply_to=card.ref)
    assert (await stage.milestone()).due.isoformat() == "2026-03-16"
    assert await texts(stage) == []


async def test_other_talk_in_the_channel_leaves_no_trace(stage: Stage) -> None:
    answer = await stage.person("zoe").says("lunch?", APEX_HOME, overheard=True)
    assert answer.reply is None
    people = await stage.do(lambda uow: uow.people.all(TEAM))
    assert "Zoe" not in {person.name for person in people}


async def test_who_may_not_add_is_neither_heard_nor_refused(stage: Stage) -> None:
    card = stage.shows("APX-1")
    answer = await stage.person("vic").says("looks late to me", APEX_HOME, reply_to=card.ref, overheard=True)
    assert answer.reply is None
    assert await texts(stage) == []


async def test_who_may_not_add_is_told_who_can_when_they_ask(stage: Stage) -> None:
    answer = await stage.person("vic").commands("note APX-1 looks late to me")
    assert await texts(stage) == []
    assert answer.labels


async def test_the_same_message_delivered_twice_is_one_note(stage: Stage) -> None:
    ana, card = stage.person("ana"), stage.shows("APX-1")
    for _ in range(2):
        await ana.says("the rig is booked", APEX_HOME, key="m-1", reply_to=card.ref, overheard=True)
    assert await texts(stage) == ["the rig is booked"]


async def test_an_edited_message_changes_its_note_and_keeps_what_stood_there(stage: Stage) -> None:
    ana, card = stage.person("ana"), stage.shows("APX-1")
    await ana.says("booked until Thursday", APEX_HOME, key="m-1", reply_to=card.ref, overheard=True)
    await ana.edits("m-1", "booked until Friday", APEX_HOME)
    [note] = await notes(stage)
    assert note.text == "booked until Friday"
    assert [edit.text for edit in note.edits] == ["booked until Thursday"]
    assert "(edited)" in (await ana.commands("notes APX-1")).text


async def test_an_edited_command_changes_only_the_note_in_it(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("note APX-1 booked until Thursday", key="m-1")
    await ana.edits("m-1", "note APX-1 booked until Friday")
    assert await texts(stage) == ["booked until Friday"]


async def test_nobody_edits_what_another_said(stage: Stage) -> None:
    await stage.person("ana").says("note APX-1 booked", APEX_HOME, key="m-1")
    await stage.person("boris").edits("m-1", "note APX-1 cancelled", APEX_HOME)
    assert await texts(stage) == ["booked"]


async def test_a_stranger_with_the_same_message_id_edits_nothing(stage: Stage) -> None:
    await stage.person("ana").says("note APX-1 booked", APEX_HOME, key="m-1")
    await stage.person("olaf", tenant=OTHER_TENANT).edits("m-1", "note APX-1 cancelled", SECRET_HOME)
    await stage.person("olaf", tenant=OTHER_TENANT).deletes("m-1", SECRET_HOME)
    assert await texts(stage) == ["booked"]


async def test_a_deleted_message_leaves_a_tombstone_without_a_word(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("note APX-1 booked until Thursday", key="m-1")
    await ana.edits("m-1", "note APX-1 booked until Friday")
    [note] = await notes(stage)
    await ana.deletes("m-1")
    assert await texts(stage) == []
    left = await stage.do(lambda uow: uow.notes.get(TEAM, note.id))
    assert left is not None
    assert (left.text, left.edits, left.removed_at) == ("", (), stage.clock.now())
    assert "nothing with" in (await ana.commands("find booked")).first_line
    await ana.edits("m-1", "back again")
    assert await texts(stage) == []


async def test_an_edit_of_what_never_was_a_note_makes_none(stage: Stage) -> None:
    await stage.person("ana").edits("m-9", "note APX-1 from nowhere", APEX_HOME)
    assert await texts(stage) == []


async def test_a_note_is_taken_back_by_its_button_once(stage: Stage) -> None:
    ana = stage.person("ana")
    said = await ana.commands("note APX-1 wrong milestone")
    undone = await ana.presses("Undo", said)
    assert undone.first_line == "Taken back: the note on APX-1 is gone."
    assert await texts(stage) == []
    assert "Taken back" in (await ana.presses("Undo", said)).text


async def test_the_word_undo_takes_back_the_note_and_not_the_move_before_it(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("move APX-1 to 16 March")
    await ana.commands("note APX-1 wrong milestone")
    assert "Taken back" in (await ana.says("undo")).text
    assert await texts(stage) == []
    assert (await stage.milestone()).due.isoformat() == "2026-03-16"
    await ana.says("undo")
    assert (await stage.milestone()).due.isoformat() == "2026-03-13"


async def test_the_word_undo_takes_back_the_move_made_after_a_note(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("note APX-1 keep me")
    await stage.at(stage.clock.now().replace(minute=stage.clock.now().minute + 1))
    await ana.commands("move APX-1 to 16 March")
    await ana.says("undo")
    assert await texts(stage) == ["keep me"]
    assert (await stage.milestone()).due.isoformat() == "2026-03-13"


async def test_another_member_may_not_take_it_back(stage: Stage) -> None:
    said = await stage.person("ana").commands("note APX-2 seen on site")
    chen_sees = said.token("Undo")
    answer = await stage.person("leo").presses_token(chen_sees, APEX_HOME)
    assert await texts(stage, "m2") == ["seen on site"]
    assert answer.labels


async def test_notes_are_listed_newest_first_with_who_and_when(stage: Stage) -> None:
    ana, boris = stage.person("ana"), stage.person("boris")
    await ana.commands("note APX-1 first")
    await boris.commands("note APX-1 second")
    answer = await ana.commands("notes APX-1")
    assert answer.first_line == "APX-1 Prototype tested · 2 notes"
    assert answer.text.index("Boris Novak: second") < answer.text.index("Ana Costa: first")
    assert answer.labels == ("Add a note", "Show it")


async def test_without_notes_the_way_to_one_is_shown(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.commands("notes APX-1")
    assert answer.first_line == "Nothing is noted on Prototype tested yet."
    asked = await ana.presses("Add a note", answer)
    assert asked.first_line == "What shall I note on “Prototype tested”?"
    await ana.says("move the crane first", APEX_HOME)
    assert await texts(stage) == ["move the crane first"]


async def test_long_lists_have_pages(stage: Stage) -> None:
    ana = stage.person("ana")
    for number in range(9):
        await ana.commands(f"note APX-1 number {number}")
    first = await ana.commands("notes APX-1")
    assert "number 0" not in first.text
    assert "number 0" in (await ana.presses("More", first)).text


async def test_a_note_of_four_thousand_characters_fits_and_a_longer_one_is_refused(stage: Stage) -> None:
    ana, card = stage.person("ana"), stage.shows("APX-1")
    await ana.says("x" * 4000, APEX_HOME, reply_to=card.ref, overheard=True)
    assert [len(text) for text in await texts(stage)] == [4000]
    refused = await ana.says("y" * 4001, APEX_HOME, reply_to=card.ref, overheard=True)
    assert refused.first_line == "A note holds at most 4000 characters, so nothing was kept."
    assert refused.labels
    assert len(await texts(stage)) == 1


async def test_an_outsider_notes_on_their_own_and_reads_only_their_own_notes(stage: Stage) -> None:
    await stage.person("chen").commands("assign APX-1 to @eve")
    await stage.person("ana").commands("note APX-1 they are expensive")
    eve = stage.person("eve")
    await eve.commands("note APX-1 truck is loaded")
    answer = await eve.commands("notes APX-1")
    assert "truck is loaded" in answer.text
    assert "expensive" not in answer.text
    assert "I don't know" in (await eve.commands("notes APX-2")).first_line


async def test_a_neighbour_finds_no_milestone_to_note_on(stage: Stage) -> None:
    olaf = stage.person("olaf", tenant=OTHER_TENANT)
    await olaf.commands("note APX-1 hello", SECRET_HOME)
    assert await texts(stage) == []
    assert await notes(stage, "secret", NEIGHBOURS) == []
