"""Notes, files and what is found: every card of theirs, pressed and typed for."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.milestone import Criterion, CriterionKind, Milestone
from bot.messages import Attachment
from bot.ports import Filter, UnitOfWork
from tests.scenarios.cast import TEAM
from tests.scenarios.conversation import Stage, Voice

LONG = "Wholly uninterrupted façade scaffolding "
PHOTO = Attachment("F1", f"{LONG * 8}.jpg", "image/jpeg", 50 * 1024 * 1024)
PLAN = Attachment("F2", "plan.pdf", "application/pdf", 90_000, link="https://files.example/F2")


async def notes_and_files(stage: Stage) -> None:
    ana = stage.person("ana")
    await _nothing_yet(ana)
    await ana.says("new Cladding fixed by 27 March @ana")
    made = await _with_documents(stage)
    await _notes(ana, made)
    await _files(ana, made)
    await _found(ana)
    await _evidence(ana, made)


async def _nothing_yet(ana: Voice) -> None:
    await ana.commands("notes APX-1")
    await ana.commands("files APX-1")
    await ana.commands("files")
    await ana.commands("find")
    await ana.says("never mind")
    await ana.commands(f"find {LONG * 4}")


async def _with_documents(stage: Stage) -> Milestone:
    """The milestone just made, which three documents are to prove."""

    def want(uow: UnitOfWork) -> Milestone:
        page = uow.milestones.page(TEAM, Filter(owner_id="ana"), 1, 50)
        made = max(page.milestones, key=lambda milestone: milestone.number)
        documents = (LONG * 4, "Report filed", "Client signed")
        criteria = tuple(
            Criterion(f"d{number}", text.strip(), kind=CriterionKind.DOCUMENT)
            for number, text in enumerate(documents)
        )
        with_them = made.next(criteria=criteria)
        uow.milestones.save(with_them)
        return with_them

    return await stage.do(want)


async def _notes(ana: Voice, made: Milestone) -> None:
    for number in range(9):
        said = await ana.says(f"note {made.key} {LONG * (1 + number * 3)}", key=f"tour-{number}")
    await ana.edits("tour-8", "other words")
    listed = await ana.says(f"notes {made.key}")
    await ana.presses("More", listed)
    await ana.presses("Add a note", listed)
    await ana.says("never mind")
    await ana.presses("Undo", said)
    await ana.says("y" * 4001, files=(PLAN,))
    await ana.says(f"note {made.key} {'y' * 3980}")


async def _files(ana: Voice, made: Milestone) -> None:
    await ana.says(f"note {made.key} with pictures", files=(PHOTO, PLAN, replace(PLAN, name=".")))
    asked = await ana.says("", files=(PHOTO,))
    await ana.presses_token(asked.card.buttons[0].token, ana.home)
    await ana.says(f"note {made.key} more", files=tuple(replace(PLAN, id=f"P{n}") for n in range(7)))
    listed = await ana.says(f"files {made.key}")
    await ana.presses("More", listed)
    opened = await ana.presses("1 ·", listed)
    confirm = await ana.presses("Remove", opened)
    await ana.presses("Remove it", confirm)
    await ana.presses("Remove it", confirm)


async def _found(ana: Voice) -> None:
    found = await ana.says("find wholly")
    await ana.presses("More", found)
    await ana.says("find plan")
    await ana.says("find cladding")


async def _evidence(ana: Voice, made: Milestone) -> None:
    noted = await ana.says(f"note {made.key} the last ones", files=(PLAN,))
    for label in [label for label in noted.labels if label.startswith("Tick")]:
        await ana.presses_token(noted.token(label), ana.home)
    await ana.says(f"done {made.key}")
    await ana.presses("All of it is there") if "All of it is there" in ana.answer.labels else None
    await ana.presses_token(noted.token("Undo"), ana.home)
