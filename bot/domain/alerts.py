"""An open matter that escalates: here, one milestone overdue on one due date (docs/rules.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.policy import Step


class AlertState(StrEnum):
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """``steps`` are frozen when it opens (ES-1).

    ``planned_level`` is the highest step handed to the outbox; ``sent_level`` and ``sent_at`` the highest
    one really sent, from which the next delay counts (ES-2); ``told`` the people already told, so that
    nobody is told twice by one ladder, and ``asked_at`` when the last of them was (a channel is nobody);
    ``round`` counts repeats of the last step.
    """

    id: str
    workspace_id: str
    milestone_id: str
    due: date
    steps: tuple[Step, ...]
    repeat: int
    repeat_every: int
    state: AlertState = AlertState.OPEN
    planned_level: int = 0
    sent_level: int = 0
    sent_at: datetime | None = None
    round: int = 0
    told: tuple[str, ...] = ()
    asked_at: datetime | None = None
