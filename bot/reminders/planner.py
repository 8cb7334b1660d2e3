"""What is due to be said about a milestone now, and when to look again.  Pure: time is an argument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.alerts import Alert
from bot.domain.local_time import local_date
from bot.domain.notices import MANNERS, Notice, NoticeKind
from bot.domain.people import Person
from bot.domain.policy import Target
from bot.reminders.escalation import (
    Rung,
    is_about,
    next_rung,
    opened,
    planned,
    resolved,
    sent,
    unplanned,
    waits_for_delivery,
)
from bot.reminders.holding import asked, ends_missed, is_resting, look_again, miss_at
from bot.reminders.quiet_time import end_of, hours_of
from bot.reminders.situation import Situation
from bot.reminders.to_come import is_to_come, next_to_come, to_come_notice

CATCH_UP = timedelta(hours=24)
"""A reminder later than this is not sent any more: what comes next covers it (docs/rules.md)."""


GIVE_UP = MANNERS[NoticeKind.OVERDUE].life + timedelta(hours=1)
"""Looking at a ladder this long after a step was planned means that its message never left."""


@dataclass(frozen=True, slots=True)
class Plan:
    """``alert`` is the value to store, None when there is none; ``next_at`` None: nothing to look at;
    ``is_missed``: an event's day is over, so it becomes missed now."""

    notice: Notice | None = None
    alert: Alert | None = None
    next_at: datetime | None = None
    is_missed: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """One future sending."""

    at: datetime
    target: Target
    kind: NoticeKind


def plan(situation: Situation, now: datetime, alert_id: str) -> Plan:
    """At most one notice: the latest that is still true.  ``alert_id`` names a ladder if one opens now."""
    alert = situation.alert
    if alert and not is_about(alert, situation):
        alert = resolved(alert)
    if is_resting(situation):
        question, at = asked(situation, now)
        return Plan(question, alert, at)
    if is_to_come(situation.milestone):
        return Plan(to_come_notice(situation, now), alert, next_to_come(situation, now))
    if not situation.wants_reminders:
        return Plan(alert=alert)
    if end_of(situation.milestone.due, situation.milestone.zone) > now:
        return _before_due(situation, alert, now)
    if ends_missed(situation.milestone):
        return Plan(alert=alert, is_missed=True)
    ladder = alert if alert and is_about(alert, situation) else opened(situation, alert_id)
    return _overdue(situation, ladder, now)


def next_look(situation: Situation, now: datetime) -> datetime | None:
    """When to look after a change at ``now``: later than now, so that what was due before the change is
    not said about it.  None when there is nothing left to say."""
    alert = situation.alert
    if is_resting(situation):
        return look_again(situation, now)
    if is_to_come(situation.milestone):
        return next_to_come(situation, now)
    if not situation.wants_reminders:
        return None
    if alert and waits_for_delivery(alert):
        return now + GIVE_UP
    soon = next((at for at, _ in due_soon(situation) if at > now), None)
    if soon:
        return soon
    if ends_missed(situation.milestone):
        return miss_at(situation, now)
    rung = next_rung(situation, alert or opened(situation, ""))
    if rung is None or rung.at > now:
        return rung.at if rung else None
    return rung.recipient.hours.morning_after(now)


def timetable(situation: Situation, now: datetime) -> tuple[Planned, ...]:
    """Every future sending, if nothing changes and each is sent when it is planned."""
    if is_resting(situation):
        at = look_again(situation, now)
        return (Planned(at, Target.OWNER, NoticeKind.HOLD_OVER),) if at else ()
    soon = tuple(Planned(at, Target.OWNER, NoticeKind.DUE_SOON) for at, _ in due_soon(situation) if at > now)
    return (*soon, *_climb(situation))


def due_soon(situation: Situation) -> tuple[tuple[datetime, int], ...]:
    """(instant, offset in working days) of each reminder, in order, at the owner's working mornings."""
    owner = situation.owner
    if owner is None or not situation.wants_reminders:
        return ()
    offsets = situation.policy.offsets(_duration(situation))
    smallest_offset_at = {_reminder(situation, owner, n): n for n in sorted(offsets, reverse=True)}
    made = situation.milestone.created_at
    awake = ((at, n) for at, n in smallest_offset_at.items() if not situation.is_asleep(owner.id, at))
    return tuple(sorted((at, n) for at, n in awake if at > made))


