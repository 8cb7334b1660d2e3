"""What time does to a milestone that rests, and to an event that has its one day.  Pure."""

from __future__ import annotations

from datetime import datetime

from bot.domain.lifecycle import next_states
from bot.domain.milestone import Milestone, State
from bot.domain.notices import Notice, NoticeKind
from bot.reminders.quiet_time import Hours, end_of, hours_of
from bot.reminders.situation import Situation

AGAIN = 5
"""Working days until an owner who gave no answer is asked again what becomes of it."""


def is_resting(situation: Situation) -> bool:
    milestone = situation.milestone
    on_hold = milestone.state is State.ON_HOLD and milestone.hold is not None
    return on_hold and not milestone.withdrawn and situation.project.is_live


def review_at(situation: Situation) -> datetime | None:
    """The owner's morning of the day to look again; None without a hold or an owner."""
    hold, hours = situation.milestone.hold, _owners_hours(situation)
    if hold is None or hours is None:
        return None
    return hours.morning(hours.calendar.following(hold.review_on))


def look_again(situation: Situation, now: datetime) -> datetime | None:
    """When to ask what becomes of it, later than ``now``."""
    at, hours = review_at(situation), _owners_hours(situation)
    if at is None or hours is None or at > now:
        return at
    return hours.morning_after(now)


def asked(situation: Situation, now: datetime) -> tuple[Notice | None, datetime | None]:
    """The question to the owner, if its day has come, and when to look again."""
    at, hours = review_at(situation), _owners_hours(situation)
    if at is None or hours is None:
        return None, None
    if at > now:
        return None, at
    if not hours.is_open(now):
        return None, hours.opening(now)
    return _question(situation, hours, now), hours.morning(hours.calendar.add(hours.day_of(now), AGAIN))


def ends_missed(milestone: Milestone) -> bool:
    """Whether nothing but a miss can come of its day passing: no ladder climbs for it."""
    return State.MISSED in next_states(milestone)


def miss_at(situation: Situation, now: datetime) -> datetime:
    """When an event is missed, later than ``now``: the end of its day; when that was taken back, the next
    morning, so that there is time to say what became of it."""
    end = end_of(situation.milestone.due, situation.milestone.zone)
    hours = _owners_hours(situation) or hours_of(situation.project)
    return end if end > now else hours.morning_after(now)


def _owners_hours(situation: Situation) -> Hours | None:
    return hours_of(situation.owner, situation.project) if situation.owner else None


def _question(situation: Situation, hours: Hours, now: datetime) -> Notice:
    """The local day is in the key: asked again later it is another question."""
    milestone = situation.milestone
    review_on = milestone.hold.review_on.isoformat() if milestone.hold else ""
    return Notice(
        kind=NoticeKind.HOLD_OVER,
        workspace_id=milestone.workspace_id,
        occurrence=f"{review_on}:{hours.day_of(now)}",
        planned_for=now,
        milestone_id=milestone.id,
        project_id=milestone.project_id,
        person_id=milestone.owner_id,
        detail={"review_on": review_on},
    )
