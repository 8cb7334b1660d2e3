"""Somebody who is still to be found owns it: a draft, and the lead who must find them."""

from __future__ import annotations

from bot.commands.context import Context
from bot.commands.repeating import reread
from bot.dialogs import Asked
from bot.domain.milestone import Milestone
from bot.domain.people import Person, Project
from bot.language.roles import find_role
from bot.reminders.to_come import announce_to_come


def with_role(ctx: Context, asked: Asked) -> Asked:
    """The arguments of a sentence that names a role "tbd", which is cut out before the rest is read."""
    if asked.role or not asked.text:
        return asked
    role, rest = find_role(asked.text)
    return reread(ctx, rest, asked).having(role=role, text=rest, owner="", owner_id="") if role else asked


def finder(ctx: Context, project: Project) -> Person:
    """Who must find them: the lead, or the sender while nobody leads."""
    lead = ctx.uow.people.get(ctx.workspace.id, project.lead_id)
    return lead if lead and lead.active else ctx.person


def tell_finder(ctx: Context, milestone: Milestone) -> None:
    """At once, unless they said it themselves."""
    if milestone.owner_id != ctx.person.id:
        announce_to_come(ctx.uow, milestone, ctx.now)
