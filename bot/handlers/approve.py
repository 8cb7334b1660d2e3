"""approve: the approver's yes; with everything proved it is achieved."""

from __future__ import annotations

from dataclasses import replace

from bot.access import Rule
from bot.cards import RichText
from bot.commands import Command, Context, Refused, record, told
from bot.commands.states import already
from bot.dialogs import Asked
from bot.domain import lifecycle, standards
from bot.domain.history import Action
from bot.domain.lifecycle import next_states
from bot.domain.milestone import CriterionKind, Milestone, State
from bot.errors import IllegalMove
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.state_refusals import not_proved_yet
from bot.wording import N_

verb = Verb(
    name="approve",
    summary=N_("Sign a milestone off: it is achieved"),
    usage="MILESTONE",
    examples=("approve APX-1",),
    twins=("approved", "sign off", "signed off", "accept", "accepted"),
    changes=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    milestone = ctx.milestone
    if milestone.state is State.ACHIEVED:
        return already(ctx)
    if milestone.state is not State.IN_REVIEW:
        raise IllegalMove(milestone.state, "approved", next_states(milestone))
    proved = _with_their_yes(ctx, milestone)
    if proved.missing:
        raise Refused(not_proved_yet(proved, ctx.reader, ctx.offers))
    done = lifecycle.achieved(proved, ctx.today, ctx.today)
    achieved = replace(done, version=milestone.version + 1)
    entry = record(ctx, milestone, achieved, Action.APPROVED, note=asked.reason)
    return told(ctx, achieved, entry, RichText(ctx.reader.say("Approved: it is achieved.")))


def _with_their_yes(ctx: Context, milestone: Milestone) -> Milestone:
    """Where nothing else proves it, the yes itself does."""
    if not milestone.criteria:
        return lifecycle.as_titled(milestone, ctx.uow.new_id(), ctx.person.id, ctx.now)
    for criterion in milestone.missing:
        if criterion.kind is CriterionKind.APPROVAL and criterion.approver_id == ctx.person.id:
            milestone = standards.signed(milestone, criterion.id, ctx.person.id, ctx.now)
    return milestone


command = Command(verb=verb, rule=Rule.APPROVE, handle=handle, on_milestone=True)
