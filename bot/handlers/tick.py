"""tick: one thing that proves a milestone is there, or one of its tasks is done."""

from __future__ import annotations

from dataclasses import replace

from bot.access import Rule
from bot.commands import Command, Context
from bot.commands.parts import explained, list_of, matching, pick, require_open, taken_apart
from bot.commands.proving import TICK, tick
from bot.commands.tasking import finish
from bot.dialogs import Asked
from bot.domain.milestone import Criterion
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.parts import CRITERIA
from bot.wording import N_

verb = Verb(
    name="tick",
    summary=N_("Tick what proves a milestone, or a task"),
    usage="MILESTONE WHAT",
    examples=("tick APX-1 report filed",),
    twins=("tick off", "check off"),
    changes=True,
)


def take_apart(ctx: Context, asked: Asked) -> Asked:
    apart = taken_apart(ctx, asked, {})
    return apart if apart is asked else apart.having(choice=TICK)


def handle(ctx: Context, asked: Asked) -> Reply:
    criteria, tasks = ctx.milestone.criteria, ctx.milestone.tasks
    meant = matching(tasks, asked.value) if asked.value and not matching(criteria, asked.value) else ()
    if not asked.value and not asked.item:
        return list_of(ctx, CRITERIA)
    require_open(ctx)
    with explained(ctx):
        if len(meant) == 1:
            return finish(ctx, meant[0])
        ctx = replace(ctx, verb=CRITERIA)  # what is asked now goes on there
        found: Criterion | Reply = pick(ctx, asked, CRITERIA, criteria, lambda c: not c.is_done)
        return found if isinstance(found, Reply) else tick(ctx, asked, found)


command = Command(verb=verb, rule=Rule.VIEW, handle=handle, on_milestone=True, take_apart=take_apart)
