"""blockers: what is stuck, on what, since when."""

from __future__ import annotations

from bot.access import Rule
from bot.commands import Command, Context
from bot.commands.lists import stuck
from bot.commands.perform import require_sight
from bot.commands.project import named_project, project_like
from bot.commands.telling import whole_story
from bot.commands.which import project_of, settle_milestone
from bot.dialogs import Asked
from bot.domain.people import Project, Role
from bot.messages import Reply
from bot.ports import Filter
from bot.verbs import Verb
from bot.views.blockers import blockers_card, nothing_stuck_card
from bot.wording import N_

verb = Verb(
    name="blockers",
    summary=N_("See what is stuck, and on what"),
    usage="[PROJECT]",
    examples=("blockers", "who is blocking us?"),
    twins=(
        *("who is blocking", "who's blocking", "what is blocking", "what's blocking"),
        *("what is blocked", "what's blocked", "what is stuck", "what's stuck", "which are blocked"),
        *("anything blocked", "anything stuck", "is anything blocked", "is anything stuck", "blocker"),
        *("what are we waiting for", "what are we waiting on", "who are we waiting for"),
        *("who are we waiting on", "what is in the way", "what's in the way"),
    ),
)
_EVERYWHERE = frozenset({"all", "everything", "everywhere"})


def handle(ctx: Context, asked: Asked) -> Reply:
    words = asked.pointer.strip()
    project = _project(ctx, asked, words)
    if words and project is None and words.casefold() not in _EVERYWHERE:
        return _one(ctx, asked)
    owner = ctx.person.id if ctx.person.role is Role.EXTERNAL else ""
    rows = stuck(ctx, Filter(project_id=project.id if project else "", owner_id=owner))
    name = project.name if project else ctx.workspace.name
    if not rows:
        return ctx.private(nothing_stuck_card(name, ctx.reader, ctx.offers))
    return ctx.private(blockers_card(name, rows, ctx.reader, ctx.offers))


def _project(ctx: Context, asked: Asked, words: str) -> Project | None:
    if asked.project_id or words:
        return named_project(ctx, asked.project_id or words) or project_like(ctx, words)
    return ctx.project


def _one(ctx: Context, asked: Asked) -> Reply:
    """ "What is blocking Beta?" asks about one milestone."""
    found = settle_milestone(ctx, asked)
    if isinstance(found, Reply):
        return found
    about = ctx.about(found, project_of(ctx, found))
    require_sight(about, asked)
    return ctx.private(whole_story(about))


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
