"""status: the open milestones of this project, or of everything, as a table."""

from __future__ import annotations

from bot.access import Rule
from bot.commands import Command, Context
from bot.commands.lists import listed, timeline_of
from bot.commands.scope import names_one, one_after_all, project_meant
from bot.dialogs import Asked
from bot.messages import Reply
from bot.ports import Filter
from bot.sight import narrowed
from bot.verbs import Verb
from bot.views.lists import nothing_card, status_card, timeline_card
from bot.wording import N_

verb = Verb(
    name="status",
    summary=N_("See all open milestones here"),
    usage="[PROJECT]",
    examples=("status", "status APX", "status all"),
    twins=(
        *("list", "where are we", "how are we doing", "how is", "how are", "how", "overview", "milestones"),
        *("what is open", "what's open", "where do we stand", "how far are we", "are we on track"),
        *("how are we doing with", "how are we doing on", "timeline", "gantt"),
        *("what is the status of", "what's the status of", "what is going on", "what's going on"),
    ),
    menu=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    project = project_meant(ctx, asked)
    if names_one(asked, project):
        return one_after_all(ctx, asked)
    which = narrowed(ctx.person, Filter(project_id=project.id if project else ""))
    name = project.name if project else ctx.workspace.name
    if asked.choice == "timeline":
        return ctx.private(timeline_card(timeline_of(ctx, which, name), which, ctx.reader, ctx.offers))
    page = listed(ctx, which, asked.page)
    if not page.rows:
        return ctx.private(nothing_card(name, ctx.reader, ctx.offers))
    return ctx.private(status_card(name, page, which, ctx.reader, ctx.offers))


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
