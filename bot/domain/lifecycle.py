"""Legal moves between states, as one table, and the changes people make (docs/rules.md)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.domain.milestone import NOTE_LIMIT, Blocked, Criterion, CriterionKind, Hold, Kind, Milestone, State
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
REOPENS_AS = {S.ACHIEVED: S.IN_PROGRESS, S.CANCELLED: S.PLANNED}


def require(milestone: Milestone, wanted: State) -> None:
    """Raises `IllegalMove` unless the table allows ``wanted`` next."""
    allowed = next_states(milestone)
    if wanted not in allowed:
        raise IllegalMove(milestone.state, wanted, allowed)


def next_states(milestone: Milestone) -> tuple[State, ...]:
    """What can come next for this one: from hold only what was before, missed only for an event."""
    allowed = LEGAL[milestone.state]
    if milestone.hold and milestone.state is S.ON_HOLD:
        allowed = frozenset({milestone.hold.was, S.CANCELLED})
    if milestone.kind is not Kind.EVENT:
        allowed -= {S.MISSED}
    return tuple(sorted(allowed))


def route(milestone: Milestone, wanted: State) -> tuple[State, ...]:
    """The shortest legal way to ``wanted``, each state on it in order; empty when there is none.

    Nobody is sent through a hold, a miss or a cancellation to get somewhere else.
    """
    detours = {S.ON_HOLD, S.MISSED, S.CANCELLED}
    ways: list[tuple[State, ...]] = [(state,) for state in next_states(milestone)]
    for way in ways:
        if way[-1] is wanted:
            return way
        if way[-1] not in detours:
            ways += [(*way, state) for state in sorted(LEGAL[way[-1]]) if state not in way]
    return ()


def may_leave_draft(milestone: Milestone) -> bool:
    """A title, an owner and a date are there from the start; the owner may still be a role to fill."""
    return not milestone.owner_role


def confirmed(milestone: Milestone) -> Milestone:
    """draft → planned; what is promised now is the first promise, unless there was one before."""
    _require_from(milestone, S.PLANNED, S.DRAFT)
    if not may_leave_draft(milestone):
        raise InvalidMilestone("owner_to_come")
    return milestone.next(state=S.PLANNED, baseline_due=milestone.baseline_due or milestone.due)


def started(milestone: Milestone, today: date) -> Milestone:
    """planned → in progress; ``today`` becomes the actual start."""
    _require_from(milestone, S.IN_PROGRESS, S.PLANNED)
    return milestone.next(state=S.IN_PROGRESS, actual_start=milestone.actual_start or today)


def submitted(milestone: Milestone, approver_id: str, today: date) -> Milestone:
    """in progress → in review, by way of in progress from planned; in review already → another approver.

    Raises `InvalidMilestone` without an approver, or when the owner would sign off their own work.
    """
    walked = started(milestone, today) if milestone.state is S.PLANNED else milestone
    _require_from(walked, S.IN_REVIEW, S.IN_PROGRESS, S.IN_REVIEW)
    if not approver_id:
        raise InvalidMilestone("approver_missing")
    if approver_id == milestone.owner_id:
        raise InvalidMilestone("approver_is_owner")
    return replace(walked, state=S.IN_REVIEW, approver_id=approver_id, version=milestone.version + 1)


def sent_back(milestone: Milestone, reason: str) -> Milestone:
    """in review → in progress."""
    _require_from(milestone, S.IN_PROGRESS, S.IN_REVIEW)
    _require_reason(reason)
    return milestone.next(state=S.IN_PROGRESS)


def achieved(milestone: Milestone, done_on: date, today: date) -> Milestone:
    """Walk the legal path to achieved in one step of history.

    Raises `IllegalMove` from anywhere but planned, in progress and in review, `InvalidMilestone` when it is
    not proved or ``done_on`` lies after ``today`` or before the actual start.
    """
    _require_proved(milestone)
    if done_on > today:
        raise InvalidMilestone("actual_in_future")
    walked = started(milestone, done_on) if milestone.state is S.PLANNED else milestone
    require(walked, S.ACHIEVED)
    if walked.actual_start and done_on < walked.actual_start:
        raise InvalidMilestone("actual_before_start")
    return replace(walked, state=S.ACHIEVED, actual_done=done_on, blocked=None, version=milestone.version + 1)


def held(milestone: Milestone, reason: str, review_on: date, by: str, at: datetime, today: date) -> Milestone:
    """any open → on hold; on hold already → another day to look again, the state before kept.

    Raises `InvalidMilestone` without a reason, or when ``review_on`` is not after ``today``.
    """
    _require_reason(reason)
    if review_on <= today:
        raise InvalidMilestone("review_past")
    if milestone.hold and milestone.state is S.ON_HOLD:
        longer = replace(milestone.hold, reason=_kept(reason), review_on=review_on)
        return milestone.next(hold=longer)
    require(milestone, S.ON_HOLD)
    return milestone.next(state=S.ON_HOLD, hold=Hold(_kept(reason), at, by, review_on, milestone.state))


def resumed(milestone: Milestone) -> Milestone:
    """on hold → what it was before."""
    if milestone.hold is None or milestone.state is not S.ON_HOLD:
        raise IllegalMove(milestone.state, "resumed", next_states(milestone))
    return milestone.next(state=milestone.hold.was, hold=None)


def cancelled(milestone: Milestone, reason: str) -> Milestone:
    """any open → cancelled."""
    require(milestone, S.CANCELLED)
    _require_reason(reason)
    return milestone.next(state=S.CANCELLED, blocked=None, hold=None)


def reopened(milestone: Milestone, reason: str) -> Milestone:
    """achieved → in progress, cancelled → planned.  What was proved stays proved."""
    if milestone.state not in REOPENS_AS:
        raise IllegalMove(milestone.state, "reopened", next_states(milestone))
    _require_reason(reason)
    return milestone.next(state=REOPENS_AS[milestone.state], actual_done=None)


def is_missed(milestone: Milestone, today: date) -> bool:
    """Whether this event's day has passed without it; nothing but the calendar ever says so."""
    return S.MISSED in next_states(milestone) and today > milestone.due


