"""What proves a milestone: added, ticked, measured, filed, signed off, taken back (docs/rules.md, DM-5).

Every change raises `IllegalMove` once the milestone is closed: what proved it stays until it is reopened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from bot.domain.milestone import CRITERIA_LIMIT, Criterion, CriterionKind, Milestone
from bot.errors import IllegalMove, InvalidMilestone

TEXT_LIMIT = 200  # characters of one standard


def find(milestone: Milestone, criterion_id: str) -> Criterion | None:
    return next((c for c in milestone.criteria if c.id == criterion_id), None)


def same(one: str, other: str) -> bool:
    """Whether two texts say the same, whatever the case and the spaces."""
    return _folded(one) == _folded(other)


def added(milestone: Milestone, new: Sequence[Criterion]) -> Milestone:
    """Raises `InvalidMilestone` for a text that is missing, too long or there already, or one too many."""
    _require_open(milestone)
    criteria = (*milestone.criteria, *new)
    for criterion in new:
        check_text(criterion.text)
    if len({_folded(c.text) for c in criteria}) < len(criteria):
        raise InvalidMilestone("criterion_twice")
    if len(criteria) > CRITERIA_LIMIT:
        raise InvalidMilestone("too_many_criteria")
    return milestone.next(criteria=criteria)


def removed(milestone: Milestone, criterion_id: str) -> Milestone:
    _require_open(milestone)
    _require(milestone, criterion_id)
    return milestone.next(criteria=tuple(c for c in milestone.criteria if c.id != criterion_id))


def reworded(milestone: Milestone, criterion_id: str, text: str) -> Milestone:
    """Other words need other proof: what was ticked is open again."""
    check_text(text)
    if any(same(c.text, text) for c in milestone.criteria if c.id != criterion_id):
        raise InvalidMilestone("criterion_twice")
    return _changed(milestone, criterion_id, lambda c: replace(_open(c), text=text.strip()))


def ticked(milestone: Milestone, criterion_id: str, by: str, at: datetime) -> Milestone:
    """Somebody's word for it.  Raises `InvalidMilestone` where a word is not enough."""
    if _require(milestone, criterion_id).kind is not CriterionKind.BOOLEAN:
        raise InvalidMilestone("word_not_enough")
    return _changed(milestone, criterion_id, lambda c: _done(c, by, at))


def unticked(milestone: Milestone, criterion_id: str) -> Milestone:
    """Open again; the last figure stays, what was handed in or signed does not."""
    return _changed(milestone, criterion_id, _open)


def measured(milestone: Milestone, criterion_id: str, figure: str, by: str, at: datetime) -> Milestone:
    """The newest figure, a decimal as text: met from the target on, open again below it."""

    def at_figure(c: Criterion) -> Criterion:
        reading = replace(c, value=figure)
        return _done(reading, by, at) if reaches(reading) else replace(reading, done_by="", done_at=None)

    _require_kind(milestone, criterion_id, CriterionKind.NUMBER)
    return _changed(milestone, criterion_id, at_figure)


def reaches(criterion: Criterion) -> bool:
    """Whether the figure is at least the target."""
    return bool(criterion.value) and Decimal(criterion.value) >= Decimal(criterion.target)


def handed_in(milestone: Milestone, criterion_id: str, evidence: str, by: str, at: datetime) -> Milestone:
    """``evidence`` is the id of the attachment that proves it."""
    _require_kind(milestone, criterion_id, CriterionKind.DOCUMENT)
    return _changed(milestone, criterion_id, lambda c: _done(replace(c, evidence=evidence), by, at))


def filed(milestone: Milestone, criterion_id: str, where: str, by: str, at: datetime) -> Milestone:
    """The document is kept elsewhere: ``where`` in words, at most 200 characters."""
    _require_kind(milestone, criterion_id, CriterionKind.DOCUMENT)
    place = where.strip()[:TEXT_LIMIT]
    return _changed(milestone, criterion_id, lambda c: _done(replace(c, value=place), by, at))


def signed(milestone: Milestone, criterion_id: str, by: str, at: datetime) -> Milestone:
    """Raises `InvalidMilestone` unless ``by`` is the one whose yes counts."""
    if _require_kind(milestone, criterion_id, CriterionKind.APPROVAL).approver_id != by:
        raise InvalidMilestone("not_the_approver")
    return _changed(milestone, criterion_id, lambda c: _done(c, by, at))


def check_text(text: str) -> None:
    if not text.strip():
        raise InvalidMilestone("criterion_empty")
    if len(text.strip()) > TEXT_LIMIT:
        raise InvalidMilestone("criterion_too_long")


def _done(c: Criterion, by: str, at: datetime) -> Criterion:
    return replace(c, done_by=by, done_at=at)


def _open(c: Criterion) -> Criterion:
    kept = c.value if c.kind is CriterionKind.NUMBER else ""
    return replace(c, done_by="", done_at=None, evidence="", value=kept)


def _changed(milestone: Milestone, criterion_id: str, change: Callable[[Criterion], Criterion]) -> Milestone:
    _require_open(milestone)
    _require(milestone, criterion_id)
    criteria = tuple(change(c) if c.id == criterion_id else c for c in milestone.criteria)
    return milestone.next(criteria=criteria)


def _require_open(milestone: Milestone) -> None:
    if not milestone.is_open:
        raise IllegalMove(milestone.state, "changed", ())


def _require(milestone: Milestone, criterion_id: str) -> Criterion:
    found = find(milestone, criterion_id)
    if found is None:
        raise InvalidMilestone("criterion_gone")
    return found


def _require_kind(milestone: Milestone, criterion_id: str, kind: CriterionKind) -> Criterion:
    found = _require(milestone, criterion_id)
    if found.kind is not kind:
        raise InvalidMilestone("criterion_of_other_kind")
    return found


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
