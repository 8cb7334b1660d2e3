"""The overdue ladder: who is told next and when (domain ES-1…ES-3, ES-5, ES-9).

Steps are frozen when the alert opens; who they mean is decided when they fire.  A delay counts working
days of whoever is told, from the previous *sending*.  Repeats of the last step continue the numbering of
levels, so that one number says how far a ladder has come.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.alerts import Alert, AlertState
from bot.domain.policy import Step, Target
from bot.reminders.quiet_time import end_of
from bot.reminders.situation import Recipient, Situation


@dataclass(frozen=True, slots=True)
class Rung:
    """The next thing a ladder says: ``level`` counts steps and repeats, ``at`` is when it is due."""

    level: int
    target: Target
    recipient: Recipient
    at: datetime


def opened(situation: Situation, alert_id: str) -> Alert:
    """A ladder at its foot, its steps frozen."""
    milestone, policy = situation.milestone, situation.policy
    return Alert(
        id=alert_id,
        workspace_id=milestone.workspace_id,
        milestone_id=milestone.id,
        due=milestone.due,
        steps=policy.overdue,
        repeat=policy.repeat,
        repeat_every=policy.repeat_every,
    )


def is_about(alert: Alert, situation: Situation) -> bool:
    """Whether the ladder still climbs for what the milestone promises now."""
    return alert.due == situation.milestone.due and situation.wants_reminders


def waits_for_delivery(alert: Alert) -> bool:
    """A step was handed to the outbox and nothing is known of it yet."""
    return alert.planned_level > alert.sent_level


def asks_the_channel_on(situation: Situation, day: date) -> bool:
    """Whether the ladder's latest step is said in the project's channel on that day."""
    alert = situation.alert
    if alert is None or not is_about(alert, situation) or not alert.planned_level:
        return False
    step = alert.steps[min(alert.planned_level, _top(alert)) - 1]
    recipient = situation.recipient(step.target)
    if recipient is None or not recipient.conversation:
        return False
    is_today = alert.sent_at is not None and recipient.hours.day_of(alert.sent_at) == day
    return waits_for_delivery(alert) or is_today


def next_rung(situation: Situation, alert: Alert) -> Rung | None:
    """None when everybody who can be told was told as often as the policy says."""
    waited: int | None = None
    slept = 0
    for level, step, delay in _ahead(alert):
        recipient = situation.recipient(step.target)
        if recipient is None:  # nobody there: the next one hears it when this one would have (ES-5)
            waited = delay if waited is None else waited
        elif not _was_told(situation, alert, level, recipient):
            wait = slept + (delay if waited is None else waited)
            at = _instant(situation, alert, recipient, wait)
            if not situation.is_asleep(recipient.person_id, at):
                return Rung(level, step.target, recipient, at)
            slept, waited = wait, None  # whoever comes next hears it no sooner and no later for that (ES-4)
    return None


def slept_through(situation: Situation, alert: Alert, now: datetime) -> Alert:
    """The ladder as if whoever let it rest had been told when they would have been: their step is not made up
    for, so that nobody after them hears it a day later."""
    for level, step, delay in _ahead(alert):
        recipient = situation.recipient(step.target)
        if recipient is None or _was_told(situation, alert, level, recipient):
            continue
        at = _instant(situation, alert, recipient, delay)
        if at > now or not situation.is_asleep(recipient.person_id, at):
            return alert
        return slept_through(situation, sent(planned(alert, level), level, recipient.person_id, at), now)
    return alert


def planned(alert: Alert, level: int) -> Alert:
    """A step was handed to the outbox."""
    return replace(alert, planned_level=level, round=max(0, level - _top(alert)))


def sent(alert: Alert, level: int, person_id: str, at: datetime) -> Alert:
    """A step arrived: the next delay counts from here (ES-2), and this person is not told again."""
    told = (*alert.told, person_id) if person_id and person_id not in alert.told else alert.told
    asked_at = at if person_id else alert.asked_at
    level = max(level, alert.sent_level)
    return replace(alert, sent_level=level, sent_at=at, told=told, asked_at=asked_at)


def passed_over(alert: Alert, level: int) -> Alert:
    """A step reached nobody: the next one is due at once, since nothing was sent (ES-5)."""
    return replace(alert, sent_level=max(level, alert.sent_level))


def unplanned(alert: Alert) -> Alert:
    """A step was too late to be true: it is planned anew, for their next morning."""
    return planned(alert, alert.sent_level)


def resolved(alert: Alert) -> Alert:
    return replace(alert, state=AlertState.RESOLVED)


def handed_over(alert: Alert, owner_id: str, at: datetime) -> Alert:
    """A new owner has a full delay before anybody else hears of it; being made owner told them."""
    return alert if owner_id in alert.told or not alert.told else sent(alert, alert.sent_level, owner_id, at)


def _ahead(alert: Alert) -> Iterator[tuple[int, Step, int]]:
    """(level, step, delay) of what was not planned yet, repeats last."""
    for number, step in enumerate(alert.steps, start=1):
        if number > alert.planned_level:
            yield number, step, step.delay
    if alert.sent_level < _top(alert):  # repeats repeat something that was said
        return
    for level in range(max(_top(alert), alert.planned_level) + 1, _top(alert) + alert.repeat + 1):
        yield level, alert.steps[-1], alert.repeat_every


def _top(alert: Alert) -> int:
    return len(alert.steps)


def _was_told(situation: Situation, alert: Alert, level: int, recipient: Recipient) -> bool:
    """One ladder tells a person once, and the owner of their own milestone at the first step only
    (ES-9); repeats go to whoever heard the last step."""
    if not recipient.person_id:
        return False
    if level > _top(alert):
        return recipient.person_id in alert.told[:-1]
    return recipient.person_id in alert.told or (
        level > 1 and recipient.person_id == situation.milestone.owner_id
    )


def _instant(situation: Situation, alert: Alert, recipient: Recipient, delay: int) -> datetime:
    hours, milestone = recipient.hours, situation.milestone
    earliest = end_of(milestone.due, milestone.zone)
    counted_from = hours.day_of(alert.sent_at) if alert.sent_at else milestone.due
    return hours.morning_from(hours.calendar.add(counted_from, delay), earliest)
