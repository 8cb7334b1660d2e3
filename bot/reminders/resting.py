"""Reminders that rest for one person, and what is said when they wake (docs/rules.md, ES-4)."""

from __future__ import annotations

from datetime import datetime

from bot.domain.milestone import Milestone
from bot.domain.notices import Notice, NoticeKind
from bot.domain.snooze import Snooze
from bot.ports import Due, UnitOfWork
from bot.reminders import arm
from bot.reminders.address import post
from bot.reminders.escalation import is_about, opened, slept_through
from bot.reminders.quiet_time import end_of
from bot.reminders.situation import situation_of


def rest(uow: UnitOfWork, snooze: Snooze, milestone: Milestone, now: datetime) -> None:
    """From now on, for this person alone; everybody else is told as before."""
    uow.snoozes.put(snooze)
    uow.due.put(Due(snooze.until, snooze.workspace_id, _subject(snooze.milestone_id, snooze.person_id)))
    arm.rearm(uow, milestone, now)


def wake(uow: UnitOfWork, milestone: Milestone, person_id: str, now: datetime) -> None:
    """Reminders come again, from the next that is due."""
    _count_what_was_slept_through(uow, milestone, now)
    uow.snoozes.remove(milestone.workspace_id, milestone.id, person_id)
    uow.due.remove(milestone.workspace_id, _subject(milestone.id, person_id))
    arm.rearm(uow, milestone, now)


def end_rest(uow: UnitOfWork, due: Due, now: datetime) -> None:
    """Its time has come: said again to whoever wanted it, once."""
    _, milestone_id, person_id = due.subject.split(":", 2)
    found = uow.snoozes.about(due.workspace_id, milestone_id)
    snooze = next((s for s in found if s.person_id == person_id), None)
    milestone = uow.milestones.get(due.workspace_id, milestone_id)
    if snooze and snooze.until > now:
        uow.due.put(Due(snooze.until, due.workspace_id, due.subject))
        return
    uow.due.remove(due.workspace_id, due.subject)
    if snooze and milestone:
        _count_what_was_slept_through(uow, milestone, now)
        uow.snoozes.remove(due.workspace_id, milestone_id, person_id)
        post(uow, _notice(snooze, milestone, now), now)
        arm.rearm(uow, milestone, now)


def _count_what_was_slept_through(uow: UnitOfWork, milestone: Milestone, now: datetime) -> None:
    """Before it is over: what the ladder left out for this person is behind it."""
    situation = situation_of(uow, milestone)
    if situation is None or not situation.wants_reminders or end_of(milestone.due, milestone.zone) > now:
        return
    alert = situation.alert
    ladder = alert if alert and is_about(alert, situation) else opened(situation, uow.new_id())
    after = slept_through(situation, ladder, now)
    if after != ladder:
        uow.alerts.put(after)


def _subject(milestone_id: str, person_id: str) -> str:
    return f"s:{milestone_id}:{person_id}"


def _notice(snooze: Snooze, milestone: Milestone, now: datetime) -> Notice:
    return Notice(
        kind=NoticeKind.RESTED,
        workspace_id=snooze.workspace_id,
        occurrence=snooze.until.isoformat(),
        planned_for=now,
        milestone_id=milestone.id,
        project_id=milestone.project_id,
        person_id=snooze.person_id,
        detail={"due": milestone.due.isoformat()},
    )
