"""status: the open milestones of this project, or of everything, as a table."""

from __future__ import annotations

from bot.access import Rule
from bot.commands import Command, Context
from bot.commands.lists import listed, timeline_of
from bot.dialogs import Asked
from bot.domain.people import Project, Role
from bot.messages import Reply
from bot.ports import Filter
from bot.verbs import Verb
from bot.views.lists import nothing_card, status_card, timeline_card
from bot.wording import N_

verb = Verb(
    name="status",
    summary=N_("See all open milestones here"),
    usage="[PROJECT]",
    examples=("status", "status APX"),
    twins=("list", "where are we", "how are we doing", "how", "overview", "milestones"),
    menu=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    project = _project(ctx, asked)
    owner = ctx.person.id if ctx.person.role is Role.EXTERNAL else ""
    which = Filter(project_id=project.id if project else "", owner_id=owner)
    name = project.name if project else ctx.workspace.name
    if asked.choice == "timeline":
        return ctx.private(timeline_card(timeline_of(ctx, which, name), which, ctx.reader, ctx.offers))
    page = listed(ctx, which, asked.page)
    if not page.rows:
        return ctx.private(nothing_card(name, ctx.reader, ctx.offers))
    return ctx.private(status_card(name, page, which, ctx.reader, ctx.offers))


def _project(ctx: Context, asked: Asked) -> Project | None:
    """The project named, else the conversation's; "all" and a direct message mean every project."""
    if asked.project_id:
        return ctx.uow.projects.get(ctx.workspace.id, asked.project_id)
    words = asked.pointer.strip()
    named = words and ctx.uow.projects.by_key(ctx.workspace.id, words.upper())
    if named or words.casefold() in ("all", "everything"):
        return named or None
    return ctx.project


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
