"""Time passes: what is due is planned and handed to the outbox, batch by batch."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.domain.alerts import Alert
from bot.domain.local_time import local_date
from bot.domain.notices import Notice, NoticeKind
from bot.domain.people import Project
from bot.ports import Due, Store, UnitOfWork
from bot.reminders.address import Posted, post
from bot.reminders.arm import rearm_project
from bot.reminders.digest import digest_due, has_news
from bot.reminders.escalation import passed_over, sent
from bot.reminders.planner import Plan, plan
from bot.reminders.recurring import look_at_series
from bot.reminders.resting import end_rest
from bot.reminders.situation import open_milestones, situation_of
from bot.reminders.state_news import miss

log = logging.getLogger(__name__)

BATCH = 50
ASIDE = timedelta(minutes=15)
"""How long a subject that cannot be planned is left alone, so that it holds up nobody else."""


class Ticker:
    def __init__(self, store: Store, clock: Clock, batch: int = BATCH) -> None:
        self._store, self._clock, self._batch = store, clock, batch

    async def tick(self) -> int:
        """Plan everything that is due; how many subjects were looked at."""
        looked = 0
        while batch := await self.plan(self._batch):
            looked += batch
        return looked

    async def plan(self, most: int) -> int:
        """Plan at most ``most`` subjects in one transaction, the longest due first."""
        return await self._store.write(partial(plan_due, now=self._clock.now(), most=most))

    async def set_aside(self) -> None:
        """Leave the longest due subject alone for a while."""
        await self._store.write(partial(_set_aside, now=self._clock.now()))


def plan_due(uow: UnitOfWork, now: datetime, most: int) -> int:
    entries = uow.due.take(now, most)
    for due in entries:
        kind, _, subject = due.subject.partition(":")
        if kind == "m":
            _look_at_milestone(uow, due, subject, now)
        elif kind == "s":
            end_rest(uow, due, now)
        elif kind == "r":
            look_at_series(uow, due, subject, now)
        else:
            _look_at_project(uow, due, subject, now)
    return len(entries)


def _look_at_milestone(uow: UnitOfWork, due: Due, milestone_id: str, now: datetime) -> None:
    milestone = uow.milestones.get(due.workspace_id, milestone_id)
    situation = situation_of(uow, milestone) if milestone else None
    if situation is None:
        uow.due.remove(due.workspace_id, due.subject)
        return
    found = plan(situation, now, uow.new_id())
    if found.is_missed:
        miss(uow, situation.milestone, situation.project, now)
        return
    if found.notice:
        found = _handed_over(uow, found, found.notice, now)
    if found.alert and found.alert != situation.alert:
        uow.alerts.put(found.alert)
    _look_again(uow, due, found.next_at)


def _handed_over(uow: UnitOfWork, found: Plan, notice: Notice, now: datetime) -> Plan:
    """One step of a ladder waits at a time; one that reaches nobody, or that was said today already,
    gives way to the next."""
    if notice.kind is NoticeKind.OVERDUE:
        uow.outbox.cancel(notice.workspace_id, notice.milestone_id, (NoticeKind.OVERDUE,))
    posted = post(uow, notice, now)
    if posted is Posted.PLANNED or notice.kind is not NoticeKind.OVERDUE or found.alert is None:
        return found
    return replace(found, alert=_stepped(found.alert, notice, posted, now), next_at=now)


def _stepped(alert: Alert, notice: Notice, posted: Posted, now: datetime) -> Alert:
    if posted is Posted.KNOWN:
        return sent(alert, alert.planned_level, notice.person_id, now)
    return passed_over(alert, alert.planned_level)


def _look_at_project(uow: UnitOfWork, due: Due, project_id: str, now: datetime) -> None:
    project = uow.projects.get(due.workspace_id, project_id)
    if project is None:
        uow.due.remove(due.workspace_id, due.subject)
        return
    notice = digest_due(project, now)
    if notice and _is_worth_saying(uow, project, now):
        post(uow, notice, now)
    rearm_project(uow, project, now)


def _is_worth_saying(uow: UnitOfWork, project: Project, now: datetime) -> bool:
    today = local_date(now, project.zone)
    return has_news(open_milestones(uow, project), today, project.calendar)


def _look_again(uow: UnitOfWork, due: Due, at: datetime | None) -> None:
    if at is None:
        uow.due.remove(due.workspace_id, due.subject)
    else:
        uow.due.put(replace(due, at=at))


def _set_aside(uow: UnitOfWork, now: datetime) -> None:
    for due in uow.due.take(now, 1):
        log.error("cannot plan %s: left alone for a while", due.subject)
        uow.due.put(replace(due, at=now + ASIDE))
