"""hold: nothing is expected until a day on which somebody looks again."""

from __future__ import annotations

from datetime import date

from bot.access import Rule
from bot.commands import Command, Context, record, told
from bot.commands.states import ask_why, why_field
from bot.commands.when import ask_when, settle_due
from bot.dialogs import Asked
from bot.domain import lifecycle
from bot.domain.calendar import Calendar
from bot.domain.history import Action
from bot.domain.lifecycle import next_states
from bot.domain.milestone import NOTE_LIMIT, Hold, State
from bot.errors import IllegalMove
from bot.forms import Field, FieldKind, Form
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.milestone import NAME_ROOM, shortened
from bot.wording import N_

verb = Verb(
    name="hold",
    summary=N_("Let a milestone rest until a date"),
    usage="MILESTONE until DATE because REASON",
    examples=("hold APX-1 until 16 March because the client decides then",),
    twins=("put on hold", "on hold", "pause", "paused", "park", "suspend", "freeze"),
    changes=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    milestone, calendar = ctx.milestone, _calendar(ctx)
    if not milestone.is_open:
        raise IllegalMove(milestone.state, State.ON_HOLD, next_states(milestone))
    current = milestone.hold if milestone.state is State.ON_HOLD else None
    if _could_be_one_form(ctx, asked, current):
        return Reply(_form(ctx, asked))
    review_on = _review_on(ctx, asked, calendar)
    if isinstance(review_on, Reply):
        return review_on
    if current and review_on == current.review_on and asked.reason.strip() in ("", current.reason):
        said = ctx.reader.rich("It is on hold until {day} already.", day=ctx.reader.day(review_on))
        return told(ctx, milestone, None, said)
    reason = asked.reason.strip() or (current.reason if current else "")
    if not reason:
        return _ask_reason(ctx, asked.having(due=review_on.isoformat(), when=""))
    return _hold(ctx, reason, review_on)


def _hold(ctx: Context, reason: str, review_on: date) -> Reply:
    held = lifecycle.held(ctx.milestone, reason, review_on, ctx.person.id, ctx.now, ctx.today)
    entry = record(ctx, ctx.milestone, held, Action.HELD, note=reason[:NOTE_LIMIT])
    day = ctx.reader.day_and_distance(review_on)
    return told(ctx, held, entry, ctx.reader.rich("On hold; the owner is asked on {day}.", day=day))


def _review_on(ctx: Context, asked: Asked, calendar: Calendar) -> date | Reply:
    """A day after today, or the question for one."""
    reader, title = ctx.reader, shortened(ctx.milestone.title, NAME_ROOM)
    if not asked.when and not asked.due:
        prompt = reader.rich("Until when does “{title}” rest?", title=title)
        return ask_when(ctx, asked, prompt, calendar)
    found = settle_due(ctx, asked, ctx.milestone.title, calendar)
    if isinstance(found, Reply) or found > ctx.today:
        return found
    prompt = reader.rich("“{title}” can rest from tomorrow on. Until when?", title=title)
    return ask_when(ctx, asked, prompt, calendar)


def _ask_reason(ctx: Context, asked: Asked) -> Reply:
    reader = ctx.reader
    prompt = reader.rich("Why does “{title}” rest?", title=shortened(ctx.milestone.title, NAME_ROOM))
    note = reader.say("For example: the client decides in April, no budget before then.")
    return ask_why(ctx, asked, prompt, note, reader.say("Put on hold"))


def _could_be_one_form(ctx: Context, asked: Asked, current: Hold | None) -> bool:
    """Both are missing and can be asked at once."""
    has_form = ctx.can_open_form and ctx.capabilities.forms and not ctx.submitted and ctx.draft is None
    return has_form and not (asked.when or asked.due) and not (asked.reason or current)


def _form(ctx: Context, asked: Asked) -> Form:
    reader, title = ctx.reader, shortened(ctx.milestone.title, NAME_ROOM)
    return Form(
        title=reader.say("Put on hold"),
        token=ctx.form_token(asked),
        fields=(Field("due", reader.say("Look again on"), FieldKind.DATE), why_field(ctx)),
        submit=reader.say("Save"),
        cancel=reader.say("Cancel"),
        intro=reader.rich("Until when does “{title}” rest, and why?", title=title).text,
    )


def _calendar(ctx: Context) -> Calendar:
    return ctx.project.calendar if ctx.project else ctx.person.calendar


command = Command(verb=verb, rule=Rule.MOVE, handle=handle, on_milestone=True, for_many=True)