def _before_due(situation: Situation, alert: Alert | None, now: datetime) -> Plan:
    events = due_soon(situation)
    following = next((at for at, _ in events if at > now), _first_overdue(situation))
    latest = [event for event in events if event[0] <= now][-1:]
    if not latest or now - latest[0][0] > CATCH_UP or situation.owner is None:
        return Plan(None, alert, following)
    hours = hours_of(situation.owner, situation.project)
    if not hours.is_open(now):
        return Plan(None, alert, min(filter(None, (hours.opening(now), following))))
    return Plan(_due_soon_notice(situation, *latest[0]), alert, following)


def _overdue(situation: Situation, ladder: Alert, now: datetime) -> Plan:
    ladder = unplanned(ladder) if waits_for_delivery(ladder) else ladder
    known = ladder if situation.alert else None
    rung = next_rung(situation, ladder)
    if rung is None:
        return Plan(alert=known)
    if rung.at > now:
        return Plan(alert=known, next_at=rung.at)
    if not rung.recipient.hours.is_open(now):
        return Plan(alert=known, next_at=rung.recipient.hours.opening(now))
    return Plan(_overdue_notice(situation, rung, now), planned(ladder, rung.level), now + GIVE_UP)


def _first_overdue(situation: Situation) -> datetime | None:
    if ends_missed(situation.milestone):
        return end_of(situation.milestone.due, situation.milestone.zone)
    rung = next_rung(situation, opened(situation, ""))
    return rung.at if rung else None


def _climb(situation: Situation) -> tuple[Planned, ...]:
    if not situation.wants_reminders or ends_missed(situation.milestone):
        return ()
    current = situation.alert if situation.alert and is_about(situation.alert, situation) else None
    alert, climbed = current or opened(situation, ""), list[Planned]()
    while rung := next_rung(situation, alert):
        climbed.append(Planned(rung.at, rung.target, NoticeKind.OVERDUE))
        alert = sent(planned(alert, rung.level), rung.level, rung.recipient.person_id, rung.at)
    return tuple(climbed)


def _duration(situation: Situation) -> int:
    milestone = situation.milestone
    start = milestone.actual_start or local_date(milestone.created_at, milestone.zone)
    return situation.project.calendar.duration(min(start, milestone.due), milestone.due)


def _reminder(situation: Situation, owner: Person, offset: int) -> datetime:
    hours, milestone = hours_of(owner, situation.project), situation.milestone
    day = hours.calendar.add(milestone.due, -offset)
    return hours.morning_until(day, end_of(milestone.due, milestone.zone))


def _due_soon_notice(situation: Situation, at: datetime, offset: int) -> Notice:
    milestone = situation.milestone
    return Notice(
        kind=NoticeKind.DUE_SOON,
        workspace_id=milestone.workspace_id,
        occurrence=f"{milestone.due}:{offset}",
        planned_for=at,
        milestone_id=milestone.id,
        project_id=milestone.project_id,
        person_id=milestone.owner_id,
        detail={"due": milestone.due.isoformat(), "offset": offset},
    )


def _overdue_notice(situation: Situation, rung: Rung, now: datetime) -> Notice:
    """The local day is in the key: a step that expired unsent is planned anew on another day."""
    milestone = situation.milestone
    day = rung.recipient.hours.day_of(now)
    return Notice(
        kind=NoticeKind.OVERDUE,
        workspace_id=milestone.workspace_id,
        occurrence=f"{milestone.due}:{rung.level}:{day}",
        planned_for=now,
        milestone_id=milestone.id,
        project_id=milestone.project_id,
        person_id=rung.recipient.person_id,
        conversation=rung.recipient.conversation,
        detail={"due": milestone.due.isoformat(), "level": rung.level, "target": str(rung.target)},
    )
