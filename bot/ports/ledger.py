"""History of what is not a milestone, and the phases of projects."""

from __future__ import annotations

from typing import Protocol

from bot.domain.ledger import Entry, Subject
from bot.domain.phases import Phase


class Ledger(Protocol):
    """Written once, like `Histories`; the database refuses to change or delete an entry."""

    def add(self, entry: Entry) -> None: ...
    def get(self, workspace_id: str, entry_id: str) -> Entry | None: ...
    def of(self, workspace_id: str, subject: Subject, most: int = 50) -> tuple[Entry, ...]:
        """Newest first."""
        ...

    def of_batch(self, workspace_id: str, batch_id: str) -> tuple[Entry, ...]:
        """Every entry made together, newest first."""
        ...

    def last_by(self, workspace_id: str, actor_id: str) -> Entry | None:
        """The newest entry of this person that can be undone (not itself an undo, not undone)."""
        ...


class Phases(Protocol):
    """A removed phase is kept for undo and found by `get` alone."""

    def get(self, workspace_id: str, phase_id: str) -> Phase | None: ...
    def of(self, workspace_id: str, project_id: str) -> tuple[Phase, ...]:
        """The project's phases in order."""
        ...

    def add(self, phase: Phase) -> None: ...
    def save(self, phase: Phase) -> None: ...
