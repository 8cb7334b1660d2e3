"""status: the open milestones of this project, or of everything, as a table."""

from __future__ import annotations

from bot.access import Rule
from bot.commands import Command, Context
from bot.commands.lists import listed, timeline_of
from bot.commands.perform import require_sight
from bot.commands.project import named_project, project_like
from bot.commands.telling import whole_story
from bot.commands.which import project_of, settle_milestone
from bot.dialogs import Asked
from bot.domain.people import Project
from bot.messages import Reply
from bot.ports import Filter
from bot.sight import narrowed
from bot.verbs import Verb
from bot.views.lists import ALL, nothing_card, status_card, timeline_card
from bot.wording import N_

verb = Verb(
    name="status",
    summary=N_("See all open milestones here"),
    usage="[PROJECT]",
    examples=("status", "status APX", "status all"),
    twins=(
        *("list", "where are we", "how are we doing", "how is", "how are", "how", "overview", "milestones"),
        *("what is open", "what's open", "where do we stand", "how far are we", "are we on track"),
        *("what is the status of", "what's the status of", "what is going on", "what's going on"),
    ),
    menu=True,
)


_ALL = frozenset({ALL, "everything", "everywhere"})


def handle(ctx: Context, asked: Asked) -> Reply:
    words = asked.pointer.strip()
    project = _project(ctx, asked, words)
    if words and project is None and words.casefold() not in _ALL:
        return _one(ctx, asked)
    which = narrowed(ctx.person, Filter(project_id=project.id if project else ""))
    name = project.name if project else ctx.workspace.name
    if asked.choice == "timeline":
        return ctx.private(timeline_card(timeline_of(ctx, which, name), which, ctx.reader, ctx.offers))
    page = listed(ctx, which, asked.page)
    if not page.rows:
        return ctx.private(nothing_card(name, ctx.reader, ctx.offers))
    return ctx.private(status_card(name, page, which, ctx.reader, ctx.offers))


def _project(ctx: Context, asked: Asked, words: str) -> Project | None:
    """The project named, else the conversation's; "all" and a direct message mean every project."""
    if asked.project_id or words:
        return named_project(ctx, asked.project_id or words) or project_like(ctx, words)
    return ctx.project


def _one(ctx: Context, asked: Asked) -> Reply:
    """ "How is APX-7?" asks about one milestone."""
    found = settle_milestone(ctx, asked)
    if isinstance(found, Reply):
        return found
    about = ctx.about(found, project_of(ctx, found))
    require_sight(about, asked)
    return ctx.private(whole_story(about))


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
