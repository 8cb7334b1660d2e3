"""One outbox row about to be sent, and the card it became."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.cards import Card
from bot.domain.milestone import Milestone
from bot.domain.outbox import OutboxRow
from bot.domain.people import Person, Project
from bot.ports import UnitOfWork
from bot.refs import ConversationRef, MessageRef
from bot.sight import names_for
from bot.views.offers import Offers
from bot.wording import Reader, reader_for


@dataclass(frozen=True, slots=True)
class Composed:
    """``edits`` is the message to change instead of posting a new one; ``version`` the milestone's shown."""

    card: Card
    edits: MessageRef | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """One row about to be sent to ``conversation``."""

    uow: UnitOfWork
    row: OutboxRow
    conversation: ConversationRef
    now: datetime

    @property
    def offers(self) -> Offers:
        return Offers(self.uow.actions, self.row.workspace_id, str(self.conversation.root), self.now)

    @property
    def milestone(self) -> Milestone | None:
        """None when it is gone or its creation was undone."""
        found = self.uow.milestones.get(self.row.workspace_id, self.row.milestone_id)
        return found if found and not found.withdrawn else None

    def person(self, person_id: str) -> Person | None:
        return self.uow.people.get(self.row.workspace_id, person_id) if person_id else None

    def name(self, person_id: str) -> str:
        return self.names((person_id,)).get(person_id, "")

    def names(self, person_ids: Iterable[str]) -> Mapping[str, str]:
        """What people are called to whoever reads this."""
        return names_for(self.uow, self.person(self.row.person_id), self.row.workspace_id, person_ids)

    def said(self, name: str) -> str:
        """A value of the row's detail as text; empty when it is absent."""
        return str(self.row.detail.get(name, ""))

    @property
    def project(self) -> Project | None:
        return self.uow.projects.get(self.row.workspace_id, self.row.project_id)

    @property
    def meant_for(self) -> str:
        """The person, or in a rehearsal the conversation, that the notice was about to tell before anybody
        stood in for them."""
        rehearsed = self.said("rehearsed_for") or self.said("rehearsed_in")
        return rehearsed or self.said("instead_of") or self.row.person_id

    def reader(self, project: Project) -> Reader:
        return reader_for(self.person(self.row.person_id) or project, self.now).at_work(project)
