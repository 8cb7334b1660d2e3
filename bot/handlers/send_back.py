"""send-back: not yet, and what is still to do."""

from __future__ import annotations

from bot.access import Rule
from bot.commands import Command, Context, record, told
from bot.commands.states import ask_why, was_first
from bot.dialogs import Asked
from bot.domain import lifecycle
from bot.domain.history import Action
from bot.domain.lifecycle import next_states
from bot.domain.milestone import NOTE_LIMIT, State
from bot.errors import IllegalMove
from bot.messages import Reply
from bot.reminders import state_news
from bot.verbs import Verb
from bot.views.milestone import NAME_ROOM, shortened
from bot.wording import N_

verb = Verb(
    name="send-back",
    summary=N_("Not approved yet: say what is missing"),
    usage="MILESTONE because REASON",
    examples=("send back APX-1 because the photos are missing",),
    twins=("send back", "reject", "rejected", "not approved", "decline"),
    changes=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    milestone, reader = ctx.milestone, ctx.reader
    if milestone.state is not State.IN_REVIEW:
        if first := was_first(ctx, Action.SENT_BACK):
            return first
        raise IllegalMove(milestone.state, "sent back", next_states(milestone))
    if not asked.reason.strip():
        prompt = reader.rich("What is missing from “{title}”?", title=shortened(milestone.title, NAME_ROOM))
        note = reader.say("For example: the photos of the north side, a signature.")
        return ask_why(ctx, asked, prompt, note, reader.say("Send back"))
    back = lifecycle.sent_back(milestone, asked.reason)
    entry = record(ctx, milestone, back, Action.SENT_BACK, note=asked.reason.strip()[:NOTE_LIMIT])
    if ctx.draft is None:
        state_news.sent_back(ctx.uow, back, entry, ctx.now)
    owner = ctx.names({back.owner_id}).get(back.owner_id, "")
    return told(ctx, back, entry, reader.rich("Sent back: {owner} has it again.", owner=owner))


command = Command(verb=verb, rule=Rule.APPROVE, handle=handle, on_milestone=True)
