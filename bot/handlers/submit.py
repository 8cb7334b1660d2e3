"""submit: handed in for somebody's yes; who that is, is asked once and kept."""

from __future__ import annotations

from bot.access import Rule
from bot.commands import Command, Context, record, told
from bot.commands.states import already
from bot.commands.who import settle_owner
from bot.dialogs import Asked
from bot.domain import lifecycle
from bot.domain.history import Action
from bot.domain.lifecycle import next_states
from bot.domain.milestone import Milestone, State
from bot.domain.people import Person
from bot.errors import IllegalMove
from bot.messages import Reply
from bot.reminders import state_news
from bot.sight import is_outsider
from bot.verbs import Verb
from bot.views.milestone import NAME_ROOM, shortened
from bot.wording import N_

verb = Verb(
    name="submit",
    summary=N_("Hand a milestone in for approval"),
    usage="MILESTONE to @approver",
    examples=("submit APX-1 to @boris",),
    twins=(
        *("hand in", "send for approval", "send for review", "for approval", "for review"),
        *("ready for review", "ready for approval", "in review"),
    ),
    changes=True,
)
_FROM = frozenset({State.PLANNED, State.IN_PROGRESS, State.IN_REVIEW})


def handle(ctx: Context, asked: Asked) -> Reply:
    milestone = ctx.milestone
    if milestone.state not in _FROM:
        raise IllegalMove(milestone.state, State.IN_REVIEW, next_states(milestone))
    if milestone.state is State.IN_REVIEW and not (asked.owner or asked.owner_id):
        return already(ctx)
    approver = _approver(ctx, asked)
    if isinstance(approver, Reply):
        return approver
    if milestone.state is State.IN_REVIEW and approver.id == milestone.approver_id:
        return already(ctx)
    return _hand_in(ctx, asked, milestone, approver)


def _hand_in(ctx: Context, asked: Asked, milestone: Milestone, approver: Person) -> Reply:
    submitted = lifecycle.submitted(milestone, approver.id, ctx.today)
    entry = record(ctx, milestone, submitted, Action.SUBMITTED, note=asked.reason)
    if ctx.draft is None:
        state_news.asked_to_approve(ctx.uow, submitted, ctx.person.id, ctx.now)
    name = ctx.names({approver.id}).get(approver.id, "")
    return told(ctx, submitted, entry, ctx.reader.rich("Handed in: {name} is asked.", name=name))


def _approver(ctx: Context, asked: Asked) -> Person | Reply:
    """The one named, else the one who approved before, else asked; never the owner.  Outsiders know no names:
    theirs goes to the lead."""
    milestone, reader = ctx.milestone, ctx.reader
    title = shortened(milestone.title, NAME_ROOM)
    if is_outsider(ctx.person):
        asked = asked.having(owner="", owner_id=ctx.project.lead_id if ctx.project else "")
    elif not asked.owner and not asked.owner_id and milestone.approver_id != milestone.owner_id:
        asked = asked.having(owner_id=milestone.approver_id)
    prompt = reader.rich("Who approves “{title}”?", title=title)
    person = settle_owner(ctx, asked, prompt, but=milestone.owner_id)
    if isinstance(person, Reply) or person.id != milestone.owner_id:
        return person
    prompt = reader.rich("The owner can't approve “{title}”. Who does?", title=title)
    return settle_owner(ctx, asked.having(owner="", owner_id=""), prompt, but=milestone.owner_id)


command = Command(verb=verb, rule=Rule.REPORT, handle=handle, on_milestone=True)
