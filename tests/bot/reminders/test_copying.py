"""Copies of what was handed in: fetched apart from every turn, bounded, the reference always kept."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from bot.domain.files import COPIES_LIMIT, COPY_LIMIT, Copy, KeptFile
from bot.errors import Delivery, DeliveryError
from bot.messages import Attachment
from bot.ports import Blob, UnitOfWork, Which
from bot.reminders.copying import TRIES
from tests.scenarios.cast import APEX_HOME, TEAM
from tests.scenarios.conversation import Stage

REPORT = Attachment("F1", "report.pdf", "application/pdf", 4)


def opt_in(uow: UnitOfWork) -> None:
    team = uow.workspaces.get(TEAM)
    assert team
    uow.workspaces.save(replace(team, keep_evidence=True))


async def hand_in(stage: Stage, attachment: Attachment = REPORT) -> None:
    card = stage.shows("APX-1")
    await stage.person("ana").says("", APEX_HOME, reply_to=card.ref, overheard=True, files=(attachment,))


async def kept(stage: Stage) -> KeptFile:
    page = await stage.do(lambda uow: uow.files.page(TEAM, Which(milestone_id="m1"), 1, 9))
    [file] = page.files
    return file


async def test_without_being_asked_nothing_is_fetched(stage: Stage) -> None:
    stage.adapters["slack"].contents["F1"] = b"%PDF"
    await hand_in(stage)
    await stage.engine.copy()
    assert stage.adapters["slack"].fetched == []
    assert (await kept(stage)).blob_id == ""


async def test_a_copy_is_fetched_after_the_turn_and_hashed(stage: Stage) -> None:
    stage.adapters["slack"].contents["F1"] = b"%PDF"
    await stage.do(opt_in)
    await hand_in(stage)
    assert stage.adapters["slack"].fetched == []
    await stage.engine.copy()
    file = await kept(stage)
    assert (file.copy, file.sha256, file.size) == (Copy.HELD, hashlib.sha256(b"%PDF").hexdigest(), 4)
    blob = await stage.do(lambda uow: uow.blobs.get(file.blob_id))
    assert blob is not None
    assert (blob.content, blob.name, blob.mime) == (b"%PDF", "report.pdf", "application/pdf")
    await stage.engine.copy()
    assert stage.adapters["slack"].fetched == ["F1"]
    assert await stage.do(lambda uow: uow.files.held(TEAM)) == 4


async def test_what_is_larger_than_it_said_is_not_copied(stage: Stage) -> None:
    stage.adapters["slack"].contents["F1"] = b"x" * (COPY_LIMIT + 1)
    await stage.do(opt_in)
    await hand_in(stage)
    await stage.engine.copy()
    file = await kept(stage)
    assert (file.copy, file.blob_id, file.file_id) == (Copy.TOO_LARGE, "", "F1")


async def test_what_is_gone_stays_a_reference(stage: Stage) -> None:
    await stage.do(opt_in)
    await hand_in(stage)
    await stage.engine.copy()
    file = await kept(stage)
    assert (file.copy, file.name, file.file_id) == (Copy.FAILED, "report.pdf", "F1")


async def test_a_platform_that_is_away_is_asked_again_but_not_for_ever(stage: Stage) -> None:
    stage.adapters["slack"].contents["F1"] = DeliveryError(Delivery.NOT_SENT, "away")
    await stage.do(opt_in)
    await hand_in(stage)
    for _ in range(TRIES - 1):
        await stage.engine.copy()
    assert (await kept(stage)).copy is Copy.WANTED
    for _ in range(3):
        await stage.engine.copy()
    assert (await kept(stage)).copy is Copy.FAILED
    assert len(stage.adapters["slack"].fetched) == TRIES


async def test_a_platform_that_came_back_is_copied_from(stage: Stage) -> None:
    stage.adapters["slack"].contents["F1"] = DeliveryError(Delivery.NOT_SENT, "away")
    await stage.do(opt_in)
    await hand_in(stage)
    await stage.engine.copy()
    stage.adapters["slack"].contents["F1"] = b"%PDF"
    await stage.engine.copy()
    assert (await kept(stage)).copy is Copy.HELD


@pytest.mark.parametrize(("free", "copy"), [(4, Copy.HELD), (3, Copy.NO_ROOM)])
async def test_all_copies_together_have_a_limit(stage: Stage, free: int, copy: Copy) -> None:
    def fill(uow: UnitOfWork) -> None:
        opt_in(uow)
        now = stage.clock.now()
        uow.blobs.add(Blob(id="b", owner="", name="", mime="", size=0, sha256="", at=now))
        uow.files.add(
            KeptFile(
                id="big",
                workspace_id=TEAM,
                milestone_id="m2",
                by_id="ana",
                at=now,
                platform="slack",
                file_id="F0",
                name="big",
                size=COPIES_LIMIT - free,
                copy=Copy.HELD,
                blob_id="b",
            )
        )

    await stage.do(fill)
    stage.adapters["slack"].contents["F1"] = b"%PDF"
    await hand_in(stage)
    await stage.engine.copy()
    assert (await kept(stage)).copy is copy


async def test_what_was_taken_away_meanwhile_is_not_brought_back(stage: Stage) -> None:
    stage.adapters["slack"].contents["F1"] = b"%PDF"
    await stage.do(opt_in)
    await hand_in(stage)
    await stage.person("ana").says("undo")
    await stage.engine.copy()
    assert stage.adapters["slack"].fetched == []


async def test_taking_a_file_away_takes_its_copy_along(stage: Stage) -> None:
    stage.adapters["slack"].contents["F1"] = b"%PDF"
    await stage.do(opt_in)
    await hand_in(stage)
    await stage.engine.copy()
    blob_id = (await kept(stage)).blob_id
    await stage.person("ana").says("undo")
    assert await stage.do(lambda uow: uow.blobs.get(blob_id)) is None
