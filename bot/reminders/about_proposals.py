"""The cards about proposals, made when they are sent: only what still waits, and every outcome once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.access import Rule, may
from bot.domain.notices import NoticeKind
from bot.domain.people import Person
from bot.domain.proposal import Proposal, Stand
from bot.ports import UnitOfWork
from bot.reminders.deciding import matter_of
from bot.reminders.proposing import ASKED_WHY
from bot.reminders.turn import Composed, Turn
from bot.sight import names_for
from bot.views.asking import Asks
from bot.views.proposals import outcome_card, proposed_card, why_card
from bot.wording import reader_for


def asks_of(uow: UnitOfWork, proposal: Proposal, viewer: Person) -> Asks | None:
    """The proposal with the names its reader may know; None when the milestone is gone."""
    milestone = uow.milestones.get(proposal.workspace_id, proposal.milestone_id)
    if milestone is None or milestone.withdrawn:
        return None
    project = uow.projects.get(milestone.workspace_id, milestone.project_id)
    same = [
        p for p in uow.proposals.open_about(proposal.workspace_id, milestone.id) if _is_beside(p, proposal)
    ]
    wanted = str(proposal.asked.get("owner_id", ""))
    by = (proposal.by_id, *(p.by_id for p in same))
    names = names_for(uow, viewer, proposal.workspace_id, (*by, wanted, milestone.owner_id))
    return Asks(
        proposal,
        milestone,
        tuple(names[ident] for ident in by if ident in names),
        owner=names.get(wanted, ""),
        owns=names.get(milestone.owner_id, ""),
        leads=project.name if project and project.lead_id == viewer.id else "",
    )


def _is_beside(other: Proposal, proposal: Proposal) -> bool:
    return other.id != proposal.id and proposal.is_open and other.wishes_the_same(proposal)


def _proposed(turn: Turn) -> Composed | None:
    proposal, person = _proposal(turn), turn.person(turn.row.person_id)
    if proposal is None or person is None or not proposal.is_open or not _decides(turn, proposal, person):
        return None
    asks = asks_of(turn.uow, proposal, person)
    if asks is None or (not asks.milestone.is_open and proposal.verb != "reopen"):
        return None
    return Composed(proposed_card(asks, reader_for(person, turn.now), turn.offers))


def _decides(turn: Turn, proposal: Proposal, person: Person) -> bool:
    milestone = turn.milestone
    return milestone is not None and may(person, Rule(proposal.rule), matter_of(turn.uow, milestone))


def _news(turn: Turn) -> Composed | None:
    proposal, person = _proposal(turn), turn.person(turn.row.person_id)
    asks = asks_of(turn.uow, proposal, person) if proposal and person else None
    if proposal is None or person is None or asks is None or not person.active:
        return None
    reader = reader_for(person, turn.now)
    if turn.said("says") == ASKED_WHY:
        return (
            Composed(why_card(asks, turn.name(proposal.to_id), reader, turn.offers))
            if proposal.is_open
            else None
        )
    if proposal.state in (Stand.OPEN, Stand.WITHDRAWN):
        return None
    return Composed(outcome_card(asks, turn.name(proposal.decided_by), reader, turn.offers))


def _proposal(turn: Turn) -> Proposal | None:
    return turn.uow.proposals.get(turn.row.workspace_id, turn.said("proposal"))


COMPOSERS: Mapping[NoticeKind, Callable[[Turn], Composed | None]] = {
    NoticeKind.PROPOSED: _proposed,
    NoticeKind.PROPOSAL_NEWS: _news,
}
