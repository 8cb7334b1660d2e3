"""Whether there is room for one more; said before it bites to whoever could make some."""

from __future__ import annotations

from datetime import timedelta

from bot.commands.context import Context, Refused
from bot.domain.milestone import Milestone
from bot.domain.notices import Notice, NoticeKind
from bot.domain.people import Project
from bot.domain.quotas import Quota, Usage, usage
from bot.reminders.address import post
from bot.views.quotas import full_card

_A_DAY = timedelta(hours=24)


def room_for_milestone(ctx: Context, milestone: Milestone, project: Project | None) -> None:
    """Numbers count what a project ever had.  Raises `Refused`."""
    name = project.name if project else milestone.project_key
    found = _checked(ctx, usage(Quota.MILESTONES, milestone.number), name)
    if found.crossed and project:
        _warn(ctx, found, project.lead_id, project.id)


def room_for_project(ctx: Context) -> None:
    """Raises `Refused`."""
    count = len(ctx.uow.projects.keys(ctx.workspace.id)) + 1
    found = _checked(ctx, usage(Quota.PROJECTS, count), ctx.workspace.name)
    if found.crossed:
        _warn(ctx, found, ctx.person.id)


def room_for_invitation(ctx: Context) -> None:
    """Raises `Refused`."""
    count = len(ctx.uow.invitations.open(ctx.workspace.id, ctx.now)) + 1
    found = _checked(ctx, usage(Quota.INVITATIONS, count), ctx.workspace.name)
    if found.crossed:
        _warn(ctx, found, ctx.person.id)


def room_for_note(ctx: Context) -> None:
    """Raises `Refused`."""
    count = ctx.uow.notes.count_by(ctx.workspace.id, ctx.person.id, ctx.now - _A_DAY) + 1
    found = _checked(ctx, usage(Quota.NOTES, count), "")
    if found.crossed:
        _warn(ctx, found, ctx.person.id)


def _checked(ctx: Context, found: Usage, name: str) -> Usage:
    if not found.is_allowed:
        raise Refused(full_card(found, name, ctx.reader, ctx.offers))
    return found


def _warn(ctx: Context, found: Usage, person_id: str, project_id: str = "") -> None:
    """Once for each mark and day."""
    notice = Notice(
        kind=NoticeKind.QUOTA,
        workspace_id=ctx.workspace.id,
        occurrence=f"{found.quota}:{found.crossed}:{ctx.today}",
        planned_for=ctx.now,
        project_id=project_id,
        person_id=person_id,
        detail={"quota": str(found.quota), "used": found.used},
    )
    if ctx.draft is None:
        post(ctx.uow, notice, ctx.now)
