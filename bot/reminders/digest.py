"""The daily digest of a channel: in the project's morning, on its working days, never empty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from bot.domain.calendar import Calendar
from bot.domain.health import health
from bot.domain.milestone import Milestone
from bot.domain.notices import MANNERS, Notice, NoticeKind
from bot.domain.people import Project
from bot.reminders.quiet_time import digest_hours


def next_digest(project: Project, now: datetime) -> datetime | None:
    """The first digest later than ``now``; None for a project without a channel."""
    return digest_hours(project).morning_after(now) if project.home and project.is_live else None


def digest_due(project: Project, now: datetime) -> Notice | None:
    """The latest digest, unless its life is over: missed ones are never replayed (docs/rules.md)."""
    if project.home is None or not project.is_live:
        return None
    hours = digest_hours(project)
    at = hours.latest_morning(now)
    if now - at >= MANNERS[NoticeKind.DIGEST].life:
        return None
    return Notice(
        kind=NoticeKind.DIGEST,
        workspace_id=project.workspace_id,
        occurrence=str(hours.day_of(at)),
        planned_for=at,
        project_id=project.id,
        conversation=str(project.home),
        detail={"day": hours.day_of(at).isoformat()},
    )


def has_news(milestones: Iterable[Milestone], today: date, calendar: Calendar) -> bool:
    """Whether anything is late, stuck or due soon; a digest of green lights is not worth a message."""
    return any(health(m, today, calendar).reasons for m in milestones)
