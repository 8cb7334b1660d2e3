"""A project's channel cannot be written to: who acts on it is told once, its lead at once."""

from __future__ import annotations

from datetime import datetime

from bot.domain.milestone import Milestone
from bot.domain.notices import Notice, NoticeKind
from bot.domain.people import Project
from bot.ports import KnownPlace, UnitOfWork
from bot.reminders.address import post


def tell_who_acts(
    uow: UnitOfWork, milestone: Milestone, project: Project | None, actor_id: str, now: datetime
) -> None:
    """Once per person and closed place; nothing when the channel hears, or there is none."""
    place = uow.places.get(project.home.root) if project and project.home else None
    if project is None or place is None or not place.disabled:
        return
    notice = Notice(
        kind=NoticeKind.CANNOT_HEAR,
        workspace_id=milestone.workspace_id,
        occurrence=f"{place.ref}:{place.disabled}",
        planned_for=now,
        project_id=project.id,
        person_id=actor_id,
        detail={"conversation": str(place.ref), "milestone": milestone.id},
    )
    post(uow, notice, now)


def tell_the_lead(uow: UnitOfWork, place: KnownPlace, now: datetime) -> None:
    """Of every project whose channel this was."""
    for project in uow.projects.all(place.workspace_id):
        if project.home and project.home.root == place.ref.root:
            post(uow, _removed(project, place, now), now)


def _removed(project: Project, place: KnownPlace, now: datetime) -> Notice:
    return Notice(
        kind=NoticeKind.REMOVED,
        workspace_id=place.workspace_id,
        occurrence=f"{place.ref}:{now.isoformat()}",
        planned_for=now,
        project_id=project.id,
        person_id=project.lead_id,
        detail={"conversation": str(place.ref)},
    )
