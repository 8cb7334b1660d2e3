"""undo: the recorded state back, if nobody changed it since.  Not a transition: the history keeps both.

What was made together (one batch of milestones' history and ledger) is taken back together.
"""

from __future__ import annotations

from bot.access import Rule
from bot.cards import Actions, Card, RichText
from bot.commands import Command, Context, Refused
from bot.commands.batches import (
    ONE,
    ask_how_much,
    batch_of,
    may_take_back,
    may_take_kept_back,
    undo_together,
)
from bot.commands.ledger import take_back
from bot.commands.noting import take_back_newest
from bot.commands.undoing import bring_back, undo_change
from bot.commands.which import project_of
from bot.dialogs import Asked
from bot.domain.history import History
from bot.domain.ledger import Entry
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.ledger import nothing_undone, story, taken_back
from bot.views.milestone import BACK
from bot.views.refusals import reading
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
    if asked.choice == BACK:
        return bring_back(ctx, asked)
    if not asked.history_id and (reply := take_back_newest(ctx, _newest(ctx))):
        return reply
    entry = _entry(ctx, asked)
    if entry.batch_id and asked.choice != ONE:
        return _undo_batch(ctx, entry, asked)
    return _undo_kept(ctx, entry) if isinstance(entry, Entry) else _undo_milestone(ctx, entry)


def _undo_milestone(ctx: Context, entry: History) -> Reply:
    milestone = ctx.uow.milestones.get(ctx.workspace.id, entry.milestone_id)
    if milestone is None:
        raise _nothing(ctx)
    ctx = ctx.about(milestone, project_of(ctx, milestone))
    may_take_back(ctx, entry)
    return undo_change(ctx, entry)


def _undo_kept(ctx: Context, entry: Entry) -> Reply:
    may_take_kept_back(ctx, entry)
    done = story(entry, ctx.uow.people.names(ctx.workspace.id, {entry.actor_id}), ctx.reader)
    if not take_back(ctx, entry):
        return ctx.private(nothing_undone(done, ctx.reader, ctx.offers))
    return ctx.private(taken_back(done, ctx.reader, ctx.offers))


def _undo_batch(ctx: Context, entry: History | Entry, asked: Asked) -> Reply:
    """All of it, or on the card of one milestone also that one alone."""
    batch = batch_of(ctx, entry.batch_id)
    if isinstance(entry, History) and ctx.on_anchor and not asked.choice and len(batch.steps) > 1:
        milestone = ctx.uow.milestones.get(ctx.workspace.id, entry.milestone_id)
        if milestone is None:
            raise _nothing(ctx)
        return ask_how_much(ctx.about(milestone, None), entry, len(batch.steps))
    return undo_together(ctx, entry, batch, asked)


def _entry(ctx: Context, asked: Asked) -> History | Entry:
    found = _by_id(ctx, asked.history_id) if asked.history_id else _newest(ctx)
    if found is None:
        raise _nothing(ctx)
    return found


def _by_id(ctx: Context, entry_id: str) -> History | Entry | None:
    change = ctx.uow.histories.get(ctx.workspace.id, entry_id)
    return change or ctx.uow.ledger.get(ctx.workspace.id, entry_id)


def _newest(ctx: Context) -> History | Entry | None:
    """Their last change of a milestone or of anything else, whichever came later."""
    change = ctx.uow.histories.last_by(ctx.workspace.id, ctx.person.id)
    kept = ctx.uow.ledger.last_by(ctx.workspace.id, ctx.person.id)
    if change is None or kept is None:
        return change or kept
    return change if (change.at, change.id) > (kept.at, kept.id) else kept


def _nothing(ctx: Context) -> Refused:
    title = RichText(ctx.reader.say("There is nothing of yours to undo."))
    return Refused(Card(title, (Actions(reading(ctx.reader, ctx.offers)),)))


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
