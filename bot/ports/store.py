"""The store and its unit of work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.ports.boards import DemoTime, Transcript
from bot.ports.ledger import Ledger, Phases
from bot.ports.milestones import Anchors, Histories, Milestones
from bot.ports.outbox import Alerts, DueTable, Outbox
from bot.ports.people import Invitations, People, Places, Projects, Workspaces
from bot.ports.turns import Dialogs, Inbox, StoredActions

T = TypeVar("T")


class UnitOfWork(Protocol):
    """One transaction.  The dispatcher (or the relay, tick and reconciler) commits, nobody else."""

    @property
    def inbox(self) -> Inbox: ...
    @property
    def workspaces(self) -> Workspaces: ...
    @property
    def people(self) -> People: ...
    @property
    def projects(self) -> Projects: ...
    @property
    def milestones(self) -> Milestones: ...
    @property
    def histories(self) -> Histories: ...
    @property
    def phases(self) -> Phases: ...
    @property
    def ledger(self) -> Ledger: ...
    @property
    def actions(self) -> StoredActions: ...
    @property
    def dialogs(self) -> Dialogs: ...
    @property
    def anchors(self) -> Anchors: ...
    @property
    def invitations(self) -> Invitations: ...
    @property
    def places(self) -> Places: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def due(self) -> DueTable: ...
    @property
    def alerts(self) -> Alerts: ...
    @property
    def demo_time(self) -> DemoTime: ...
    @property
    def transcript(self) -> Transcript: ...

    def new_id(self) -> str:
        """A fresh id, sortable by time."""
        ...


class Store(Protocol):
    """The one hop to a storage thread."""

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run ``work`` in one transaction and commit; rolled back when it raises."""
        ...

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run ``work`` without a write lock.  Buttons it offered for the first time are stored before
        this returns; anything else it writes is an error."""
        ...

    async def close(self) -> None: ...
