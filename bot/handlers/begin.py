"""begin: the work has started, today unless an earlier day is kept."""

from __future__ import annotations

from bot.access import Rule
from bot.cards import RichText
from bot.commands import Command, Context, record, told
from bot.commands.states import already
from bot.dialogs import Asked
from bot.domain import lifecycle
from bot.domain.history import Action
from bot.domain.milestone import State
from bot.messages import Reply
from bot.verbs import Verb
from bot.wording import N_

verb = Verb(
    name="begin",
    summary=N_("Say that the work has started"),
    usage="MILESTONE",
    examples=("begin APX-1",),
    twins=("start", "started", "begun", "kick off", "working on", "in progress", "under way", "underway"),
    changes=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    milestone = ctx.milestone
    if milestone.state is State.IN_PROGRESS:
        return already(ctx)
    begun = lifecycle.started(milestone, ctx.today)
    entry = record(ctx, milestone, begun, Action.STARTED, note=asked.reason)
    return told(ctx, begun, entry, RichText(ctx.reader.say("It has begun.")))


command = Command(verb=verb, rule=Rule.REPORT, handle=handle, on_milestone=True, for_many=True)
