"""Where a notice goes: a conversation, a person's account, or whoever stands in for someone unreachable."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import Enum, auto

from bot.domain.notices import Notice, NoticeKind
from bot.domain.people import Person, Project
from bot.ports import UnitOfWork
from bot.refs import ConversationRef, PersonRef
from bot.reminders.quiet_time import hours_of
from bot.reminders.rehearsal import rehearsed

HANDED_ON = frozenset(
    {
        NoticeKind.DUE_SOON,
        NoticeKind.OVERDUE,
        NoticeKind.ASSIGNED,
        NoticeKind.TOGETHER,
        NoticeKind.REVIEW,
        NoticeKind.SENT_BACK,
        NoticeKind.REOPENED,
        NoticeKind.HOLD_OVER,
        NoticeKind.MISSED,
    }
)
"""Kinds that somebody must hear: unreachable people's go to their project's lead."""


_BESIDE = frozenset({NoticeKind.DUE_SOON, NoticeKind.OVERDUE, NoticeKind.ASSIGNED})
"""Kinds that whoever stands in for the owner hears as well."""


class Posted(Enum):
    """What became of a notice."""

    PLANNED = auto()
    KNOWN = auto()  # the same one was planned before, whatever became of it
    NOBODY = auto()  # there is no one to tell


def lane_of(to: PersonRef | ConversationRef) -> str:
    """One destination's queue.  Threads share their conversation's: platforms limit the conversation."""
    return f"{to.platform}:{to.workspace}:{to.id}"


def post(uow: UnitOfWork, notice: Notice, now: datetime) -> Posted:
    """Plan ``notice`` for its conversation or its person, else for the lead in their place."""
    allowed = rehearsed(uow, notice)
    if allowed is None:
        return Posted.NOBODY
    notice = allowed
    if notice.conversation:
        return _to_conversation(uow, notice)
    person = uow.people.get(notice.workspace_id, notice.person_id)
    if person and notice.kind in _BESIDE:
        _tell_deputy(uow, notice, person, now)
    identity = uow.people.address(person) if person else None
    if identity:
        added = uow.outbox.add(notice, str(identity.ref), identity.ref.platform, lane_of(identity.ref))
        return Posted.PLANNED if added else Posted.KNOWN
    if person and notice.kind in HANDED_ON and "instead_of" not in notice.detail:
        return _to_lead(uow, notice, person, now)
    return Posted.NOBODY


def _tell_deputy(uow: UnitOfWork, notice: Notice, person: Person, now: datetime) -> None:
    """Beside the owner, whoever stands in for them that day; the ladder climbs by the owner alone."""
    milestone = uow.milestones.get(notice.workspace_id, notice.milestone_id)
    deputy_id = person.deputy_on(hours_of(person).day_of(now))
    if not deputy_id or milestone is None or milestone.owner_id != person.id:
        return
    detail = {"for": person.id, "due": milestone.due.isoformat()}
    beside = replace(notice, kind=NoticeKind.DEPUTY, person_id=deputy_id, detail=detail)
    post(uow, beside, now)


def cannot_deliver(person: Person, project: Project, lead: Person, platform: str, now: datetime) -> Notice:
    """Told to the lead once a day for each person."""
    return Notice(
        kind=NoticeKind.CANNOT_DELIVER,
        workspace_id=person.workspace_id,
        occurrence=f"{person.id}:{hours_of(lead).day_of(now)}",
        planned_for=now,
        project_id=project.id,
        person_id=lead.id,
        detail={"instead_of": person.id, "platform": platform},
    )


def _to_conversation(uow: UnitOfWork, notice: Notice) -> Posted:
    to = ConversationRef.parse(notice.conversation)
    added = uow.outbox.add(notice, notice.conversation, to.platform, lane_of(to))
    return Posted.PLANNED if added else Posted.KNOWN


def _to_lead(uow: UnitOfWork, notice: Notice, person: Person, now: datetime) -> Posted:
    project = uow.projects.get(notice.workspace_id, notice.project_id)
    lead = uow.people.get(notice.workspace_id, project.lead_id) if project else None
    if project is None or lead is None or lead.id == person.id or not lead.active:
        return Posted.NOBODY
    identities = uow.people.identities(person.workspace_id, person.id)
    platform = identities[0].ref.platform if identities else ""
    detail = {**notice.detail, "instead_of": person.id}
    posted = post(uow, replace(notice, person_id=lead.id, detail=detail), now)
    if posted is Posted.PLANNED:
        post(uow, cannot_deliver(person, project, lead, platform, now), now)
    return posted
