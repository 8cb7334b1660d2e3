"""unblock: it can go on."""

from __future__ import annotations

from bot.access import Rule
from bot.cards import RichText
from bot.commands import Command, Context, record, told
from bot.dialogs import Asked
from bot.domain import lifecycle
from bot.domain.history import Action
from bot.messages import Reply
from bot.verbs import Verb
from bot.wording import N_

verb = Verb(
    name="unblock",
    summary=N_("Say that a milestone can go on"),
    usage="MILESTONE",
    examples=("unblock APX-1",),
    twins=("unblocked", "unstuck", "continue"),
    changes=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    milestone = ctx.milestone
    free = lifecycle.unblocked(milestone)
    entry = record(ctx, milestone, free, Action.UNBLOCKED, note=asked.reason)
    return told(ctx, free, entry, RichText(ctx.reader.say("It can go on.")))


command = Command(verb=verb, rule=Rule.REPORT, handle=handle, on_milestone=True, for_many=True)
