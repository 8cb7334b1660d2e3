"""drop: it will not be done; the reason and the history stay."""

from __future__ import annotations

from bot.access import Rule
from bot.cards import RichText
from bot.commands import Command, Context, record, told
from bot.commands.states import already, ask_why
from bot.dialogs import Asked
from bot.domain import lifecycle
from bot.domain.history import Action
from bot.domain.milestone import NOTE_LIMIT, State
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.milestone import NAME_ROOM, shortened
from bot.wording import N_

verb = Verb(
    name="drop",
    summary=N_("Cancel a milestone; its history stays"),
    usage="MILESTONE because REASON",
    examples=("drop APX-1 because the client no longer wants it",),
    twins=("cancel", "call off", "delete", "remove", "scrap", "abandon", "not needed", "no longer needed"),
    changes=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    milestone, reader = ctx.milestone, ctx.reader
    if milestone.state is State.CANCELLED:
        return already(ctx)
    lifecycle.require(milestone, State.CANCELLED)
    if not asked.reason.strip():
        prompt = reader.rich("Why drop “{title}”?", title=shortened(milestone.title, NAME_ROOM))
        note = reader.say("For example: out of scope, the client no longer wants it.")
        return ask_why(ctx, asked, prompt, note, reader.say("Drop"))
    dropped = lifecycle.cancelled(milestone, asked.reason)
    entry = record(ctx, milestone, dropped, Action.DROPPED, note=asked.reason.strip()[:NOTE_LIMIT])
    return told(ctx, dropped, entry, RichText(reader.say("Dropped.")))


command = Command(verb=verb, rule=Rule.DROP, handle=handle, on_milestone=True, for_many=True)
