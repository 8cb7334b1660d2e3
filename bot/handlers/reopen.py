"""reopen: achieved or dropped, and taken up again, with the reason kept."""

from __future__ import annotations

from bot.access import Rule
from bot.cards import RichText
from bot.commands import Command, Context, record, told
from bot.commands.states import ask_why, was_first
from bot.dialogs import Asked
from bot.domain import lifecycle
from bot.domain.history import Action
from bot.domain.lifecycle import REOPENS_AS, next_states
from bot.domain.milestone import NOTE_LIMIT
from bot.errors import IllegalMove
from bot.messages import Reply
from bot.reminders import state_news
from bot.verbs import Verb
from bot.views.milestone import NAME_ROOM, shortened
from bot.wording import N_

verb = Verb(
    name="reopen",
    summary=N_("Take up again what was achieved or dropped"),
    usage="MILESTONE because REASON",
    examples=("reopen APX-1 because the test has to be repeated",),
    twins=("re-open", "open again", "revive", "uncancel", "undrop"),
    changes=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    milestone, reader = ctx.milestone, ctx.reader
    if milestone.state not in REOPENS_AS:
        if first := was_first(ctx, Action.REOPENED):
            return first
        raise IllegalMove(milestone.state, "reopened", next_states(milestone))
    if not asked.reason.strip():
        prompt = reader.rich("Why reopen “{title}”?", title=shortened(milestone.title, NAME_ROOM))
        note = reader.say("For example: the inspection failed, the client wants it after all.")
        return ask_why(ctx, asked, prompt, note, reader.say("Reopen"))
    opened = lifecycle.reopened(milestone, asked.reason)
    entry = record(ctx, milestone, opened, Action.REOPENED, note=asked.reason.strip()[:NOTE_LIMIT])
    if ctx.draft is None:
        state_news.reopened(ctx.uow, opened, entry, ctx.now)
    return told(ctx, opened, entry, RichText(reader.say("It is open again.")))


command = Command(verb=verb, rule=Rule.REOPEN, handle=handle, on_milestone=True)
