"""Who hears what, when: policies as data (docs/rules.md, ES)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Target(StrEnum):
    """Resolved to a person when the step fires (ES-1)."""

    OWNER = "owner"
    LEAD = "lead"
    HEAD = "head"  # department head; without one, the channel (docs/rules.md)
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of a ladder: ``delay`` working days of the recipient after the previous *sending*
    (the first counts from the due date)."""

    level: int
    target: Target
    delay: int


@dataclass(frozen=True, slots=True)
class Policy:
    """``due_soon`` offsets in working days before the due date, by the length of the milestone.

    Below ``short`` working days long: ``due_soon_short``; above ``long``: ``due_soon_long``.
    ``repeat`` more rounds of the last step, ``repeat_every`` working days apart.
    """

    name: str
    version: int
    due_soon: tuple[int, ...]
    due_soon_short: tuple[int, ...]
    due_soon_long: tuple[int, ...]
    overdue: tuple[Step, ...]
    repeat: int
    repeat_every: int
    short: int = 10
    long: int = 40

    def offsets(self, duration: int) -> tuple[int, ...]:
        """Due-soon offsets for a milestone ``duration`` working days long."""
        if duration < self.short:
            return self.due_soon_short
        return self.due_soon_long if duration > self.long else self.due_soon


NORMAL = Policy(
    name="normal",
    version=1,
    due_soon=(5, 2, 0),
    due_soon_short=(2, 0),
    due_soon_long=(10, 5, 2, 0),
    overdue=(Step(1, Target.OWNER, 1), Step(2, Target.LEAD, 1), Step(3, Target.HEAD, 2)),
    repeat=3,
    repeat_every=2,
)
