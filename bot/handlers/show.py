"""show: one milestone with what happened to it."""

from __future__ import annotations

from dataclasses import replace

from bot.access import Rule
from bot.cards import Actions, Text
from bot.commands import Command, Context
from bot.commands.change import shown
from bot.dialogs import Asked
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.milestone import milestone_card
from bot.views.stories import line
from bot.wording import N_

verb = Verb(
    name="show",
    summary=N_("Show one milestone and its history"),
    usage="MILESTONE",
    examples=("show APX-1",),
    twins=("open", "details", "history"),
)

_MOST_LINES = 5


def handle(ctx: Context, asked: Asked) -> Reply:
    milestone = ctx.milestone
    card = milestone_card(shown(ctx, milestone), ctx.reader, ctx.offers)
    entries = ctx.uow.histories.of(ctx.workspace.id, milestone.id, _MOST_LINES)
    names = ctx.uow.people.names(ctx.workspace.id, {e.actor_id for e in entries})
    told = tuple(Text(line(e, names.get(e.actor_id, ""), ctx.reader), quiet=True) for e in entries)
    before = tuple(b for b in card.blocks if not isinstance(b, Actions))
    after = tuple(b for b in card.blocks if isinstance(b, Actions))
    return ctx.private(replace(card, blocks=(*before, *told, *after)))


command = Command(verb=verb, rule=Rule.VIEW, handle=handle, on_milestone=True)
