"""What verbs that change a milestone's state share: somebody was first, and the question why."""

from __future__ import annotations

from bot.cards import RichText
from bot.commands.change import names_in, told
from bot.commands.context import Context
from bot.dialogs import Asked, Question
from bot.domain.history import Action, History
from bot.errors import IllegalMove
from bot.forms import Field, FieldKind, Form
from bot.messages import Reply
from bot.sight import told_to
from bot.views.stories import line

_REASON_LIMIT = 1_000
_LOOKED_AT = 20


def already(ctx: Context) -> Reply:
    """It is so by now: who made it so, and the card as it is.  Raises `IllegalMove` when nobody did."""
    state = ctx.milestone.state
    entry = next((e for e in _latest(ctx) if e.after.get("state") == state.value), None)
    if entry is None:
        raise IllegalMove(state, state, ())
    return _told(ctx, entry)


def was_first(ctx: Context, action: Action) -> Reply | None:
    """Somebody else's ``action`` was the last thing that happened, so this one comes too late."""
    entries = _latest(ctx)
    return _told(ctx, entries[0]) if entries and entries[0].action is action else None


def ask_why(ctx: Context, asked: Asked, prompt: RichText, note: str, title: str) -> Reply:
    """Ask for the reason; ``title`` heads the form, ``note`` gives examples."""
    reader = ctx.reader
    form = Form(
        title=title,
        token=ctx.form_token(asked),
        fields=(why_field(ctx),),
        submit=reader.say("Save"),
        cancel=reader.say("Cancel"),
        intro=prompt.text,
    )
    question = Question(prompt=prompt, field="reason", note=RichText(note))
    return ctx.ask(question, asked.having(milestone_id=ctx.milestone.id), form)


def why_field(ctx: Context) -> Field:
    return Field("reason", ctx.reader.say("Why"), FieldKind.LONG_TEXT, max_length=_REASON_LIMIT)


def _latest(ctx: Context) -> tuple[History, ...]:
    return ctx.uow.histories.of(ctx.workspace.id, ctx.milestone.id, _LOOKED_AT)


def _told(ctx: Context, entry: History) -> Reply:
    return told(ctx, ctx.milestone, None, line(told_to(ctx.person, entry), names_in(ctx, entry), ctx.reader))
