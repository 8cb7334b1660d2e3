"""move: a new committed date, with the reason kept; the baseline stays."""

from __future__ import annotations

from datetime import date

from bot.access import Rule
from bot.commands import Command, Context, record, told
from bot.commands.when import ask_when, settle_due
from bot.commands.which import not_here
from bot.dialogs import Asked
from bot.domain import lifecycle
from bot.domain.calendar import Calendar
from bot.domain.history import Action, Cause
from bot.domain.milestone import Milestone
from bot.errors import IllegalMove
from bot.language.dates import read_shift
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.causes import ask_cause, more_causes
from bot.views.milestone import NAME_ROOM, shortened
from bot.views.stories import cause_words
from bot.wording import N_

verb = Verb(
    name="move",
    summary=N_("Give a milestone a new date"),
    usage="MILESTONE to DATE because REASON",
    examples=("move APX-1 to 12 June", "move APX-1 by 3 working days because the office is closed"),
    twins=(
        *("push", "postpone", "delay", "bring forward", "reschedule", "shift"),
        *("moved", "moves", "slipped", "slips", "slides"),
    ),
    changes=True,
    menu=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    if asked.history_id and asked.cause:
        return _name_cause(ctx, asked)
    if asked.choice == "causes":
        return ctx.private(more_causes(ctx.milestone, asked.history_id, ctx.reader, ctx.offers))
    milestone, calendar = ctx.milestone, _calendar(ctx)
    if not milestone.is_open:
        raise IllegalMove(milestone.state, "changed", ())
    due = _due(ctx, asked, calendar)
    if isinstance(due, Reply):
        return due
    if due == milestone.due:
        return told(
            ctx, milestone, None, ctx.reader.rich("It is due {day} already.", day=ctx.reader.day(due))
        )
    return _move(ctx, asked, milestone, due)


def _move(ctx: Context, asked: Asked, milestone: Milestone, due: date) -> Reply:
    moved = lifecycle.moved(milestone, due)
    cause = Cause(asked.cause) if asked.cause else None
    entry = record(ctx, milestone, moved, Action.MOVED, note=asked.reason, cause=cause)
    reader = ctx.reader
    said = reader.rich("Moved from {was} to {now}.", was=reader.day(milestone.due), now=reader.day(due))
    if cause:
        return told(ctx, moved, entry, said)
    question = ask_cause(moved, entry.id, reader, ctx.offers, earlier=due < milestone.due)
    return told(ctx, moved, entry, said, question)


def _due(ctx: Context, asked: Asked, calendar: Calendar) -> date | Reply:
    words = asked.when.strip()
    shift = read_shift(words) if words else None
    shifted = shift.from_(ctx.milestone.due, calendar) if shift else None
    if shifted and ctx.draft:
        shifted = calendar.following(shifted)  # of many that move together, each lands on a day of work
    if shifted:
        asked = asked.having(when="", due=shifted.isoformat())
    if asked.when or asked.due:
        return settle_due(ctx, asked, ctx.milestone.title, calendar)
    prompt = ctx.reader.rich(
        "Move “{title}” from {day} to which date?",
        title=shortened(ctx.milestone.title, NAME_ROOM),
        day=ctx.reader.day(ctx.milestone.due),
    )
    return ask_when(ctx, asked, prompt, calendar)


def _name_cause(ctx: Context, asked: Asked) -> Reply:
    ctx.uow.histories.name_cause(ctx.workspace.id, asked.history_id, Cause(asked.cause))
    entry = ctx.uow.histories.get(ctx.workspace.id, asked.history_id)
    if entry is None or entry.cause is None:
        raise not_here(ctx, asked)
    words = cause_words(entry.cause, ctx.reader)
    said = ctx.reader.rich("Noted: {cause}. It helps the next plan.", cause=words)
    undoable = entry if entry.version == ctx.milestone.version else None
    return told(ctx, ctx.milestone, undoable, said)


def _calendar(ctx: Context) -> Calendar:
    return ctx.project.calendar if ctx.project else ctx.person.calendar


command = Command(verb=verb, rule=Rule.MOVE, handle=handle, on_milestone=True, for_many=True)
