"""Changes made together are taken back together: all of them, or those that nobody changed since."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from bot.access import Matter, Rule, may
from bot.commands.change import names_in, record
from bot.commands.context import Context
from bot.commands.perform import require
from bot.commands.which import project_of
from bot.dialogs import Asked
from bot.domain.history import Action, History, restored
from bot.domain.milestone import Milestone
from bot.messages import Reply
from bot.views import together
from bot.views.stories import deed

ALL, REST, ONE = "all", "rest", "one"


@dataclass(frozen=True, slots=True)
class Step:
    """What one batch did to one milestone, newest entry first, and the milestone as it is now."""

    milestone: Milestone
    entries: tuple[History, ...]

    @property
    def still_stands(self) -> bool:
        return self.milestone.version == self.entries[0].version

    @property
    def undone(self) -> Milestone:
        """As before all of it, as the next version."""
        before: dict[str, object] = {}
        for entry in self.entries:
            before |= entry.before
        return restored(self.milestone, before)


def steps(ctx: Context, batch_id: str) -> tuple[Step, ...]:
    """Per milestone, in the order of their keys; those whose milestone is gone are left out."""
    entries = [e for e in ctx.uow.histories.of_batch(ctx.workspace.id, batch_id) if _counts(e)]
    entries.sort(key=lambda e: e.milestone_id)  # stable: newest first within each
    grouped = [tuple(found) for _, found in groupby(entries, key=lambda e: e.milestone_id)]
    loaded = [(ctx.uow.milestones.get(ctx.workspace.id, found[0].milestone_id), found) for found in grouped]
    made = [Step(milestone, found) for milestone, found in loaded if milestone]
    return tuple(sorted(made, key=lambda s: (s.milestone.project_key, s.milestone.number)))


def undo_together(ctx: Context, batch: tuple[Step, ...], asked: Asked) -> Reply:
    """One commit for all of it; nothing at all when some changed since, until the sender says so."""
    for step in batch:
        _require_undo(ctx, step)
    standing = tuple(step for step in batch if step.still_stands)
    changed = tuple(step for step in batch if not step.still_stands)
    entry = batch[0].entries[0]
    if not standing or (changed and asked.choice != REST):
        return ctx.private(
            together.some_changed(len(standing), _stories(ctx, changed), entry.id, ctx.reader, ctx.offers)
        )
    batch_id = ctx.uow.new_id()
    for step in standing:
        record(ctx, step.milestone, step.undone, Action.UNDONE, batch_id=batch_id)
    return ctx.private(together.undone_card(len(standing), len(changed), ctx.reader, ctx.offers))


def ask_how_much(ctx: Context, entry: History, many: int) -> Reply:
    """Pressed on the card of one of them: what was made together may be meant, or this alone."""
    return ctx.private(together.one_or_all(ctx.milestone, many, entry.id, ctx.reader, ctx.offers))


def may_take_back(ctx: Context, entry: History) -> None:
    """Raises `Refused` unless it is the sender's own deed, or theirs to change."""
    if entry.actor_id != ctx.person.id:
        require(ctx, Rule.EDIT)
    elif not may(ctx.person, Rule.CREATE, Matter()):
        require(ctx, Rule.REPORT)  # their own word back, as long as it is about what is theirs


def _require_undo(ctx: Context, step: Step) -> None:
    may_take_back(ctx.about(step.milestone, project_of(ctx, step.milestone)), step.entries[0])


def _counts(entry: History) -> bool:
    return entry.action is not Action.UNDONE


def _stories(ctx: Context, changed: tuple[Step, ...]) -> tuple[tuple[str, str], ...]:
    """(key, what happened since) of each."""
    return tuple((step.milestone.key, _last_deed(ctx, step.milestone)) for step in changed)


def _last_deed(ctx: Context, milestone: Milestone) -> str:
    latest = ctx.uow.histories.of(ctx.workspace.id, milestone.id, 1)[0]
    return deed(latest, names_in(ctx, latest), ctx.reader).text
