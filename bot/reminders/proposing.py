"""Who is told what about a proposal: the decider until it is answered, the proposer once it is.

Like `arm`: everything here only adds rows to the caller's own transaction.
"""

from __future__ import annotations

from datetime import datetime

from bot.access import Rule
from bot.domain.milestone import Milestone
from bot.domain.notices import Notice, NoticeKind
from bot.domain.outbox import OutboxRow
from bot.domain.proposal import Proposal
from bot.ports import UnitOfWork
from bot.reminders.address import Posted, post
from bot.reminders.deciding import deciders, matter_of

ASKED_WHY = "why"


def tell_decider(uow: UnitOfWork, proposal: Proposal, milestone: Milestone, now: datetime) -> Posted:
    """Ask for an answer; again when there is more to say about it."""
    occurrence = f"{proposal.id}:{proposal.version}"
    return post(
        uow, _notice(NoticeKind.PROPOSED, proposal, milestone, proposal.to_id, occurrence, "", now), now
    )


def tell_proposer(
    uow: UnitOfWork, proposal: Proposal, milestone: Milestone, now: datetime, says: str = ""
) -> Posted:
    """The outcome, once; or that the decider wants to know why."""
    says = says or str(proposal.state)
    person = uow.people.get(proposal.workspace_id, proposal.by_id)
    if person is None or not person.active or proposal.by_id == proposal.decided_by:
        return Posted.NOBODY
    occurrence = f"{proposal.id}:{says}"
    notice = _notice(NoticeKind.PROPOSAL_NEWS, proposal, milestone, proposal.by_id, occurrence, says, now)
    return post(uow, notice, now)


def passed_on(uow: UnitOfWork, proposal: Proposal, now: datetime) -> bool:
    """To the next who may and can be written to; False when there is nobody else."""
    milestone = uow.milestones.get(proposal.workspace_id, proposal.milestone_id)
    if milestone is None or not proposal.is_open or not _can_still_be(proposal, milestone):
        return False
    but = {proposal.to_id, proposal.by_id}
    found = deciders(uow, proposal.workspace_id, Rule(proposal.rule), matter_of(uow, milestone), but)
    person = next((p for p in found if uow.people.address(p) is not None), None)
    if person is None:
        return False
    to_them = proposal.next(to_id=person.id)
    uow.proposals.save(to_them)
    return tell_decider(uow, to_them, milestone, now) is Posted.PLANNED


def pass_all_on(uow: UnitOfWork, workspace_id: str, person_id: str, now: datetime) -> None:
    """Somebody who was to decide is not here any more."""
    for proposal in uow.proposals.waiting_for(workspace_id, person_id):
        passed_on(uow, proposal, now)


def row_passed_on(uow: UnitOfWork, row: OutboxRow, now: datetime) -> bool:
    """A message to a decider reached nobody, or came too late to be theirs."""
    proposal = uow.proposals.get(row.workspace_id, str(row.detail.get("proposal", "")))
    if proposal is None or proposal.to_id != row.person_id:
        return False
    return passed_on(uow, proposal, now)


def _can_still_be(proposal: Proposal, milestone: Milestone) -> bool:
    return not milestone.withdrawn and (milestone.is_open or proposal.verb == "reopen")


def _notice(
    kind: NoticeKind,
    proposal: Proposal,
    milestone: Milestone,
    person_id: str,
    occurrence: str,
    says: str,
    now: datetime,
) -> Notice:
    return Notice(
        kind=kind,
        workspace_id=proposal.workspace_id,
        occurrence=occurrence,
        planned_for=now,
        milestone_id=milestone.id,
        project_id=milestone.project_id,
        person_id=person_id,
        detail={"proposal": proposal.id, "says": says},
    )
