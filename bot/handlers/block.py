"""block: nothing moves, and why."""

from __future__ import annotations

from bot.access import Rule
from bot.cards import RichText
from bot.commands import Command, Context, record, told
from bot.dialogs import Asked, Question
from bot.domain import lifecycle
from bot.domain.history import Action
from bot.domain.milestone import NOTE_LIMIT
from bot.forms import Field, FieldKind, Form
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.milestone import NAME_ROOM, shortened
from bot.wording import N_

verb = Verb(
    name="block",
    summary=N_("Say that a milestone is stuck, and on what"),
    usage="MILESTONE waiting on REASON",
    examples=("block APX-1 waiting on legal",),
    twins=("blocked", "stuck", "waiting on", "waiting for"),
    changes=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    if not asked.reason.strip():
        return _ask_reason(ctx, asked)
    milestone = ctx.milestone
    blocked = lifecycle.blocked(milestone, asked.reason, ctx.person.id, ctx.now)
    entry = record(ctx, milestone, blocked, Action.BLOCKED, note=asked.reason[:NOTE_LIMIT])
    return told(ctx, blocked, entry, RichText(ctx.reader.say("Marked as blocked.")))


def _ask_reason(ctx: Context, asked: Asked) -> Reply:
    reader = ctx.reader
    prompt = reader.rich("What does “{title}” wait for?", title=shortened(ctx.milestone.title, NAME_ROOM))
    form = Form(
        title=reader.say("Blocked"),
        token=ctx.form_token(asked),
        fields=(Field("reason", reader.say("Waiting for"), FieldKind.LONG_TEXT, max_length=1000),),
        submit=reader.say("Save"),
        cancel=reader.say("Cancel"),
        intro=prompt.text,
    )
    note = RichText(reader.say("For example: the city office, a delivery, a decision by the client."))
    question = Question(prompt=prompt, field="reason", note=note)
    return ctx.ask(question, asked.having(milestone_id=ctx.milestone.id), form)


command = Command(verb=verb, rule=Rule.REPORT, handle=handle, on_milestone=True, for_many=True)
