"""What of a milestone passes from one person to another besides owning it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.milestone import Milestone


@dataclass(frozen=True, slots=True)
class Parts:
    """How many open tasks and yeses of one person a milestone holds."""

    tasks: int = 0
    yeses: int = 0

    def __bool__(self) -> bool:
        return bool(self.tasks or self.yeses)


def parts_of(milestone: Milestone, person_id: str) -> Parts:
    """What still waits for them."""
    tasks = sum(t.assignee_id == person_id and not t.is_done for t in milestone.tasks)
    signs = sum(c.approver_id == person_id and not c.is_done for c in milestone.criteria)
    return Parts(tasks, signs + (milestone.approver_id == person_id))


def passed_on(milestone: Milestone, person_id: str, to_id: str) -> Milestone:
    """Their open tasks and yeses are ``to_id``'s; what is done keeps who did it."""
    tasks = tuple(
        replace(t, assignee_id=to_id) if t.assignee_id == person_id and not t.is_done else t
        for t in milestone.tasks
    )
    criteria = tuple(
        replace(c, approver_id=to_id) if c.approver_id == person_id and not c.is_done else c
        for c in milestone.criteria
    )
    approver = to_id if milestone.approver_id == person_id else milestone.approver_id
    return milestone.next(tasks=tasks, criteria=criteria, approver_id=approver)
