"""Taking one change of a milestone back: the newest that still stands, and then the one before it."""

from __future__ import annotations

from bot.cards import RichText
from bot.commands.batches import may_take_back
from bot.commands.change import names_in, record, told, what_happened_since
from bot.commands.context import Context
from bot.commands.perform import require_sight
from bot.commands.which import not_here, project_of
from bot.dialogs import Asked
from bot.domain.history import Action, History, restored
from bot.domain.undoing import standing
from bot.messages import Reply
from bot.views.stories import deed


def undo_change(ctx: Context, entry: History) -> Reply:
    """Only what nothing was built upon is taken back; else it is said what happened since, and what of it
    can be taken back first."""
    milestone, left = ctx.milestone, _standing(ctx)
    if not left or left[0].id != entry.id:
        return told(ctx, milestone, _next(ctx, left), what_happened_since(ctx))
    back = restored(milestone, entry.before)
    record(ctx, milestone, back, Action.UNDONE)
    return told(ctx, back, _next(ctx, left[1:]), _said(ctx, entry))


def bring_back(ctx: Context, asked: Asked) -> Reply:
    """A withdrawn milestone is there again, with everything that was its own."""
    milestone = ctx.uow.milestones.get(ctx.workspace.id, asked.milestone_id)
    if milestone is None:
        raise not_here(ctx, asked)
    ctx = ctx.about(milestone, project_of(ctx, milestone))
    if not milestone.withdrawn:
        require_sight(ctx, asked)
        return told(ctx, milestone, None, RichText(ctx.reader.say("It is here already.")))
    may_take_back(ctx, ctx.uow.histories.of(ctx.workspace.id, milestone.id, 1)[0])
    back = restored(milestone, {"withdrawn": False})
    entry = record(ctx, milestone, back, Action.RESTORED)
    return told(ctx, back, entry, RichText(ctx.reader.say("It is here again, as it was.")))


def _standing(ctx: Context) -> tuple[History, ...]:
    return standing(ctx.uow.histories.of(ctx.workspace.id, ctx.milestone.id))


def _next(ctx: Context, left: tuple[History, ...]) -> History | None:
    """What the sender could take back now: their own last change, but not the milestone itself in passing."""
    if not left or left[0].actor_id != ctx.person.id or left[0].action is Action.CREATED:
        return None
    return left[0]


def _said(ctx: Context, entry: History) -> RichText:
    if entry.action is Action.CREATED:
        return RichText(ctx.reader.say("Taken back: it is in no list any more, and its key stays unused."))
    return ctx.reader.rich("Undone: {deed}.", deed=deed(entry, names_in(ctx, entry), ctx.reader))
