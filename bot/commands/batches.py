"""Changes made together are taken back together: all of them, or those that nobody changed since.

A batch may hold changes of milestones and of what is kept in the ledger (projects, phases, people).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.access import Matter, Rule, may
from bot.commands import ledger
from bot.commands.change import names_in, record
from bot.commands.context import Context, Refused
from bot.commands.draft import Change
from bot.commands.perform import require
from bot.commands.telling_owners import tell_owners
from bot.commands.which import not_here, project_of
from bot.dialogs import Asked
from bot.domain.facts import facts
from bot.domain.history import Action, History, restored
from bot.domain.ledger import Entry, still_stands
from bot.domain.milestone import Milestone
from bot.domain.undoing import standing
from bot.messages import Reply
from bot.views import together
from bot.views.ledger import not_yours, story
from bot.views.stories import deed

ALL, REST, ONE = "all", "rest", "one"


@dataclass(frozen=True, slots=True)
class Step:
    """What one batch did to one milestone, newest entry first, and the milestone as it is now."""

    milestone: Milestone
    entries: tuple[History, ...]
    still_stands: bool

    @property
    def undone(self) -> Milestone:
        """As before all of it, as the next version."""
        before: dict[str, object] = {}
        for entry in self.entries:
            before |= entry.before
        return restored(self.milestone, before)


@dataclass(frozen=True, slots=True)
class Batch:
    """Milestones in the order of their keys; ``kept`` of the ledger, newest first."""

    steps: tuple[Step, ...]
    kept: tuple[Entry, ...]

    def __len__(self) -> int:
        return len(self.steps) + len(self.kept)


def batch_of(ctx: Context, batch_id: str) -> Batch:
    entries = [e for e in ctx.uow.histories.of_batch(ctx.workspace.id, batch_id) if _counts(e)]
    entries.sort(key=lambda e: e.milestone_id)  # stable: newest first within each
    grouped = [tuple(found) for _, found in groupby(entries, key=lambda e: e.milestone_id)]
    steps = tuple(step for found in grouped if (step := _step(ctx, found)))
    in_order = sorted(steps, key=lambda s: (s.milestone.project_key, s.milestone.number))
    return Batch(tuple(in_order), ctx.uow.ledger.of_batch(ctx.workspace.id, batch_id))


def undo_together(ctx: Context, entry: History | Entry, batch: Batch, asked: Asked) -> Reply:
    """One commit for all of it; nothing at all when some changed since, until the sender says so."""
    for step in batch.steps:
        may_take_back(ctx.about(step.milestone, project_of(ctx, step.milestone)), step.entries[0])
    for kept in batch.kept:
        may_take_kept_back(ctx, kept)
    steps = tuple(step for step in batch.steps if step.still_stands)
    entries = tuple(kept for kept in batch.kept if _stands(ctx, kept))
    back, left = len(steps) + len(entries), len(batch) - len(steps) - len(entries)
    if not back or (left and asked.choice != REST):
        stories = _stories(ctx, batch, entries)
        return ctx.private(together.some_changed(back, stories, entry.id, ctx.reader, ctx.offers))
    _take_back(ctx, steps)
    for kept in entries:
        ledger.take_back(ctx, kept)
    return ctx.private(together.undone_card(len(steps) or back, left, ctx.reader, ctx.offers))


def ask_how_much(ctx: Context, entry: History, many: int) -> Reply:
    """Pressed on the card of one of them: what was made together may be meant, or this alone."""
    return ctx.private(together.one_or_all(ctx.milestone, many, entry.id, ctx.reader, ctx.offers))


_THEIR_PART = frozenset({Action.TASK_DONE, Action.TASK_OPENED, Action.SIGNED})
"""What people do with the one task or criterion that is theirs, whoever owns the milestone."""


_AS_DONE = {
    Action.DROPPED: Rule.DROP,
    Action.REOPENED: Rule.REOPEN,
    Action.MISSED: Rule.REOPEN,
    Action.APPROVED: Rule.APPROVE,
    Action.SENT_BACK: Rule.APPROVE,
}
"""What an owner could not have done, an owner does not take back."""


def may_take_back(ctx: Context, entry: History) -> None:
    """Raises `Refused` unless it is the sender's own deed, or theirs to change; what they see no more is not
    there."""
    if not may(ctx.person, Rule.VIEW, ctx.matter):
        raise not_here(ctx, Asked())
    if entry.actor_id != ctx.person.id:
        require(ctx, _AS_DONE.get(entry.action, Rule.EDIT))
    elif entry.action in _THEIR_PART:
        require(ctx, Rule.VIEW)
    elif not may(ctx.person, Rule.CREATE, Matter()):
        require(ctx, Rule.REPORT)  # their own word back, as long as it is about what is theirs


def may_take_kept_back(ctx: Context, entry: Entry) -> None:
    """Raises `Refused`, naming who could."""
    if not ledger.may_take_back(ctx, entry):
        project = ledger.project_of_entry(ctx, entry)
        lead = ctx.names((project.lead_id,)).get(project.lead_id, "") if project else ""
        raise Refused(not_yours(lead, ctx.reader, ctx.offers))


def _take_back(ctx: Context, steps: Sequence[Step]) -> None:
    batch_id = ctx.uow.new_id()
    changes = tuple(Change(step.milestone, step.undone, Action.UNDONE) for step in steps)
    for change in changes:
        record(ctx, change.old, change.new, change.action, batch_id=batch_id)
    tell_owners(ctx, changes, batch_id)


def _step(ctx: Context, entries: tuple[History, ...]) -> Step | None:
    """None when the milestone is gone."""
    milestone = ctx.uow.milestones.get(ctx.workspace.id, entries[0].milestone_id)
    if milestone is None:
        return None
    stands = standing(ctx.uow.histories.of(ctx.workspace.id, milestone.id))[:1]
    return Step(milestone, entries, bool(stands) and stands[0].id == entries[0].id)


def _stands(ctx: Context, entry: Entry) -> bool:
    value = ledger.standing(ctx.uow, entry)
    return value is not None and still_stands(entry, facts(value))


def _counts(entry: History) -> bool:
    return entry.action is not Action.UNDONE


def _stories(ctx: Context, batch: Batch, standing_entries: Sequence[Entry]) -> tuple[tuple[str, str], ...]:
    """(what, what happened since) of each that changed."""
    steps = [(s.milestone.key, _last_deed(ctx, s.milestone)) for s in batch.steps if not s.still_stands]
    kept = [entry for entry in batch.kept if entry not in standing_entries]
    names = ctx.names({entry.actor_id for entry in kept})
    return (*steps, *(("–", story(entry, names, ctx.reader).text) for entry in kept))


def _last_deed(ctx: Context, milestone: Milestone) -> str:
    latest = ctx.uow.histories.of(ctx.workspace.id, milestone.id, 1)[0]
    return deed(latest, names_in(ctx, latest), ctx.reader).text
