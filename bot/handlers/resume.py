"""resume: off hold, back to what it was."""

from __future__ import annotations

from bot.access import Rule
from bot.commands import Command, Context, record, told
from bot.commands.states import was_first
from bot.dialogs import Asked
from bot.domain import lifecycle
from bot.domain.history import Action
from bot.domain.milestone import State
from bot.messages import Reply
from bot.verbs import Verb
from bot.wording import N_

verb = Verb(
    name="resume",
    summary=N_("Take a milestone off hold"),
    usage="MILESTONE",
    examples=("resume APX-1",),
    twins=("take off hold", "off hold", "unpause", "unpark", "unfreeze", "go on with"),
    changes=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    milestone = ctx.milestone
    if milestone.state is not State.ON_HOLD and (first := was_first(ctx, Action.RESUMED)):
        return first
    resumed = lifecycle.resumed(milestone)
    entry = record(ctx, milestone, resumed, Action.RESUMED, note=asked.reason)
    due = ctx.reader.day_and_distance(resumed.due)
    return told(ctx, resumed, entry, ctx.reader.rich("Off hold; it is due {day}.", day=due))


command = Command(verb=verb, rule=Rule.MOVE, handle=handle, on_milestone=True, for_many=True)
