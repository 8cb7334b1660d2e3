"""Notes, files, copies and the words all of it is found by: alike on both stores, never across teams."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.files import Copy, KeptFile
from bot.domain.finding import wanted
from bot.domain.milestone import Criterion
from bot.domain.notes import Edit, Note, edited, removed
from bot.ports import Blob, UnitOfWork, Which
from bot.refs import ConversationRef, MessageRef
from tests.contracts.storage_contract.cast import (
    ANA,
    BO,
    CHANNEL,
    GROUP,
    OURS,
    PROJECT,
    STRANGER,
    THEIR_PROJECT,
    THEIRS,
    Team,
    milestone,
)
from tests.fakes.clock import START

SAID = MessageRef(CHANNEL.in_thread("1.0"), "1.5")
ROOF = milestone(id="roof", title="Roof closed", criteria=(Criterion("c1", "Photos handed in"),))
THEIR_ROOF = milestone(
    id="their-roof", workspace_id=THEIRS, project_id=THEIR_PROJECT, owner_id=STRANGER, created_by=STRANGER
)
NOTE = Note(
    id="n1",
    workspace_id=OURS,
    milestone_id="roof",
    author_id=ANA,
    at=START,
    text="The crane comes on Monday",
    message=SAID,
    permalink="https://acme.slack.com/archives/C1/p15",
)
FILE = KeptFile(
    id="f1",
    workspace_id=OURS,
    milestone_id="roof",
    by_id=ANA,
    at=START,
    platform="slack",
    file_id="F1",
    name="crane plan.pdf",
    mime="application/pdf",
    size=90_000,
    link="https://acme.slack.com/files/F1",
    note_id="n1",
    message=SAID,
)
BLOB = Blob(
    id="b1", owner="web//x", name="a.bin", mime="x/y", size=4, sha256="ab", at=START, content=b"\x00\xff'\\"
)


@pytest.fixture
async def roof(team: Team) -> Team:
    def build(unit: UnitOfWork) -> None:
        unit.milestones.add(ROOF)
        unit.milestones.add(THEIR_ROOF)
        unit.notes.add(NOTE)
        unit.files.add(FILE)

    await team.store.write(build)
    return team


async def test_a_note_comes_back_as_it_was(roof: Team) -> None:
    assert await roof.store.read(lambda unit: unit.notes.get(OURS, "n1")) == NOTE
    assert await roof.store.read(lambda unit: unit.notes.at(SAID)) == NOTE
    assert await roof.store.read(lambda unit: unit.notes.at(MessageRef(CHANNEL, "1.5"))) == NOTE
    assert await roof.store.read(lambda unit: unit.notes.last_by(OURS, ANA)) == NOTE


async def test_notes_of_another_team_are_not_there(roof: Team) -> None:
    assert await roof.store.read(lambda unit: unit.notes.get(THEIRS, "n1")) is None
    assert await roof.store.read(lambda unit: unit.files.get(THEIRS, "f1")) is None
    assert await roof.store.read(lambda unit: unit.notes.last_by(THEIRS, ANA)) is None
    nothing = await roof.store.read(lambda unit: unit.notes.page(THEIRS, Which(milestone_id="roof"), 1, 9))
    assert (nothing.notes, nothing.total) == ((), 0)
    other = MessageRef(ConversationRef("slack", "T2", CHANNEL.id), "1.5")
    assert await roof.store.read(lambda unit: unit.notes.at(other)) is None


async def test_a_note_without_a_message_is_at_no_message(roof: Team) -> None:
    await roof.store.write(lambda unit: unit.notes.add(replace(NOTE, id="n2", message=None)))
    assert (
        await roof.store.read(lambda unit: unit.notes.at(MessageRef(ConversationRef("", "", ""), ""))) is None
    )
    kept = await roof.store.read(lambda unit: unit.notes.get(OURS, "n2"))
    assert kept is not None
    assert kept.message is None


async def test_edits_and_tombstones_are_kept(roof: Team) -> None:
    later = START + timedelta(hours=1)
    await roof.store.write(lambda unit: unit.notes.save(edited(NOTE, "On Tuesday", later)))
    changed = await roof.store.read(lambda unit: unit.notes.get(OURS, "n1"))
    assert changed is not None
    assert (changed.text, changed.edits) == ("On Tuesday", (Edit(later, NOTE.text),))
    await roof.store.write(lambda unit: unit.notes.save(removed(changed, later)))
    gone = await roof.store.read(lambda unit: unit.notes.get(OURS, "n1"))
    assert gone is not None
    assert (gone.text, gone.edits, gone.removed_at) == ("", (), later)
    assert await roof.store.read(lambda unit: unit.notes.last_by(OURS, ANA)) is None
    page = await roof.store.read(lambda unit: unit.notes.page(OURS, Which(milestone_id="roof"), 1, 9))
    assert page.total == 0


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (Which(), True),
        (Which(milestone_id="roof"), True),
        (Which(project_id=PROJECT), True),
        (Which(by_id=ANA), True),
        (Which(owner_id=ANA), True),
        (Which(milestone_id="roof", project_id=PROJECT, by_id=ANA, owner_id=ANA), True),
        (Which(milestone_id="floor"), False),
        (Which(project_id=THEIR_PROJECT), False),
        (Which(by_id=BO), False),
        (Which(owner_id=BO), False),
    ],
)
async def test_pages_hold_what_is_asked_for(roof: Team, which: Which, found: bool) -> None:
    notes = await roof.store.read(lambda unit: unit.notes.page(OURS, which, 1, 9))
    files = await roof.store.read(lambda unit: unit.files.page(OURS, which, 1, 9))
    assert (notes.notes, notes.total) == (((NOTE,), 1) if found else ((), 0))
    assert (files.files, files.total) == (((FILE,), 1) if found else ((), 0))


async def test_pages_are_newest_first_and_count_everything(roof: Team) -> None:
    def more(unit: UnitOfWork) -> None:
        for number in range(2, 6):
            at = START + timedelta(minutes=number)
            unit.notes.add(replace(NOTE, id=f"n{number}", at=at, message=None))

    await roof.store.write(more)
    which = Which(milestone_id="roof")
    first = await roof.store.read(lambda unit: unit.notes.page(OURS, which, 1, 2))
    last = await roof.store.read(lambda unit: unit.notes.page(OURS, which, 3, 2))
    assert [note.id for note in first.notes] == ["n5", "n4"]
    assert [note.id for note in last.notes] == ["n1"]
    assert (first.total, last.total) == (5, 5)


async def test_a_file_comes_back_as_it_was(roof: Team) -> None:
    assert await roof.store.read(lambda unit: unit.files.get(OURS, "f1")) == FILE
    assert await roof.store.read(lambda unit: unit.files.at(SAID)) == (FILE,)
    assert await roof.store.read(lambda unit: unit.files.of_note(OURS, "n1")) == (FILE,)
    assert await roof.store.read(lambda unit: unit.files.of_note(THEIRS, "n1")) == ()


async def test_what_waits_for_its_milestone_is_in_no_list_and_forgotten_in_time(roof: Team) -> None:
    waiting = replace(FILE, id="f2", milestone_id="", note_id="")
    await roof.store.write(lambda unit: unit.files.add(waiting))
    assert (await roof.store.read(lambda unit: unit.files.page(OURS, Which(), 1, 9))).total == 1
    found = await roof.store.read(lambda unit: unit.findings.find(OURS, wanted("crane")))
    assert "f2" not in {hit.item_id for hit in found}
    assert await roof.store.write(lambda unit: unit.files.forget_unclaimed(START)) == 0
    assert await roof.store.write(lambda unit: unit.files.forget_unclaimed(START + timedelta(days=1))) == 1
    assert await roof.store.read(lambda unit: unit.files.get(OURS, "f2")) is None
    assert await roof.store.read(lambda unit: unit.files.get(OURS, "f1")) == FILE


async def test_what_is_to_be_copied_is_found_oldest_first(roof: Team) -> None:
    def want(unit: UnitOfWork) -> None:
        for number, minutes in ((2, 5), (3, 1)):
            at = START + timedelta(minutes=minutes)
            unit.files.add(replace(FILE, id=f"f{number}", at=at, copy=Copy.WANTED))

    await roof.store.write(want)
    wanted_files = await roof.store.read(lambda unit: unit.files.to_copy(5))
    assert [file.id for file in wanted_files] == ["f3", "f2"]
    assert len(await roof.store.read(lambda unit: unit.files.to_copy(1))) == 1


async def test_content_comes_back_byte_for_byte_and_counts(roof: Team) -> None:
    await roof.store.write(lambda unit: unit.blobs.add(BLOB))
    assert await roof.store.read(lambda unit: unit.blobs.get("b1")) == BLOB
    assert await roof.store.read(lambda unit: unit.blobs.about("b1")) == replace(BLOB, content=b"")
    assert await roof.store.read(lambda unit: unit.files.held(OURS)) == 0
    held = replace(FILE, copy=Copy.HELD, blob_id="b1", size=4)
    await roof.store.write(lambda unit: unit.files.save(held))
    assert await roof.store.read(lambda unit: unit.files.held(OURS)) == 4
    assert await roof.store.read(lambda unit: unit.files.held(THEIRS)) == 0


async def test_content_that_nothing_refers_to_is_forgotten_in_time(roof: Team) -> None:
    def keep_one(unit: UnitOfWork) -> None:
        unit.blobs.add(BLOB)
        unit.blobs.add(replace(BLOB, id="b2"))
        unit.files.save(replace(FILE, copy=Copy.HELD, blob_id="b1"))

    await roof.store.write(keep_one)
    assert await roof.store.write(lambda unit: unit.blobs.forget_unclaimed(START)) == 0
    assert await roof.store.write(lambda unit: unit.blobs.forget_unclaimed(START + timedelta(days=1))) == 1
    assert await roof.store.read(lambda unit: unit.blobs.about("b1")) is not None


async def test_content_goes_with_the_last_file_that_is_it(roof: Team) -> None:
    """The same upload may be kept with several milestones, and prove one of them."""

    def keep_both(unit: UnitOfWork) -> None:
        unit.blobs.add(BLOB)
        unit.files.save(replace(FILE, copy=Copy.HELD, blob_id="b1"))
        unit.files.add(replace(FILE, id="f2", note_id="", copy=Copy.HELD, blob_id="b1"))

    await roof.store.write(keep_both)
    await roof.store.write(lambda unit: unit.files.save(replace(FILE, copy=Copy.NONE)))
    await roof.store.write(lambda unit: unit.blobs.remove("b1"))
    assert await roof.store.read(lambda unit: unit.blobs.get("b1")) == BLOB
    await roof.store.write(lambda unit: unit.files.save(replace(FILE, id="f2", copy=Copy.NONE)))
    await roof.store.write(lambda unit: unit.blobs.remove("b1"))
    assert await roof.store.read(lambda unit: unit.blobs.get("b1")) is None


async def test_people_who_turn_out_to_be_one_keep_their_notes(roof: Team) -> None:
    await roof.store.write(lambda unit: unit.people.merge(OURS, ANA, BO))
    note = await roof.store.read(lambda unit: unit.notes.get(OURS, "n1"))
    file = await roof.store.read(lambda unit: unit.files.get(OURS, "f1"))
    assert note is not None
    assert file is not None
    assert (note.author_id, file.by_id) == (BO, BO)


async def test_messages_follow_a_conversation_that_moves(roof: Team) -> None:
    await roof.store.write(lambda unit: unit.places.move(CHANNEL, GROUP))
    moved = MessageRef(GROUP, "1.5")
    note = await roof.store.read(lambda unit: unit.notes.at(moved))
    assert note is not None
    assert note.id == "n1"
    assert [file.id for file in await roof.store.read(lambda unit: unit.files.at(moved))] == ["f1"]
