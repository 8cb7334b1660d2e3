"""blockers: what is stuck, on what, since when."""

from __future__ import annotations

from bot.access import Rule
from bot.commands import Command, Context
from bot.commands.lists import stuck
from bot.commands.scope import names_one, one_after_all, project_meant
from bot.dialogs import Asked
from bot.messages import Reply
from bot.ports import Filter
from bot.sight import narrowed
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


def handle(ctx: Context, asked: Asked) -> Reply:
    project = project_meant(ctx, asked)
    if names_one(asked, project):
        return one_after_all(ctx, asked)
    rows = stuck(ctx, narrowed(ctx.person, Filter(project_id=project.id if project else "")))
    name = project.name if project else ctx.workspace.name
    if not rows:
        return ctx.private(nothing_stuck_card(name, ctx.reader, ctx.offers))
    return ctx.private(blockers_card(name, rows, ctx.reader, ctx.offers))


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
