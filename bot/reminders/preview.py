"""What will be sent if nothing changes: the planner itself, run ahead.  Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.local_time import local_date
from bot.domain.milestone import Milestone
from bot.domain.notices import Notice, NoticeKind
from bot.domain.people import Project
from bot.reminders.digest import digest_due, has_news, next_digest
from bot.reminders.escalation import next_rung, sent
from bot.reminders.planner import Plan, next_look, plan
from bot.reminders.situation import Situation

_MOST_LOOKS = 40
"""At one milestone; three days need fewer."""


@dataclass(frozen=True, slots=True)
class Coming:
    """One message that would be sent ``at`` this instant."""

    at: datetime
    notice: Notice


def of_milestone(situation: Situation, now: datetime, until: datetime) -> tuple[Coming, ...]:
    """From a ladder that begins anew, as going live leaves it."""
    situation, found = replace(situation, alert=None), list[Coming]()
    at = next_look(situation, now)
    for _ in range(_MOST_LOOKS):
        if at is None or at > until:
            break
        looked = plan(situation, at, "ahead")
        if looked.notice:
            found.append(Coming(at, looked.notice))
        situation, following = _after(situation, looked, at)
        at = following if following is None or following > at else None
    return tuple(found)


def of_project(
    project: Project, milestones: Sequence[Milestone], now: datetime, until: datetime
) -> tuple[Coming, ...]:
    """Its digests on days that have something to say."""
    return tuple(_digests(project, milestones, now, until))


def _digests(
    project: Project, milestones: Sequence[Milestone], now: datetime, until: datetime
) -> Iterator[Coming]:
    at = next_digest(project, now)
    while at is not None and at <= until:
        notice = digest_due(project, at)
        if notice and has_news(milestones, local_date(at, project.zone), project.calendar):
            yield Coming(at, notice)
        at = next_digest(project, at)


def _after(situation: Situation, looked: Plan, at: datetime) -> tuple[Situation, datetime | None]:
    """As it is once the message arrived, and when to look again."""
    alert = looked.alert
    if looked.notice is None or looked.notice.kind is not NoticeKind.OVERDUE or alert is None:
        return replace(situation, alert=alert), looked.next_at
    alert = sent(alert, alert.planned_level, looked.notice.person_id, at)
    rung = next_rung(replace(situation, alert=alert), alert)
    return replace(situation, alert=alert), rung.at if rung else None
