"""A draft whose owner is still to be found: the lead is told at once, and again while it becomes urgent."""

from __future__ import annotations

from datetime import datetime

from bot.domain.milestone import Milestone, State
from bot.domain.notices import Notice, NoticeKind
from bot.ports import UnitOfWork
from bot.reminders.address import post
from bot.reminders.quiet_time import end_of, hours_of
from bot.reminders.situation import Situation

OFFSETS = (10, 5, 2, 0)
"""Working days before the date on which whoever must find them is reminded."""


def is_to_come(milestone: Milestone) -> bool:
    return milestone.is_open and milestone.state is State.DRAFT and bool(milestone.owner_role)


def announce_to_come(uow: UnitOfWork, milestone: Milestone, now: datetime) -> None:
    """Tell whoever must find them, at once."""
    post(uow, _notice(milestone, "made", now), now)


def to_come_notice(situation: Situation, now: datetime) -> Notice | None:
    """The latest reminder whose time has come."""
    latest = [event for event in _events(situation) if event[0] <= now][-1:]
    return _notice(situation.milestone, str(latest[0][1]), latest[0][0]) if latest else None


def next_to_come(situation: Situation, now: datetime) -> datetime | None:
    return next((at for at, _ in _events(situation) if at > now), None)


def _events(situation: Situation) -> tuple[tuple[datetime, int], ...]:
    """(instant, offset in working days) of each reminder, in order; the smallest offset of one morning."""
    milestone, finder = situation.milestone, situation.owner
    if finder is None or not is_to_come(milestone):
        return ()
    hours, end = hours_of(finder, situation.project), end_of(milestone.due, milestone.zone)
    days = {n: hours.calendar.add(milestone.due, -n) for n in sorted(OFFSETS, reverse=True)}
    found = {hours.morning_until(day, end): n for n, day in days.items()}
    return tuple(sorted((at, n) for at, n in found.items() if at > milestone.created_at))


def _notice(milestone: Milestone, step: str, at: datetime) -> Notice:
    return Notice(
        kind=NoticeKind.OWNER_TO_COME,
        workspace_id=milestone.workspace_id,
        occurrence=f"{milestone.due}:{step}",
        planned_for=at,
        milestone_id=milestone.id,
        project_id=milestone.project_id,
        person_id=milestone.owner_id,
    )