def missed(milestone: Milestone, today: date) -> Milestone:
    """planned or in progress → missed.  Raises `IllegalMove` before an event's day is over, and for
    everything that is no event."""
    if not is_missed(milestone, today):
        raise IllegalMove(milestone.state, S.MISSED, next_states(milestone))
    return milestone.next(state=S.MISSED, blocked=None)


def renamed(milestone: Milestone, title: str) -> Milestone:
    """Another name, whatever the state but closed.  Raises `InvalidMilestone` for none or one too long."""
    _require_open(milestone)
    return milestone.next(title=" ".join(title.split()))


def ticked(milestone: Milestone, criterion_ids: frozenset[str], by: str, at: datetime) -> Milestone:
    """The named criteria done by ``by``, where a word is enough; those already done keep who did them."""
    criteria = tuple(
        replace(c, done_by=by, done_at=at)
        if c.id in criterion_ids and not c.is_done and c.kind is CriterionKind.BOOLEAN
        else c
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
    """Whoever was still to come is found by this; then nothing keeps it a draft."""
    _require_open(milestone)
    given = milestone.next(owner_id=owner_id, owner_role="")
    if not milestone.owner_role or milestone.state is not S.DRAFT:
        return given
    return replace(given, state=S.PLANNED, baseline_due=milestone.baseline_due or milestone.due)


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
        raise IllegalMove(milestone.state, "changed", next_states(milestone))


def _require_from(milestone: Milestone, wanted: State, *starts: State) -> None:
    """Another way to ``wanted`` may be legal from here, but it has a verb of its own."""
    if milestone.state not in starts:
        raise IllegalMove(milestone.state, wanted, next_states(milestone))


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidMilestone("why_missing")


def _require_proved(milestone: Milestone) -> None:
    """Everything that stands between a milestone and achieved; a gate's decision belongs here, too."""
    if not milestone.criteria or milestone.missing:
        raise InvalidMilestone("criteria_missing")


def _kept(reason: str) -> str:
    return reason.strip()[:NOTE_LIMIT]
