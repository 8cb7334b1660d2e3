"""Steps towards a milestone.  Whoever has one is responsible for it, the owner stays accountable (DM-1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.milestone import TASKS_LIMIT, Milestone, Task
from bot.domain.standards import same
from bot.errors import IllegalMove, InvalidMilestone

TEXT_LIMIT = 200  # characters of one task


def find(milestone: Milestone, task_id: str) -> Task | None:
    return next((t for t in milestone.tasks if t.id == task_id), None)


def progress(milestone: Milestone) -> tuple[int, int]:
    """(done, total) tasks."""
    return sum(t.is_done for t in milestone.tasks), len(milestone.tasks)


def added(milestone: Milestone, task: Task) -> Milestone:
    """Raises `InvalidMilestone` for a text that is missing, too long or there already, or one too many."""
    _require_open(milestone)
    if not task.text.strip():
        raise InvalidMilestone("task_empty")
    if len(task.text) > TEXT_LIMIT:
        raise InvalidMilestone("task_too_long")
    if any(same(t.text, task.text) for t in milestone.tasks):
        raise InvalidMilestone("task_twice")
    if len(milestone.tasks) >= TASKS_LIMIT:
        raise InvalidMilestone("too_many_tasks")
    return milestone.next(tasks=(*milestone.tasks, task))


def removed(milestone: Milestone, task_id: str) -> Milestone:
    _require_open(milestone)
    _require(milestone, task_id)
    return milestone.next(tasks=tuple(t for t in milestone.tasks if t.id != task_id))


def done(milestone: Milestone, task_id: str, by: str, at: datetime) -> Milestone:
    return _changed(milestone, task_id, lambda t: replace(t, done_by=by, done_at=at))


def opened(milestone: Milestone, task_id: str) -> Milestone:
    return _changed(milestone, task_id, lambda t: replace(t, done_by="", done_at=None))


def given(milestone: Milestone, task_id: str, assignee_id: str) -> Milestone:
    return _changed(milestone, task_id, lambda t: replace(t, assignee_id=assignee_id))


def _changed(milestone: Milestone, task_id: str, change: Callable[[Task], Task]) -> Milestone:
    _require_open(milestone)
    _require(milestone, task_id)
    return milestone.next(tasks=tuple(change(t) if t.id == task_id else t for t in milestone.tasks))


def _require_open(milestone: Milestone) -> None:
    if not milestone.is_open:
        raise IllegalMove(milestone.state, "changed", ())


def _require(milestone: Milestone, task_id: str) -> None:
    if find(milestone, task_id) is None:
        raise InvalidMilestone("task_gone")
