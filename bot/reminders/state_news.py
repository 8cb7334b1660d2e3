"""What handlers and the tick call when a change of state asks something of somebody else."""

from __future__ import annotations

from datetime import datetime

from bot.domain import lifecycle
from bot.domain.history import Action, History, difference
from bot.domain.local_time import local_date
from bot.domain.milestone import Milestone
from bot.domain.notices import Notice, NoticeKind
from bot.domain.people import Person, Project
from bot.domain.proposal import Stand, decided
from bot.ports import UnitOfWork
from bot.reminders import arm
from bot.reminders.address import post
from bot.reminders.proposing import tell_proposer
from bot.reminders.quiet_time import hours_of


def asked_to_approve(uow: UnitOfWork, milestone: Milestone, by_id: str, now: datetime) -> None:
    """Ask the approver, unless they handed it in themselves."""
    if milestone.approver_id != by_id:
        _tell(uow, milestone, NoticeKind.REVIEW, milestone.approver_id, by_id, "", now)


def sent_back(uow: UnitOfWork, milestone: Milestone, entry: History, now: datetime) -> None:
    if milestone.owner_id != entry.actor_id:
        _tell(uow, milestone, NoticeKind.SENT_BACK, milestone.owner_id, entry.actor_id, entry.id, now)


def reopened(uow: UnitOfWork, milestone: Milestone, entry: History, now: datetime) -> None:
    if milestone.owner_id != entry.actor_id:
        _tell(uow, milestone, NoticeKind.REOPENED, milestone.owner_id, entry.actor_id, entry.id, now)


def miss(uow: UnitOfWork, milestone: Milestone, project: Project, now: datetime) -> None:
    """An event's day is over: nobody's doing, told to owner and lead in their next morning."""
    missed = lifecycle.missed(milestone, local_date(now, milestone.zone))
    before, after = difference(milestone, missed)
    entry = History(
        id=uow.new_id(),
        workspace_id=milestone.workspace_id,
        milestone_id=milestone.id,
        at=now,
        actor_id="",
        action=Action.MISSED,
        before=before,
        after=after,
        version=missed.version,
    )
    uow.milestones.save(missed)
    uow.histories.add(entry)
    for proposal in uow.proposals.open_about(missed.workspace_id, missed.id):
        lapsed = decided(proposal, Stand.LAPSED, "", now)
        uow.proposals.save(lapsed)
        tell_proposer(uow, lapsed, missed, now)
    arm.rearm(uow, missed, now, before=milestone)
    arm.refresh_anchors(uow, missed, now, undo=entry.id)
    for person_id in dict.fromkeys((missed.owner_id, project.lead_id)):
        person = uow.people.get(missed.workspace_id, person_id)
        if person and person.active:
            _tell_in_the_morning(uow, missed, person, project, entry, now)


def _tell_in_the_morning(
    uow: UnitOfWork, milestone: Milestone, person: Person, project: Project, entry: History, now: datetime
) -> None:
    at = hours_of(person, project).opening(now)
    notice = _notice(milestone, NoticeKind.MISSED, person.id, "", entry.id, at)
    post(uow, notice, now)


def _tell(
    uow: UnitOfWork,
    milestone: Milestone,
    kind: NoticeKind,
    person_id: str,
    by_id: str,
    entry_id: str,
    now: datetime,
) -> None:
    post(uow, _notice(milestone, kind, person_id, by_id, entry_id, now), now)


def _notice(
    milestone: Milestone, kind: NoticeKind, person_id: str, by_id: str, entry_id: str, at: datetime
) -> Notice:
    return Notice(
        kind=kind,
        workspace_id=milestone.workspace_id,
        occurrence=f"v{milestone.version}",
        planned_for=at,
        milestone_id=milestone.id,
        project_id=milestone.project_id,
        person_id=person_id,
        detail={"by": by_id, "entry": entry_id},
    )
