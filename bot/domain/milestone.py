"""The milestone: specific, dated, owned by exactly one person (docs/rules.md, DM)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.errors import InvalidMilestone

TITLE_LIMIT = 200  # characters (reliability S18)
NOTE_LIMIT = 4_000
CRITERIA_LIMIT = 20
TASKS_LIMIT = 50


class State(StrEnum):
    """The workflow.  At risk and overdue are health, blocked is a flag: none of them is a state."""

    DRAFT = "draft"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    IN_REVIEW = "in_review"
    ON_HOLD = "on_hold"
    ACHIEVED = "achieved"
    MISSED = "missed"
    CANCELLED = "cancelled"


CLOSED = frozenset({State.ACHIEVED, State.MISSED, State.CANCELLED})


class Kind(StrEnum):
    DELIVERABLE = "deliverable"
    EVENT = "event"
    GATE = "gate"


class CriterionKind(StrEnum):
    """How a completion standard is met: said so, a figure reached, a file handed in, somebody's yes."""

    BOOLEAN = "boolean"
    NUMBER = "number"
    DOCUMENT = "document"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One completion standard.  ``done_by`` a person id, ``done_at`` aware UTC.

    ``target`` and ``value`` are decimal figures as text (NUMBER; met when value ≥ target) with ``unit``;
    ``evidence`` the attachment that proves it (DOCUMENT), or ``value`` where it is filed instead;
    ``approver_id`` whose yes counts (APPROVAL).
    """

    id: str
    text: str
    done_by: str = ""
    done_at: datetime | None = None
    kind: CriterionKind = CriterionKind.BOOLEAN
    target: str = ""
    unit: str = ""
    value: str = ""
    evidence: str = ""
    approver_id: str = ""

    @property
    def is_done(self) -> bool:
        return self.done_at is not None


@dataclass(frozen=True, slots=True)
class Task:
    """A step towards the milestone.  The assignee is responsible, the owner stays accountable (DM-1)."""

    id: str
    text: str
    assignee_id: str = ""
    done_by: str = ""
    done_at: datetime | None = None

    @property
    def is_done(self) -> bool:
        return self.done_at is not None


@dataclass(frozen=True, slots=True)
class Hold:
    """Why nothing is expected, since when (aware UTC), by whom, when to look again, and the state before."""

    reason: str
    since: datetime
    by: str
    review_on: date
    was: State


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why nothing moves, since when (aware UTC), said by whom (person id)."""

    reason: str
    since: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """Baseline, due, forecast and actual are four dates and never share a column.

    All dates are local to ``zone`` and mean the end of that day (DM-2); instants are aware UTC.
    ``version`` counts changes and guards against lost updates.  ``owner_role`` names who is still to come
    ("Electrician"): until then ``owner_id`` is who must find them, and the milestone stays a draft.
    ``origin`` is the permalink of the message it was made from; ``series_id`` the rule it comes again by.
    """

    id: str
    workspace_id: str
    project_id: str
    project_key: str
    number: int
    title: str
    owner_id: str
    due: date
    zone: str
    created_by: str
    created_at: datetime
    state: State = State.PLANNED
    kind: Kind = Kind.DELIVERABLE
    approver_id: str = ""
    baseline_due: date | None = None
    forecast_due: date | None = None
    actual_start: date | None = None
    actual_done: date | None = None
    blocked: Blocked | None = None
    criteria: tuple[Criterion, ...] = ()
    tasks: tuple[Task, ...] = ()
    hold: Hold | None = None
    phase_id: str = ""
    owner_role: str = ""
    origin: str = ""
    series_id: str = ""
    withdrawn: bool = False
    version: int = 1

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise InvalidMilestone("title_missing")
        if len(self.title) > TITLE_LIMIT:
            raise InvalidMilestone("title_too_long")
        if not self.owner_id:
            raise InvalidMilestone("owner_missing")
        if len(self.criteria) > CRITERIA_LIMIT:
            raise InvalidMilestone("too_many_criteria")
        if len(self.tasks) > TASKS_LIMIT:
            raise InvalidMilestone("too_many_tasks")

    @property
    def key(self) -> str:
        return f"{self.project_key}-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state not in CLOSED and not self.withdrawn

    @property
    def missing(self) -> tuple[Criterion, ...]:
        """Criteria that are not ticked yet."""
        return tuple(c for c in self.criteria if not c.is_done)

    @property
    def progress(self) -> tuple[int, int]:
        """(done, total) criteria; 100 % only through achieved (DM-4)."""
        return len(self.criteria) - len(self.missing), len(self.criteria)

    def next(self, **changes: object) -> Milestone:
        """A copy with ``changes`` and the next version."""
        return replace(self, version=self.version + 1, **changes)  # type: ignore[arg-type]  # field names checked by replace
