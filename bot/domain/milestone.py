"""The milestone: specific, dated, owned by exactly one person (docs/rules.md, DM)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.errors import InvalidMilestone

TITLE_LIMIT = 200  # characters (reliability S18)
NOTE_LIMIT = 4_000
CRITERIA_LIMIT = 20


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


@dataclass(frozen=True, slots=True)
class Criterion:
    """One completion standard.  ``done_by`` a person id, ``done_at`` aware UTC."""

    id: str
    text: str
    done_by: str = ""
    done_at: datetime | None = None

    @property
    def is_done(self) -> bool:
        return self.done_at is not None


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
    ``version`` counts changes and guards against lost updates.
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
