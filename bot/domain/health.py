"""The light: computed from facts, never a state (docs/rules.md, HL)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.calendar import Calendar
from bot.domain.milestone import Milestone, State

DUE_SOON = 5  # working days
AT_REST = frozenset({State.DRAFT, State.ON_HOLD})
"""Open, but nothing is expected of it yet or just now: it has no light."""


class Light(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = "none"


class Reason(StrEnum):
    OVERDUE = "OVERDUE"
    BLOCKED = "BLOCKED"
    DUE_SOON = "DUE_SOON"


@dataclass(frozen=True, slots=True)
class Health:
    """``reasons`` keeps every code that applies, the deciding one first."""

    light: Light
    reasons: tuple[Reason, ...] = ()

    @property
    def is_overdue(self) -> bool:
        return Reason.OVERDUE in self.reasons


def health(milestone: Milestone, today: date, calendar: Calendar) -> Health:
    """``today`` is the local date in the milestone's zone."""
    if not milestone.is_open or milestone.state in AT_REST:
        return Health(Light.NONE)
    reasons = tuple(reason for reason, holds in _facts(milestone, today, calendar) if holds)
    light = (
        Light.RED if Reason.OVERDUE in reasons else Light.AMBER if Reason.BLOCKED in reasons else Light.GREEN
    )
    return Health(light, reasons)


def _facts(milestone: Milestone, today: date, calendar: Calendar) -> tuple[tuple[Reason, bool], ...]:
    overdue = today > milestone.due
    soon = not overdue and calendar.between(today, milestone.due) <= DUE_SOON
    return (
        (Reason.OVERDUE, overdue),
        (Reason.BLOCKED, milestone.blocked is not None),
        (Reason.DUE_SOON, soon),
    )
