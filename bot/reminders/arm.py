"""What handlers call after a change: look at it again when it is time, and tell who must know.

Everything here only adds rows to the handler's own transaction; nothing is sent from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.alerts import Alert
from bot.domain.milestone import Milestone
from bot.domain.notices import Notice, NoticeKind
from bot.domain.people import Project
from bot.ports import Anchor, Due, UnitOfWork
from bot.refs import ConversationRef
from bot.reminders.address import Posted, post
from bot.reminders.digest import next_digest
from bot.reminders.escalation import handed_over, is_about, resolved
from bot.reminders.planner import next_look
from bot.reminders.situation import Situation, open_milestones, situation_of

_LADDER = (NoticeKind.DUE_SOON, NoticeKind.OVERDUE)
_SETTLED = (*_LADDER, NoticeKind.ASSIGNED, NoticeKind.REVIEW, NoticeKind.SENT_BACK, NoticeKind.REOPENED)


def milestone_subject(milestone_id: str) -> str:
    return f"m:{milestone_id}"


def project_subject(project_id: str) -> str:
    return f"p:{project_id}"


def rearm(uow: UnitOfWork, milestone: Milestone, now: datetime, before: Milestone | None = None) -> None:
    """After any change: plan anew when to look at ``milestone``, drop what is no longer true.

    ``before`` is the milestone as it was; with the same date, owner and state of rest nothing is planned
    anew, so a reminder that is due this very moment is not skipped.
    """
    situation = situation_of(uow, milestone)
    if situation is None or (before and _same_promise(before, milestone)):
        return
    settled = replace(situation, alert=_settle(uow, situation, now))
    at = next_look(settled, now)
    if at is None:
        uow.due.remove(milestone.workspace_id, milestone_subject(milestone.id))
    else:
        uow.due.put(Due(at, milestone.workspace_id, milestone_subject(milestone.id)))


def rearm_project(uow: UnitOfWork, project: Project, now: datetime) -> None:
    """After a project was made, bound to a channel or given other hours: plan its next digest."""
    at = next_digest(project, now)
    if at is None:
        uow.due.remove(project.workspace_id, project_subject(project.id))
    else:
        uow.due.put(Due(at, project.workspace_id, project_subject(project.id)))


def project_changed(uow: UnitOfWork, was: Project, project: Project, now: datetime) -> None:
    """After any change of a saved project: its digest, and where it matters to them its milestones."""
    rearm_project(uow, project, now)
    if _rhythm(was) != _rhythm(project):
        for milestone in open_milestones(uow, project):
            rearm(uow, milestone, now)


def _rhythm(project: Project) -> tuple[object, ...]:
    """What decides when somebody is told, and who."""
    return (
        project.is_live,
        project.lead_id,
        project.head_id,
        project.calendar,
        project.zone,
        project.home,
        project.opens,
        project.closes,
    )


def announce_card(
    uow: UnitOfWork,
    milestone: Milestone,
    conversation: ConversationRef,
    asked_by: str,
    now: datetime,
    undo: str = "",
) -> None:
    """Show the milestone's card in a conversation; it becomes the anchor that later changes edit.

    ``asked_by`` hears of it when the conversation refuses the card; ``undo`` is the history entry its
    Undo button would reverse.
    """
    _tell(uow, milestone, NoticeKind.CARD, f"v{milestone.version}", now, conversation=str(conversation),
          detail={"asked_by": asked_by, "undo": undo})  # fmt: skip


def refresh_anchors(uow: UnitOfWork, milestone: Milestone, now: datetime, undo: str = "") -> None:
    """Bring every card of the milestone up to date; edits that still wait give way to this one."""
    uow.outbox.cancel(milestone.workspace_id, milestone.id, (NoticeKind.CARD_EDIT,))
    for anchor in uow.anchors.of(milestone.workspace_id, milestone.id):
        refresh_anchor(uow, milestone, anchor, now, undo)


def refresh_anchor(
    uow: UnitOfWork, milestone: Milestone, anchor: Anchor, now: datetime, undo: str = ""
) -> None:
    """Bring one card up to date."""
    message = anchor.message
    _tell(uow, milestone, NoticeKind.CARD_EDIT, f"v{milestone.version}:{message.id}", now,
          conversation=str(message.conversation), detail={"message": str(message), "undo": undo})  # fmt: skip


def announce_assignment(uow: UnitOfWork, milestone: Milestone, by_id: str, now: datetime) -> None:
    """Tell the new owner at once, unless they did it themselves."""
    if milestone.owner_id != by_id:
        _tell(uow, milestone, NoticeKind.ASSIGNED, f"v{milestone.version}", now,
              person_id=milestone.owner_id, detail={"by": by_id})  # fmt: skip


def announce_part(
    uow: UnitOfWork,
    milestone: Milestone,
    kind: NoticeKind,
    person_id: str,
    detail: Mapping[str, object],
    occurrence: str,
    now: datetime,
) -> Posted:
    """Tell somebody about one criterion or task (``detail["item"]`` is its id), once per ``occurrence``."""
    return _tell(
        uow, milestone, kind, f"{detail['item']}:{occurrence}", now, person_id=person_id, detail=detail
    )


def _tell(
    uow: UnitOfWork,
    milestone: Milestone,
    kind: NoticeKind,
    occurrence: str,
    now: datetime,
    *,
    detail: Mapping[str, object],
    person_id: str = "",
    conversation: str = "",
) -> Posted:
    notice = Notice(
        kind=kind,
        workspace_id=milestone.workspace_id,
        occurrence=occurrence,
        planned_for=now,
        milestone_id=milestone.id,
        project_id=milestone.project_id,
        person_id=person_id,
        conversation=conversation,
        detail=detail,
    )
    return post(uow, notice, now)


def _same_promise(old: Milestone, new: Milestone) -> bool:
    def promise(m: Milestone) -> tuple[object, ...]:
        return m.due, m.owner_id, m.state, m.hold, m.withdrawn, m.zone

    return promise(old) == promise(new)


def _settle(uow: UnitOfWork, situation: Situation, now: datetime) -> Alert | None:
    """The open ladder, ended when what it was about is over, paused when the owner changed."""
    milestone, alert = situation.milestone, situation.alert
    if not situation.wants_reminders:
        uow.outbox.cancel(milestone.workspace_id, milestone.id, _SETTLED)
    if alert is None:
        return None
    if is_about(alert, situation):
        settled = handed_over(alert, milestone.owner_id, now)
    else:
        settled = resolved(alert)
        uow.outbox.cancel(milestone.workspace_id, milestone.id, _LADDER)
    if settled != alert:
        uow.alerts.put(settled)
    return settled if is_about(settled, situation) else None
