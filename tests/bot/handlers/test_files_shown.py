"""Files listed, opened again and taken away, by who may."""

from __future__ import annotations

from dataclasses import replace

from bot.cards import File
from bot.domain.files import Copy
from bot.messages import Attachment
from bot.ports import Blob
from tests.bot.handlers.test_files import PHOTO, PLAN, files, names, reply
from tests.scenarios.cast import APEX_HOME, OTHER_TENANT, SECRET_HOME
from tests.scenarios.conversation import Stage


async def test_files_are_listed_newest_first_and_opened_again(stage: Stage) -> None:
    await reply(stage, PHOTO)
    await reply(stage, PLAN, who="boris")
    ana = stage.person("ana")
    listed = await ana.commands("files APX-1")
    assert listed.first_line == "APX-1 Prototype tested · 2 files"
    assert listed.text.index("plan.pdf · Mon 2 Mar · Boris Novak") < listed.text.index("wall.jpg")
    opened = await ana.presses("2 ·", listed)
    [shown] = [block for block in opened.card.blocks if isinstance(block, File)]
    assert shown == File("wall.jpg", "slack", "F1", "https://files.example/F1", 2_400_000)


async def test_a_file_without_an_address_of_its_own_leads_to_its_message(stage: Stage) -> None:
    await reply(stage, PLAN)
    ana = stage.person("ana")
    opened = await ana.presses("1 ·", await ana.commands("files APX-1"))
    [shown] = [block for block in opened.card.blocks if isinstance(block, File)]
    assert shown.link.startswith("https://chat.example/")


async def test_files_of_the_whole_project_and_of_none(stage: Stage) -> None:
    ana = stage.person("ana")
    nothing = await ana.commands("files")
    assert nothing.first_line == "No file is kept with Apex release yet."
    assert nothing.labels == ("All milestones", "Find…")
    await reply(stage, PHOTO)
    assert (await ana.commands("files")).first_line == "Apex release · 1 file"
    assert (await ana.commands("files APX")).first_line == "Apex release · 1 file"
    assert (await ana.commands("files APX-2")).first_line == "No file is kept with Beta released yet."


async def test_many_files_have_pages(stage: Stage) -> None:
    await reply(stage, *(replace(PLAN, id=f"F{n}", name=f"plan-{n}.pdf") for n in range(8)))
    ana = stage.person("ana")
    first = await ana.commands("files APX-1")
    second = await ana.presses("More", first)
    assert "8 files" in second.first_line
    shown = [name for name in (f"plan-{n}.pdf" for n in range(8)) if name in first.text + second.text]
    assert len(shown) == 8
    assert sum("plan-" in label for label in first.labels) == 6


async def test_a_file_is_removed_after_a_question_by_who_sent_it(stage: Stage) -> None:
    await reply(stage, PHOTO)
    ana = stage.person("ana")
    opened = await ana.presses("1 ·", await ana.commands("files APX-1"))
    asked = await ana.presses("Remove", opened)
    assert asked.first_line == "Remove wall.jpg from APX-1?"
    assert await names(stage) == ["wall.jpg"]
    removed = await ana.presses("Remove it", asked)
    assert removed.first_line == "Removed from APX-1."
    assert await names(stage) == []
    assert "not kept here any more" in (await ana.presses_token(opened.token("Remove"), APEX_HOME)).first_line


async def test_another_member_does_not_remove_it(stage: Stage) -> None:
    await reply(stage, PHOTO)
    boris = stage.person("boris")
    opened = await boris.presses("1 ·", await boris.commands("files APX-1"))
    answer = await boris.presses("Remove", opened)
    assert answer.labels
    assert await names(stage) == ["wall.jpg"]


async def test_a_neighbour_opens_nothing_of_ours(stage: Stage) -> None:
    await reply(stage, PHOTO)
    listed = await stage.person("ana").commands("files APX-1")
    olaf = stage.person("olaf", tenant=OTHER_TENANT)
    answer = await olaf.presses_token(listed.token("1 ·"), SECRET_HOME)
    assert "wall.jpg" not in answer.text
    assert "wall.jpg" not in (await olaf.commands("files all", SECRET_HOME)).text


async def test_an_outsider_sees_their_own_files_only(stage: Stage) -> None:
    await stage.person("chen").commands("assign APX-1 to @eve")
    await reply(stage, PLAN)
    eve = stage.person("eve")
    await reply(stage, PHOTO, who="eve")
    listed = await eve.commands("files APX-1")
    assert "wall.jpg" in listed.text
    assert "plan.pdf" not in listed.text
    whole = await stage.person("ana").commands("files APX-1")
    token = next(b.token for b in whole.card.buttons if "plan" in b.label)
    assert "not kept here any more" in (await eve.presses_token(token, APEX_HOME)).first_line


async def test_content_handed_over_beforehand_counts_as_our_copy_for_its_owner_alone(stage: Stage) -> None:
    ana = stage.person("ana")
    now = stage.clock.now()
    mine = Blob(id="b1", owner=str(ana.ref), name="a", mime="", size=3, sha256="x", at=now, content=b"abc")
    await stage.do(lambda uow: uow.blobs.add(mine))
    await reply(stage, Attachment("b1", "a.txt", "text/plain", 3, "x", blob="b1"), who="boris")
    await reply(stage, Attachment("b1", "a.txt", "text/plain", 3, "x", blob="b1"))
    first, second = sorted(await files(stage), key=lambda file: file.by_id)
    assert (first.by_id, first.copy, first.blob_id) == ("ana", Copy.HELD, "b1")
    assert (second.by_id, second.blob_id) == ("boris", "")


async def test_in_a_group_without_privacy_the_answer_is_short_and_silent(stage: Stage) -> None:
    card = stage.shows("APX-1")
    await stage.person("ana").says("", APEX_HOME, reply_to=card.ref, files=(PHOTO,))
    answer = stage.answers[-1]
    assert answer.reply
    assert answer.reply.quiet
    assert len(answer.text) < 120
