"""confirm: no draft any more, it counts from now on."""

from __future__ import annotations

from bot.access import Rule
from bot.cards import RichText
from bot.commands import Command, Context, Refused, record, told
from bot.commands.states import was_first
from bot.dialogs import Asked
from bot.domain import lifecycle
from bot.domain.history import Action
from bot.domain.milestone import State
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.state_refusals import nobody_owns_it_yet
from bot.wording import N_

verb = Verb(
    name="confirm",
    summary=N_("Settle a draft: it counts from now on"),
    usage="MILESTONE",
    examples=("confirm APX-1",),
    twins=("finalise", "finalize", "no longer a draft", "not a draft"),
    changes=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    milestone = ctx.milestone
    if milestone.state is State.DRAFT and not lifecycle.may_leave_draft(milestone):
        raise Refused(nobody_owns_it_yet(milestone, ctx.reader, ctx.offers))
    if milestone.state is not State.DRAFT and (first := was_first(ctx, Action.CONFIRMED)):
        return first
    settled = lifecycle.confirmed(milestone)
    entry = record(ctx, milestone, settled, Action.CONFIRMED, note=asked.reason)
    return told(ctx, settled, entry, RichText(ctx.reader.say("It is planned now.")))


command = Command(verb=verb, rule=Rule.EDIT, handle=handle, on_milestone=True, for_many=True)
