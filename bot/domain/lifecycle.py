"""Legal moves between states, as one table, and the changes people make (docs/rules.md)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.domain.milestone import NOTE_LIMIT, Blocked, Criterion, Milestone, State
from bot.errors import IllegalMove, InvalidMilestone

S = State

LEGAL: dict[State, frozenset[State]] = {
    S.DRAFT: frozenset({S.PLANNED, S.ON_HOLD, S.CANCELLED}),
    S.PLANNED: frozenset({S.IN_PROGRESS, S.ON_HOLD, S.MISSED, S.CANCELLED}),
    S.IN_PROGRESS: frozenset({S.IN_REVIEW, S.ACHIEVED, S.ON_HOLD, S.MISSED, S.CANCELLED}),
    S.IN_REVIEW: frozenset({S.IN_PROGRESS, S.ACHIEVED, S.ON_HOLD, S.CANCELLED}),
    S.ON_HOLD: frozenset({S.DRAFT, S.PLANNED, S.IN_PROGRESS, S.IN_REVIEW, S.CANCELLED}),
    S.ACHIEVED: frozenset({S.IN_PROGRESS}),
    S.MISSED: frozenset(),
    S.CANCELLED: frozenset({S.PLANNED}),
}
CAN_BE_BLOCKED = frozenset({S.PLANNED, S.IN_PROGRESS, S.IN_REVIEW})


def require(milestone: Milestone, wanted: State) -> None:
    """Raises `IllegalMove` unless the table allows ``wanted`` next."""
    allowed = LEGAL[milestone.state]
    if wanted not in allowed:
        raise IllegalMove(milestone.state, wanted, tuple(sorted(allowed)))


def started(milestone: Milestone, today: date) -> Milestone:
    """planned → in progress; ``today`` becomes the actual start."""
    require(milestone, S.IN_PROGRESS)
    return milestone.next(state=S.IN_PROGRESS, actual_start=milestone.actual_start or today)


def achieved(milestone: Milestone, done_on: date, today: date) -> Milestone:
    """Walk the legal path to achieved in one step of history.

    Raises `IllegalMove` from a closed state, `InvalidMilestone` when criteria are missing, none
    exists, or ``done_on`` lies after ``today`` or before the actual start.
    """
    if not milestone.criteria or milestone.missing:
        raise InvalidMilestone("criteria_missing")
    walked = started(milestone, min(done_on, today)) if milestone.state is S.PLANNED else milestone
    require(walked, S.ACHIEVED)
    if done_on > today:
        raise InvalidMilestone("actual_in_future")
    if walked.actual_start and done_on < walked.actual_start:
        walked = replace(walked, actual_start=done_on)
    return replace(walked, state=S.ACHIEVED, actual_done=done_on, blocked=None, version=milestone.version + 1)


def ticked(milestone: Milestone, criterion_ids: frozenset[str], by: str, at: datetime) -> Milestone:
    """The named criteria done by ``by``; those already done keep who did them."""
    criteria = tuple(
        replace(c, done_by=by, done_at=at) if c.id in criterion_ids and not c.is_done else c
        for c in milestone.criteria
    )
    return milestone.next(criteria=criteria)


def as_titled(milestone: Milestone, criterion_id: str, by: str, at: datetime) -> Milestone:
    """The title itself recorded as the one, ticked criterion (docs/rules.md, DM-5)."""
    return milestone.next(criteria=(Criterion(criterion_id, milestone.title, by, at),))


def moved(milestone: Milestone, due: date) -> Milestone:
    """A new committed date; the baseline stays.  Raises `IllegalMove` when the milestone is closed."""
    _require_open(milestone)
    return milestone.next(due=due)


def assigned(milestone: Milestone, owner_id: str) -> Milestone:
    _require_open(milestone)
    return milestone.next(owner_id=owner_id)


def blocked(milestone: Milestone, reason: str, by: str, at: datetime) -> Milestone:
    """Raises `IllegalMove` outside planned, in progress, in review; `InvalidMilestone` without a reason."""
    if milestone.state not in CAN_BE_BLOCKED:
        raise IllegalMove(milestone.state, "blocked", ())
    if not reason.strip():
        raise InvalidMilestone("reason_missing")
    since = milestone.blocked.since if milestone.blocked else at
    return milestone.next(blocked=Blocked(reason.strip()[:NOTE_LIMIT], since, by))


def unblocked(milestone: Milestone) -> Milestone:
    """Raises `IllegalMove` when it is not blocked."""
    if milestone.blocked is None:
        raise IllegalMove(milestone.state, "unblocked", ())
    return milestone.next(blocked=None)


def withdrawn(milestone: Milestone) -> Milestone:
    """Its creation undone: hidden everywhere, the history kept."""
    return milestone.next(withdrawn=True)


def _require_open(milestone: Milestone) -> None:
    if not milestone.is_open:
        raise IllegalMove(milestone.state, "changed", tuple(sorted(LEGAL[milestone.state])))
