"""One transaction, seen as the repositories it reaches."""

from __future__ import annotations

from functools import cached_property

from bot.clock import Clock
from storage.ids import Ids
from storage.memory import Memory
from storage.repositories.actions import ActionsTable, Offers
from storage.repositories.alerts import AlertsTable
from storage.repositories.anchors import AnchorsTable
from storage.repositories.demo_time import DemoTimeRow
from storage.repositories.dialogs import DialogsTable
from storage.repositories.due import DueRows
from storage.repositories.feedback import FeedbackTable
from storage.repositories.files import BlobsTable, FilesTable
from storage.repositories.findings import FindingsTable
from storage.repositories.histories import HistoriesTable
from storage.repositories.inbox import InboxTable
from storage.repositories.invitations import InvitationsTable
from storage.repositories.lanes import Lanes
from storage.repositories.ledger import LedgerTable
from storage.repositories.milestones import MilestonesTable
from storage.repositories.notes import NotesTable
from storage.repositories.outbox import OutboxTable
from storage.repositories.people import PeopleTable
from storage.repositories.phases import PhasesTable
from storage.repositories.places import PlacesTable
from storage.repositories.projects import ProjectsTable
from storage.repositories.proposals import ProposalsTable
from storage.repositories.series import SeriesTable
from storage.repositories.snoozes import SnoozesTable
from storage.repositories.transcript import TranscriptTable
from storage.repositories.workspaces import WorkspacesTable
from storage.transaction import Transaction


class SqlUnitOfWork:
    """Implements ``bot.ports.UnitOfWork``.  Repositories are made when first asked for."""

    def __init__(self, transaction: Transaction, clock: Clock, ids: Ids, memory: Memory) -> None:
        self._transaction = transaction
        self._clock = clock
        self._ids = ids
        self._lanes = Lanes(transaction, memory.lanes)
        self.offers = Offers(memory)

    def new_id(self) -> str:
        return self._ids.new(self._clock.now())

    def before_commit(self) -> None:
        """What comes last: buttons, then the lanes, for those stay locked until the commit."""
        self.offers.store(self._transaction)
        self._lanes.settle()

    def after_commit(self) -> None:
        self.offers.committed()
        self._lanes.committed()

    @cached_property
    def inbox(self) -> InboxTable:
        return InboxTable(self._transaction)

    @cached_property
    def workspaces(self) -> WorkspacesTable:
        return WorkspacesTable(self._transaction, self._lanes)

    @cached_property
    def people(self) -> PeopleTable:
        return PeopleTable(self._transaction)

    @cached_property
    def projects(self) -> ProjectsTable:
        return ProjectsTable(self._transaction)

    @cached_property
    def milestones(self) -> MilestonesTable:
        return MilestonesTable(self._transaction, self.findings)

    @cached_property
    def histories(self) -> HistoriesTable:
        return HistoriesTable(self._transaction)

    @cached_property
    def phases(self) -> PhasesTable:
        return PhasesTable(self._transaction)

    @cached_property
    def ledger(self) -> LedgerTable:
        return LedgerTable(self._transaction)

    @cached_property
    def notes(self) -> NotesTable:
        return NotesTable(self._transaction, self.findings)

    @cached_property
    def files(self) -> FilesTable:
        return FilesTable(self._transaction, self.findings)

    @cached_property
    def blobs(self) -> BlobsTable:
        return BlobsTable(self._transaction)

    @cached_property
    def findings(self) -> FindingsTable:
        return FindingsTable(self._transaction)

    @cached_property
    def actions(self) -> ActionsTable:
        return ActionsTable(self._transaction, self.offers, self._clock)

    @cached_property
    def dialogs(self) -> DialogsTable:
        return DialogsTable(self._transaction)

    @cached_property
    def anchors(self) -> AnchorsTable:
        return AnchorsTable(self._transaction)

    @cached_property
    def invitations(self) -> InvitationsTable:
        return InvitationsTable(self._transaction)

    @cached_property
    def places(self) -> PlacesTable:
        return PlacesTable(self._transaction, self._lanes)

    @cached_property
    def series(self) -> SeriesTable:
        return SeriesTable(self._transaction)

    @cached_property
    def outbox(self) -> OutboxTable:
        return OutboxTable(self._transaction, self._lanes, self._clock, self.new_id)

    @cached_property
    def due(self) -> DueRows:
        return DueRows(self._transaction)

    @cached_property
    def alerts(self) -> AlertsTable:
        return AlertsTable(self._transaction)

    @cached_property
    def proposals(self) -> ProposalsTable:
        return ProposalsTable(self._transaction)

    @cached_property
    def snoozes(self) -> SnoozesTable:
        return SnoozesTable(self._transaction)

    @cached_property
    def feedback(self) -> FeedbackTable:
        return FeedbackTable(self._transaction)

    @cached_property
    def demo_time(self) -> DemoTimeRow:
        return DemoTimeRow(self._transaction)

    @cached_property
    def transcript(self) -> TranscriptTable:
        return TranscriptTable(self._transaction, self.new_id)
