"""What somebody may not do themselves, proposed to whoever may (docs/rules.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

PROPOSALS_LIMIT = 30  # open ones of one person: a lead's morning is short
PLACES_IT_STANDS = ("milestone_id", "version")
"""Arguments that say where a wish was uttered, not what is wished."""


class Stand(StrEnum):
    """What became of it.  Only an open one can be answered, and only once."""

    OPEN = "open"
    ACCEPTED = "accepted"
    CHANGED = "changed"  # done, but otherwise: another date, another owner
    DECLINED = "declined"
    REPLACED = "replaced"  # the proposer wishes something else by now
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"  # the milestone was closed, or it came about without an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A verb with its settled arguments, as JSON values, from ``by_id`` to ``to_id`` (person ids).

    ``rule`` is what the verb asks of whoever does it (`bot.access.Rule`), so that another decider can be
    found when this one leaves.

    ``seen`` is the milestone's version when it was proposed; ``asked_why`` when the decider asked (aware
    UTC), ``answer`` what the proposer said.  ``version`` counts its own changes and guards against two
    answers.  Several people may wish the same: each has a row, and one answer settles all.
    """

    id: str
    workspace_id: str
    milestone_id: str
    verb: str
    rule: str
    asked: Mapping[str, object] = field(default_factory=dict)
    reason: str = ""
    by_id: str
    to_id: str
    made_at: datetime
    seen: int = 0
    state: Stand = Stand.OPEN
    asked_why: datetime | None = None
    answer: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state is Stand.OPEN

    def wishes_the_same(self, other: Proposal) -> bool:
        return (self.milestone_id, self.verb, _wish(self)) == (other.milestone_id, other.verb, _wish(other))

    def next(self, **changes: object) -> Proposal:
        return replace(self, version=self.version + 1, **changes)  # type: ignore[arg-type]  # field names checked by replace


def decided(proposal: Proposal, state: Stand, by: str, at: datetime) -> Proposal:
    """Answered, once.  Raises `ValueError` for one that is not open any more."""
    if not proposal.is_open:
        raise ValueError(f"{proposal.id} is {proposal.state} already")
    return proposal.next(state=state, decided_by=by, decided_at=at)


def _wish(proposal: Proposal) -> dict[str, object]:
    """What would be done; why is no part of it."""
    return {n: v for n, v in proposal.asked.items() if n not in (*PLACES_IT_STANDS, "reason")}
