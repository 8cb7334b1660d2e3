"""What is left to others or to later: proposals, reminders that rest, feedback."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.feedback import Feedback
from bot.domain.proposal import Proposal
from bot.domain.snooze import Snooze


class Proposals(Protocol):
    def add(self, proposal: Proposal) -> None: ...
    def get(self, workspace_id: str, proposal_id: str) -> Proposal | None: ...
    def save(self, proposal: Proposal) -> None:
        """Write ``proposal`` over version ``proposal.version - 1``.  Raises `VersionConflict`: somebody
        answered first."""
        ...

    def open_about(self, workspace_id: str, milestone_id: str) -> tuple[Proposal, ...]:
        """Oldest first."""
        ...

    def waiting_for(self, workspace_id: str, person_id: str) -> tuple[Proposal, ...]:
        """Open ones addressed to this person, oldest first."""
        ...

    def open_of(self, workspace_id: str, person_id: str) -> tuple[Proposal, ...]:
        """Open ones this person made, oldest first."""
        ...


class Snoozes(Protocol):
    """One per person and milestone."""

    def put(self, snooze: Snooze) -> None:
        """Replaces an earlier one of the same person about the same milestone."""
        ...

    def about(self, workspace_id: str, milestone_id: str) -> tuple[Snooze, ...]: ...
    def of(self, workspace_id: str, person_id: str) -> tuple[Snooze, ...]:
        """Soonest over first."""
        ...

    def remove(self, workspace_id: str, milestone_id: str, person_id: str) -> None: ...


class FeedbackBox(Protocol):
    """Written once, and kept until an operator empties the database."""

    def add(self, feedback: Feedback) -> None: ...
    def get(self, workspace_id: str, feedback_id: str) -> Feedback | None: ...
    def latest(self, workspace_id: str, most: int) -> tuple[Feedback, ...]:
        """Newest first."""
        ...

    def said_since(self, workspace_id: str, person_id: str, instant: datetime) -> int:
        """How many messages of this person."""
        ...

    def count(self) -> int:
        """Of every workspace, for doctor."""
        ...
