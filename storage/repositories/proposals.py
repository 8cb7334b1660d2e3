"""What people propose to whoever may decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, bindparam, insert, select, text, update

from bot.domain.proposal import Proposal, Stand
from bot.errors import VersionConflict
from storage.tables import proposals
from storage.transaction import Transaction

_NAMES = tuple(column.name for column in proposals.columns)
_MOST = 200
_mine = proposals.c.workspace_id == bindparam("of_workspace")
_ALL = select(*proposals.columns).where(_mine)
_GET = _ALL.where(proposals.c.id == bindparam("of_id"))


def _open_by(name: str) -> Select[Any]:
    found = _ALL.where(proposals.c[name] == bindparam("of_subject"), text("state = 'open'"))
    return found.order_by(proposals.c.made_at, proposals.c.id).limit(_MOST)


_OPEN_ABOUT, _WAITING_FOR, _OPEN_OF = map(_open_by, ("milestone_id", "to_id", "by_id"))
_ADD = insert(proposals)
_SAVED = ("to_id", "state", "asked_why", "answer", "decided_by", "decided_at", "version", "reason", "seen")
_SAVE = (
    update(proposals)
    .where(_mine, proposals.c.id == bindparam("of_id"), proposals.c.version == bindparam("of_version"))
    .values({name: bindparam(f"new_{name}") for name in _SAVED})
)


class ProposalsTable:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, proposal: Proposal) -> None:
        self._transaction.write(_ADD, _values(proposal))

    def get(self, workspace_id: str, proposal_id: str) -> Proposal | None:
        row = self._transaction.one(_GET, {"of_workspace": workspace_id, "of_id": proposal_id})
        return _proposal(row) if row else None

    def save(self, proposal: Proposal) -> None:
        values = _values(proposal)
        found = {f"new_{name}": values[name] for name in _SAVED}
        found |= {
            "of_workspace": proposal.workspace_id,
            "of_id": proposal.id,
            "of_version": proposal.version - 1,
        }
        if not self._transaction.change(_SAVE, found):
            raise VersionConflict(proposal.id)

    def open_about(self, workspace_id: str, milestone_id: str) -> tuple[Proposal, ...]:
        return self._several(_OPEN_ABOUT, workspace_id, milestone_id)

    def waiting_for(self, workspace_id: str, person_id: str) -> tuple[Proposal, ...]:
        return self._several(_WAITING_FOR, workspace_id, person_id)

    def open_of(self, workspace_id: str, person_id: str) -> tuple[Proposal, ...]:
        return self._several(_OPEN_OF, workspace_id, person_id)

    def _several(self, question: Select[Any], workspace_id: str, subject: str) -> tuple[Proposal, ...]:
        values = {"of_workspace": workspace_id, "of_subject": subject}
        return tuple(map(_proposal, self._transaction.all(question, values)))


def _values(proposal: Proposal) -> dict[str, Any]:
    values = {name: getattr(proposal, name) for name in _NAMES}
    return {**values, "asked": dict(proposal.asked), "state": proposal.state.value}


def _proposal(row: Sequence[Any]) -> Proposal:
    values = dict(zip(_NAMES, row, strict=True))
    return Proposal(**{**values, "state": Stand(values["state"])})
