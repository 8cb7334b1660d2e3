"""files: what is kept with a milestone or a project, opened again, and taken away."""

from __future__ import annotations

from bot.access import Rule
from bot.commands import Command, Context, Refused
from bot.commands.keeping import take_away
from bot.commands.noting import visible
from bot.commands.perform import require
from bot.commands.project import named_project
from bot.commands.which import not_here, project_of, settle_milestone
from bot.dialogs import Asked
from bot.domain.files import KeptFile, is_evidence
from bot.domain.milestone import Milestone
from bot.domain.people import Project
from bot.messages import Reply
from bot.sight import may_open, sees
from bot.verbs import Verb
from bot.views.files import (
    OPEN,
    REMOVE,
    ask_remove_card,
    files_card,
    gone_card,
    no_files_card,
    opened_card,
    removed_card,
)
from bot.views.lists import ALL
from bot.views.notes import evidence_stays
from bot.wording import N_

PAGE_SIZE = 6

verb = Verb(
    name="files",
    summary=N_("See the photos and files that are kept"),
    usage="[MILESTONE]",
    examples=("files APX-1", "files"),
    twins=("file", "photos", "pictures", "documents", "attachments", "photos of", "files of"),
)


def handle(ctx: Context, asked: Asked) -> Reply:
    if asked.choice:
        return _one(ctx, asked)
    if asked.milestone_id or asked.pointer or ctx.replied_to:
        return _named(ctx, asked)
    return _of_project(ctx, asked, ctx.project)


def _named(ctx: Context, asked: Asked) -> Reply:
    """A project by its key, everything, or a milestone by whatever points at it."""
    if asked.pointer.casefold() in (ALL, "everything"):
        return _of_project(ctx, asked, None)
    project = named_project(ctx, asked.pointer) if asked.pointer and not asked.milestone_id else None
    if project:
        return _of_project(ctx, asked, project)
    found = settle_milestone(ctx, asked)
    if isinstance(found, Reply):
        return found
    if not sees(ctx.person, found, project_of(ctx, found)):
        raise not_here(ctx, asked)
    return _list(ctx, asked, found, None)


def _of_project(ctx: Context, asked: Asked, project: Project | None) -> Reply:
    if asked.project_id and project is None:
        project = ctx.uow.projects.get(ctx.workspace.id, asked.project_id)
    return _list(ctx, asked, None, project)


def _list(ctx: Context, asked: Asked, milestone: Milestone | None, project: Project | None) -> Reply:
    which = visible(ctx, milestone, project.id if project else "")
    page = ctx.uow.files.page(ctx.workspace.id, which, asked.page, PAGE_SIZE)
    name = milestone.key if milestone else project.name if project else ctx.workspace.name
    if not page.total:
        return ctx.private(no_files_card(milestone, name, ctx.reader, ctx.offers))
    last = max(1, -(-page.total // PAGE_SIZE))
    number = min(max(asked.page, 1), last)
    if not page.files:
        page = ctx.uow.files.page(ctx.workspace.id, which, number, PAGE_SIZE)
    again = _again(milestone, project)
    names = ctx.names({file.by_id for file in page.files})
    about = f"{milestone.key} {milestone.title}" if milestone else name
    return ctx.private(files_card(about, page, (number, last), again, names, ctx.reader, ctx.offers))


def _again(milestone: Milestone | None, project: Project | None) -> dict[str, str]:
    if milestone:
        return {"milestone_id": milestone.id}
    return {"project_id": project.id} if project else {"pointer": ALL}


def _one(ctx: Context, asked: Asked) -> Reply:
    file, milestone = _found(ctx, asked)
    ctx = ctx.about(milestone, project_of(ctx, milestone))
    if asked.choice == OPEN:
        return _open(ctx, file)
    if file.by_id != ctx.person.id:
        require(ctx, Rule.EDIT)
    if is_evidence(milestone, file.id):
        raise Refused(evidence_stays(milestone, file, ctx.reader, ctx.offers))
    if asked.choice != REMOVE:
        return ctx.private(ask_remove_card(file, milestone, ctx.reader, ctx.offers))
    take_away(ctx, file)
    return ctx.private(removed_card(milestone, ctx.reader, ctx.offers))


def _open(ctx: Context, file: KeptFile) -> Reply:
    note = ctx.uow.notes.get(ctx.workspace.id, file.note_id) if file.note_id else None
    by = ctx.names({file.by_id}).get(file.by_id, "")
    permalink = note.permalink if note else ""
    return ctx.private(opened_card(file, ctx.milestone, by, permalink, ctx.reader, ctx.offers))


def _found(ctx: Context, asked: Asked) -> tuple[KeptFile, Milestone]:
    """Raises `Refused` in the same words for what is gone and for what the sender may not see."""
    file = ctx.uow.files.get(ctx.workspace.id, asked.item)
    milestone = ctx.uow.milestones.get(ctx.workspace.id, file.milestone_id) if file else None
    if file is None or milestone is None or not may_open(ctx.uow, ctx.person, file):
        raise Refused(gone_card(ctx.reader, ctx.offers))
    return file, milestone


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
