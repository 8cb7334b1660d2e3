"""Photos and files: kept with what they came along with, opened again, taken away, never lost on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.domain.files import COPY_LIMIT, Copy, KeptFile
from bot.domain.milestone import CriterionKind
from bot.messages import Attachment
from bot.ports import Blob, UnitOfWork, Which
from tests.scenarios.cast import APEX_HOME, TEAM
from tests.scenarios.conversation import Answer, Stage

PHOTO = Attachment("F1", "wall.jpg", "image/jpeg", 2_400_000, link="https://files.example/F1")
PLAN = Attachment("F2", "plan.pdf", "application/pdf", 90_000)
MEGABYTE = 1024 * 1024


async def files(stage: Stage, milestone: str = "m1") -> list[KeptFile]:
    page = await stage.do(lambda uow: uow.files.page(TEAM, Which(milestone_id=milestone), 1, 100))
    return list(page.files)


async def names(stage: Stage, milestone: str = "m1") -> list[str]:
    return sorted(file.name for file in await files(stage, milestone))


async def wants(stage: Stage, *kinds: CriterionKind) -> None:
    """APX-1 is proved by one standard of each kind."""

    def change(uow: UnitOfWork) -> None:
        made = uow.milestones.get(TEAM, "m1")
        assert made
        first = made.criteria[0]
        criteria = tuple(
            replace(first, id=f"c{number}", text=f"{kind} {number}", kind=kind)
            for number, kind in enumerate(kinds)
        )
        uow.milestones.save(made.next(criteria=criteria))

    await stage.do(change)


async def reply(stage: Stage, *attachments: Attachment, text: str = "", who: str = "ana") -> Answer:
    card = stage.shows("APX-1")
    return await stage.person(who).says(text, APEX_HOME, reply_to=card.ref, overheard=True, files=attachments)


async def test_a_photo_below_the_card_is_kept_as_a_reference(stage: Stage) -> None:
    answer = await reply(stage, PHOTO, text="the wall stands")
    [kept] = await files(stage)
    assert (kept.name, kept.mime, kept.size, kept.by_id) == ("wall.jpg", "image/jpeg", 2_400_000, "ana")
    assert (kept.platform, kept.file_id, kept.link) == ("slack", "F1", "https://files.example/F1")
    assert (kept.copy, kept.blob_id) == (Copy.NONE, "")
    assert answer.first_line == "Noted on APX-1 Prototype tested."
    assert "Kept: wall.jpg." in answer.text
    stage.nobody_is_told_anything_else()


async def test_a_photo_without_a_word_is_kept_as_well(stage: Stage) -> None:
    await reply(stage, PHOTO)
    assert await names(stage) == ["wall.jpg"]


async def test_several_files_are_counted(stage: Stage) -> None:
    answer = await reply(stage, PHOTO, PLAN, replace(PLAN, id="F3", name="b.pdf"))
    assert "Kept: wall.jpg and 2 more." in answer.text
    assert len(await files(stage)) == 3


async def test_the_same_photo_delivered_twice_is_kept_once(stage: Stage) -> None:
    ana, card = stage.person("ana"), stage.shows("APX-1")
    for _ in range(2):
        await ana.says("", APEX_HOME, key="m-1", reply_to=card.ref, overheard=True, files=(PHOTO,))
    assert await names(stage) == ["wall.jpg"]


async def test_a_caption_that_is_a_command_is_done_and_the_photo_kept(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.says("move APX-1 to 16 March", files=(PHOTO,))
    assert (await stage.milestone()).due.isoformat() == "2026-03-16"
    assert await names(stage) == ["wall.jpg"]
    assert "Kept: wall.jpg." in answer.text


async def test_a_photo_survives_the_questions_that_its_command_asks(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("move", files=(PHOTO,))
    await ana.says("APX-1")
    assert await names(stage) == ["wall.jpg"]


async def test_a_photo_comes_along_when_a_milestone_is_made(stage: Stage) -> None:
    await stage.person("ana").says("new Roof closed by 6 March @boris", files=(PHOTO,))
    made = await stage.milestone("APX-3")
    assert await names(stage, made.id) == ["wall.jpg"]


async def test_a_photo_with_a_refused_command_is_not_kept(stage: Stage) -> None:
    await stage.person("vic").says("show APX-1", files=(PHOTO,))
    assert await names(stage) == []


async def test_a_photo_sent_directly_is_asked_about_once_and_kept_by_a_button(stage: Stage) -> None:
    ana = stage.person("ana")
    asked = await ana.says("", files=(PHOTO,))
    assert asked.first_line == "Which milestone?"
    kept = await ana.presses("APX-1", asked)
    assert kept.first_line == "Noted on APX-1 Prototype tested."
    assert await names(stage) == ["wall.jpg"]
    await ana.presses("APX-1", asked)
    assert await names(stage) == ["wall.jpg"]


async def test_a_photo_sent_directly_is_kept_by_a_typed_answer_with_its_caption(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("crack in the east wall", files=(PHOTO,))
    await ana.says("beta")
    assert await names(stage, "m2") == ["wall.jpg"]
    page = await stage.do(lambda uow: uow.notes.page(TEAM, Which(milestone_id="m2"), 1, 9))
    assert [note.text for note in page.notes] == ["crack in the east wall"]


async def test_nobody_claims_a_photo_that_another_sent(stage: Stage) -> None:
    asked = await stage.person("ana").says("", files=(PHOTO,))
    boris = stage.person("boris")
    await boris.presses_token(asked.token("APX-1"), stage.person("ana").home)
    assert await names(stage) == []


async def test_a_photo_nobody_claimed_is_forgotten(stage: Stage) -> None:
    await stage.person("ana").says("", files=(PHOTO,))
    await stage.at(stage.clock.now() + timedelta(days=2))
    await stage.engine.clean()
    left = await stage.do(lambda uow: uow.files.forget_unclaimed(stage.clock.now()))
    assert left == 0


async def test_fifty_megabytes_get_a_clear_sentence_and_the_reference(stage: Stage) -> None:
    answer = await reply(stage, replace(PHOTO, name="drone.mov", size=50 * MEGABYTE))
    assert "drone.mov is 50 MB: I keep where it is, and copy nothing above 10 MB." in answer.text
    assert await names(stage) == ["drone.mov"]


@pytest.mark.parametrize(
    ("size", "copy"),
    [(2 * MEGABYTE, Copy.WANTED), (COPY_LIMIT, Copy.WANTED), (COPY_LIMIT + 1, Copy.TOO_LARGE)],
)
async def test_a_workspace_that_keeps_evidence_gets_copies_up_to_a_size(
    stage: Stage, size: int, copy: Copy
) -> None:
    await stage.do(lambda uow: uow.workspaces.save(replace(uow.workspaces.get(TEAM), keep_evidence=True)))  # type: ignore[type-var]  # it is there
    await reply(stage, replace(PHOTO, size=size))
    [kept] = await files(stage)
    assert kept.copy is copy


async def test_the_only_standard_that_wants_a_document_is_offered_first(stage: Stage) -> None:
    await wants(stage, CriterionKind.BOOLEAN, CriterionKind.DOCUMENT)
    answer = await reply(stage, PLAN)
    assert answer.labels == ("Tick document 1", "Undo", "Notes")
    await stage.person("ana").presses_token(answer.token("Tick"), APEX_HOME)
    [kept] = await files(stage)
    ticked = (await stage.milestone()).criteria[1]
    assert (ticked.is_done, ticked.evidence) == (True, kept.id)


async def test_no_tick_is_offered_where_no_document_is_wanted(stage: Stage) -> None:
    assert (await reply(stage, PLAN)).labels == ("Undo", "Notes")


async def prove(stage: Stage) -> Answer:
    """APX-1 is achieved, proved by a file in a note."""
    await wants(stage, CriterionKind.DOCUMENT)
    noted = await reply(stage, PLAN)
    ana = stage.person("ana")
    await ana.presses_token(noted.token("Tick"), APEX_HOME)
    await ana.commands("done APX-1")
    assert not (await stage.milestone()).is_open
    return noted


async def test_evidence_of_what_is_achieved_is_not_removed(stage: Stage) -> None:
    noted = await prove(stage)
    ana = stage.person("ana")
    refused = await ana.presses_token(noted.token("Undo"), APEX_HOME)
    assert refused.first_line == "plan.pdf proves that APX-1 is achieved, so it stays."
    assert refused.labels == ("Show it", "All its files")
    listed = await ana.commands("files APX-1")
    opened = await ana.presses("1 ·", listed)
    assert "stays" in (await ana.presses("Remove", opened)).first_line
    assert await names(stage) == ["plan.pdf"]


async def test_evidence_outlives_its_message(stage: Stage) -> None:
    await wants(stage, CriterionKind.DOCUMENT)
    ana, card = stage.person("ana"), stage.shows("APX-1")
    noted = await ana.says("", APEX_HOME, key="m-1", reply_to=card.ref, overheard=True, files=(PLAN,))
    await ana.presses_token(noted.token("Tick"), APEX_HOME)
    await ana.commands("done APX-1")
    await ana.deletes("m-1", APEX_HOME)
    assert await names(stage) == ["plan.pdf"]


async def test_a_file_goes_with_its_message_when_it_proves_nothing(stage: Stage) -> None:
    ana, card = stage.person("ana"), stage.shows("APX-1")
    await ana.says("", APEX_HOME, key="m-1", reply_to=card.ref, overheard=True, files=(PLAN,))
    [kept] = await files(stage)
    await ana.deletes("m-1", APEX_HOME)
    assert await names(stage) == []
    left = await stage.do(lambda uow: uow.files.get(TEAM, kept.id))
    assert left is not None
    assert (left.name, left.file_id, left.is_removed) == ("", "", True)


async def test_undoing_a_note_takes_its_file_along(stage: Stage) -> None:
    answer = await reply(stage, PLAN)
    await stage.person("ana").presses_token(answer.token("Undo"), APEX_HOME)
    assert await names(stage) == []


async def test_taking_a_file_away_leaves_its_copy_to_whatever_else_it_proves(stage: Stage) -> None:
    """The same upload sent along twice is one copy."""
    ana = stage.person("ana")
    blob = Blob(
        id="b1", owner=str(ana.ref), name="wall.jpg", mime="image/jpeg", size=3, sha256="00",
        at=stage.clock.now(), content=b"jpg",
    )  # fmt: skip
    await stage.do(lambda uow: uow.blobs.add(blob))
    upload = Attachment("b1", "wall.jpg", "image/jpeg", 3, blob="b1")
    await ana.says("note APX-1 it stands", files=(upload,))
    await ana.says("note APX-2 it stands", files=(upload,))
    await ana.says("undo")
    assert await names(stage, "m2") == []
    assert await stage.do(lambda uow: uow.blobs.get("b1")) == blob
    await ana.says("undo")
    assert await stage.do(lambda uow: uow.blobs.get("b1")) is None


async def test_uploads_count_towards_the_room_there_is_for_copies(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.commands.keeping.COPIES_LIMIT", 5)
    ana = stage.person("ana")
    for number in "12":
        blob = Blob(
            id=f"b{number}", owner=str(ana.ref), name="wall.jpg", mime="image/jpeg", size=3, sha256="00",
            at=stage.clock.now(), content=b"jpg",
        )  # fmt: skip
        await stage.do(partial(_upload, blob=blob))
        upload = Attachment(blob.id, f"wall {number}.jpg", "image/jpeg", 3, blob=blob.id)
        answer = await ana.says("note APX-1 it stands", files=(upload,))
    assert "There is no room for more copies" in answer.text
    copies = {f.name: (f.copy, f.blob_id) for f in await files(stage)}
    assert copies == {"wall 1.jpg": (Copy.HELD, "b1"), "wall 2.jpg": (Copy.NO_ROOM, "")}


def _upload(uow: UnitOfWork, blob: Blob) -> None:
    uow.blobs.add(blob)
