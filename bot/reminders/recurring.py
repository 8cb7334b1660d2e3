"""The next one of a series: when it appears, and the tick that makes it, exactly once.

Its row in the due table is locked while it is looked at, and the series moves on in the same transaction, so
two workers make one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.domain.history import Action, History, facts
from bot.domain.local_time import local_date, morning
from bot.domain.milestone import CRITERIA_LIMIT, Criterion, Milestone
from bot.domain.people import Project
from bot.domain.recurrence import due_on, next_day
from bot.domain.series import AHEAD, Series
from bot.ports import Due, UnitOfWork
from bot.reminders import arm
from bot.reminders.rehearsal import rehearses


def series_subject(series_id: str) -> str:
    return f"r:{series_id}"


def rearm_series(uow: UnitOfWork, series: Series, now: datetime) -> None:
    """After the series or its newest milestone changed: plan when the next one appears."""
    project = uow.projects.get(series.workspace_id, series.project_id)
    at = _appears(uow, series, project, now) if project else None
    if at is None:
        uow.due.remove(series.workspace_id, series_subject(series.id))
    else:
        uow.due.put(Due(at, series.workspace_id, series_subject(series.id)))


def look_at_series(uow: UnitOfWork, due: Due, series_id: str, now: datetime) -> None:
    """Make the next one if its time has come, and plan the one after it."""
    series = uow.series.get(due.workspace_id, series_id)
    project = uow.projects.get(due.workspace_id, series.project_id) if series else None
    at = _appears(uow, series, project, now) if series and project else None
    if series is None or project is None or at is None:
        uow.due.remove(due.workspace_id, due.subject)
    elif at > now:
        uow.due.put(replace(due, at=at))
    else:
        rearm_series(uow, _made(uow, series, project, now), now)


def _appears(uow: UnitOfWork, series: Series, project: Project | None, now: datetime) -> datetime | None:
    """At once when the newest one is over, else some working days before the next date, yet not before the
    newest one is due, so that what comes often does not pile up; None at the end."""
    following = _following(series, project, now)
    if project is None or following is None:
        return None
    newest = uow.milestones.get(series.workspace_id, series.milestone_id)
    if newest is None or not newest.is_open:
        return now
    return morning(max(project.calendar.add(following[1], -AHEAD), newest.due), project.zone)


def _following(series: Series, project: Project | None, now: datetime) -> tuple[date, date, int] | None:
    """(day by the rule, day of work, how many by then)."""
    if project is None or project.archived or project.withdrawn or series.is_over:
        return None
    found = next_day(series, project.calendar, local_date(now, project.zone))
    return (found[0], due_on(series.rule, found[0], project.calendar), found[1]) if found else None


def _made(uow: UnitOfWork, series: Series, project: Project, now: datetime) -> Series:
    following = _following(series, project, now)
    if following is None:
        return series
    day, due, count = following
    milestone = _milestone(uow, series, project, due, now)
    uow.milestones.add(milestone)
    entry = _entry(uow, milestone, now)
    uow.histories.add(entry)
    moved_on = series.next(last=day, made=count, milestone_id=milestone.id)
    uow.series.save(moved_on)
    arm.rearm(uow, milestone, now)
    if project.home is not None and not rehearses(uow, project.workspace_id):
        arm.announce_card(uow, milestone, project.home, series.created_by, now, undo=entry.id)
    arm.announce_assignment(uow, milestone, "", now)
    return moved_on


def _milestone(uow: UnitOfWork, series: Series, project: Project, due: date, now: datetime) -> Milestone:
    return Milestone(
        id=uow.new_id(),
        workspace_id=series.workspace_id,
        project_id=project.id,
        project_key=project.key,
        number=uow.projects.next_number(series.workspace_id, project.id),
        title=series.title,
        owner_id=_owner(uow, series, project),
        due=due,
        baseline_due=due,
        zone=project.zone,
        created_by=series.created_by,
        created_at=now,
        phase_id=series.phase_id,
        series_id=series.id,
        criteria=tuple(Criterion(uow.new_id(), text) for text in series.needs[:CRITERIA_LIMIT]),
    )


def _owner(uow: UnitOfWork, series: Series, project: Project) -> str:
    """Who left owns nothing new: the lead does."""
    owner = uow.people.get(series.workspace_id, series.owner_id)
    return owner.id if owner and owner.active else project.lead_id


def _entry(uow: UnitOfWork, milestone: Milestone, now: datetime) -> History:
    """Nobody's doing, so nobody's plain "undo" takes it back."""
    return History(
        id=uow.new_id(),
        workspace_id=milestone.workspace_id,
        milestone_id=milestone.id,
        at=now,
        actor_id="",
        action=Action.CREATED,
        before={"withdrawn": True},
        after=facts(milestone),
        version=milestone.version,
    )
