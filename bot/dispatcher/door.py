"""Where somebody stands whom no workspace answers for yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.messages import Incoming, Place, Sender
from bot.ports import Capabilities, StoredActions, UnitOfWork
from bot.views.offers import Offers
from bot.wording import Reader


@dataclass(frozen=True, slots=True)
class Door:
    """What a stranger's answer needs: where they stand, how they read, and the hour."""

    uow: UnitOfWork
    actions: StoredActions
    incoming: Incoming
    reader: Reader
    now: datetime
    capabilities: Capabilities

    @property
    def sender(self) -> Sender:
        return self.incoming.sender

    @property
    def place(self) -> Place:
        return self.incoming.place

    def offers(self, workspace_id: str) -> Offers:
        return Offers(self.actions, workspace_id, str(self.place.ref.root), self.now)
