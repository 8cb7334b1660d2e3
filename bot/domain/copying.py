"""The same again: a milestone or a whole project as it was planned, without what has happened to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.domain.calendar import Calendar
from bot.domain.milestone import Criterion, Milestone, State, Task


def copied(
    original: Milestone, *, ident: str, number: int, by: str, at: datetime, **changes: object
) -> Milestone:
    """``original`` as something new: planned, nothing ticked, nothing noted, no series, no history.

    ``changes`` are fields of a milestone (title, due, owner, project, phase).
    """
    fresh = replace(original, **changes)  # type: ignore[arg-type]  # field names checked by replace
    return replace(
        fresh,
        id=ident,
        number=number,
        state=State.DRAFT if original.owner_role else State.PLANNED,
        baseline_due=fresh.due,
        forecast_due=None,
        actual_start=None,
        actual_done=None,
        blocked=None,
        hold=None,
        origin="",
        series_id="",
        withdrawn=False,
        created_by=by,
        created_at=at,
        version=1,
        criteria=tuple(_unticked(c, f"{ident}.{n}") for n, c in enumerate(original.criteria)),
        tasks=tuple(Task(f"{ident}.t{n}", t.text, t.assignee_id) for n, t in enumerate(original.tasks)),
    )


def shifted(due: date, from_start: date, to_start: date, calendar: Calendar) -> date:
    """As many working days after ``to_start`` as ``due`` is after ``from_start``."""
    distance = calendar.between(from_start, due)
    return calendar.add(to_start, distance) if distance else calendar.following(to_start)


def _unticked(criterion: Criterion, ident: str) -> Criterion:
    return replace(criterion, id=ident, done_by="", done_at=None, value="", evidence="")
