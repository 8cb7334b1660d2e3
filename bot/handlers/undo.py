"""undo: the recorded state back, if nobody changed it since.  Not a transition: the history keeps both."""

from __future__ import annotations

from bot.access import Rule
from bot.cards import Actions, Card, RichText
from bot.commands import Command, Context, Refused, record, told
from bot.commands.batches import ONE, ask_how_much, may_take_back, steps, undo_together
from bot.commands.change import names_in, what_happened_since
from bot.commands.which import project_of
from bot.dialogs import Asked
from bot.domain.history import Action, History, restored
from bot.domain.milestone import Milestone
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.refusals import reading
from bot.views.stories import deed
from bot.wording import N_

verb = Verb(
    name="undo",
    summary=N_("Take back your last change"),
    usage="",
    examples=("undo",),
    twins=("revert", "take back"),
    changes=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    entry = _entry(ctx, asked)
    milestone = ctx.uow.milestones.get(ctx.workspace.id, entry.milestone_id)
    if milestone is None:
        raise _nothing(ctx)
    ctx = ctx.about(milestone, project_of(ctx, milestone))
    batch = steps(ctx, entry.batch_id) if entry.batch_id and asked.choice != ONE else ()
    if len(batch) > 1:
        alone = ctx.on_anchor and not asked.choice
        return ask_how_much(ctx, entry, len(batch)) if alone else undo_together(ctx, batch, asked)
    may_take_back(ctx, entry)
    if milestone.version != entry.version:
        return told(ctx, milestone, None, what_happened_since(ctx))
    return _undo(ctx, milestone, entry)


def _undo(ctx: Context, milestone: Milestone, entry: History) -> Reply:
    back = restored(milestone, entry.before)
    record(ctx, milestone, back, Action.UNDONE)
    said = ctx.reader.rich("Undone: {deed}.", deed=deed(entry, names_in(ctx, entry), ctx.reader))
    return told(ctx, back, None, said)


def _entry(ctx: Context, asked: Asked) -> History:
    if asked.history_id:
        entry = ctx.uow.histories.get(ctx.workspace.id, asked.history_id)
    else:
        entry = ctx.uow.histories.last_by(ctx.workspace.id, ctx.person.id)
    if entry is None:
        raise _nothing(ctx)
    return entry


def _nothing(ctx: Context) -> Refused:
    title = RichText(ctx.reader.say("There is nothing of yours to undo."))
    return Refused(Card(title, (Actions(reading(ctx.reader, ctx.offers)),)))


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
