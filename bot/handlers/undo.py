"""undo: the recorded state back, if nobody changed it since.  Not a transition: the history keeps both.

What was made together (one batch of milestones' history and ledger) is taken back together.
"""

from __future__ import annotations

from bot.access import Matter, Rule, may
from bot.cards import Actions, Card, RichText
from bot.commands import Command, Context, Refused, record
from bot.commands.ledger import may_take_back, project_of_entry, take_back
from bot.commands.perform import require
from bot.commands.undoing import bring_back, undo_change
from bot.commands.which import project_of
from bot.dialogs import Asked
from bot.domain.history import Action, History, restored
from bot.domain.ledger import Entry
from bot.domain.milestone import Milestone
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.ledger import not_yours, nothing_undone, story, taken_back, together_taken_back
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
    entry = _entry(ctx, asked)
    if entry.batch_id:
        return _undo_batch(ctx, entry)
    return _undo_kept(ctx, entry) if isinstance(entry, Entry) else _undo_milestone(ctx, entry)


def _undo_milestone(ctx: Context, entry: History) -> Reply:
    milestone = ctx.uow.milestones.get(ctx.workspace.id, entry.milestone_id)
    if milestone is None:
        raise _nothing(ctx)
    ctx = ctx.about(milestone, project_of(ctx, milestone))
    _require(ctx, entry)
    return undo_change(ctx, entry)


def _restore(ctx: Context, milestone: Milestone, entry: History, batch_id: str = "") -> Milestone:
    back = restored(milestone, entry.before)
    record(ctx, milestone, back, Action.UNDONE, batch_id=batch_id)
    return back


def _require(ctx: Context, entry: History) -> None:
    if entry.actor_id != ctx.person.id:
        require(ctx, Rule.EDIT)
    elif not may(ctx.person, Rule.CREATE, Matter()):
        require(ctx, Rule.REPORT)  # their own word back, as long as it is about what is theirs


def _undo_kept(ctx: Context, entry: Entry) -> Reply:
    _require_kept(ctx, entry)
    done = story(entry, ctx.uow.people.names(ctx.workspace.id, {entry.actor_id}), ctx.reader)
    if not take_back(ctx, entry):
        return ctx.private(nothing_undone(done, ctx.reader, ctx.offers))
    return ctx.private(taken_back(done, ctx.reader, ctx.offers))


def _require_kept(ctx: Context, entry: Entry) -> None:
    if not may_take_back(ctx, entry):
        project = project_of_entry(ctx, entry)
        lead = ctx.uow.people.get(ctx.workspace.id, project.lead_id) if project else None
        raise Refused(not_yours(lead.name if lead else "", ctx.reader, ctx.offers))


def _undo_batch(ctx: Context, entry: History | Entry) -> Reply:
    """All of it that still stands; what changed since is left alone and counted."""
    changes = ctx.uow.histories.of_batch(ctx.workspace.id, entry.batch_id)
    kept = ctx.uow.ledger.of_batch(ctx.workspace.id, entry.batch_id)
    for change in kept:
        _require_kept(ctx, change)
    batch_id = ctx.uow.new_id()
    back = [_undo_one(ctx, change, batch_id) for change in changes]
    back += [take_back(ctx, change) for change in kept]
    return ctx.private(together_taken_back(back.count(True), back.count(False), ctx.reader, ctx.offers))


def _undo_one(ctx: Context, entry: History, batch_id: str) -> bool:
    milestone = ctx.uow.milestones.get(ctx.workspace.id, entry.milestone_id)
    if milestone is None or milestone.version != entry.version:
        return False
    about = ctx.about(milestone, project_of(ctx, milestone))
    _require(about, entry)
    _restore(about, milestone, entry, batch_id)
    return True


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
