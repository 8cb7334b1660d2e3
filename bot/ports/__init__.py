"""What the core needs from outside, and what adapters may expect of the core.

Storage implements `Store` and `UnitOfWork`; adapters implement `Adapter`; the dispatcher implements
`Receiver`.  Units of work are synchronous: they run in a storage thread, one hop per incoming thing.
"""

from __future__ import annotations

from bot.ports.adapters import Adapter, Capabilities, Finding, Receiver, Sending
from bot.ports.boards import BoardPerson, BoardPlace, Boards, BoardView, DemoTime, Line, Transcript
from bot.ports.ledger import Ledger, Phases
from bot.ports.milestones import Anchor, Anchors, Filter, Histories, Milestones, Page, Pointed
from bot.ports.notes import Blob, Blobs, FilePage, Files, Findings, NotePage, Notes, Which
from bot.ports.outbox import Alerts, Due, DueTable, Outbox
from bot.ports.people import Invitation, Invitations, KnownPlace, People, Places, Projects, Scene, Workspaces
from bot.ports.series import SeriesBook
from bot.ports.store import Store, UnitOfWork
from bot.ports.turns import Dialog, Dialogs, Inbox, StoredAction, StoredActions
from bot.ports.ways_on import FeedbackBox, Proposals, Snoozes

__all__ = [
    "Adapter",
    "Alerts",
    "Anchor",
    "Anchors",
    "Blob",
    "Blobs",
    "BoardPerson",
    "BoardPlace",
    "BoardView",
    "Boards",
    "Capabilities",
    "DemoTime",
    "Dialog",
    "Dialogs",
    "Due",
    "DueTable",
    "FeedbackBox",
    "FilePage",
    "Files",
    "Filter",
    "Finding",
    "Findings",
    "Histories",
    "Inbox",
    "Invitation",
    "Invitations",
    "KnownPlace",
    "Ledger",
    "Line",
    "Milestones",
    "NotePage",
    "Notes",
    "Outbox",
    "Page",
    "People",
    "Phases",
    "Places",
    "Pointed",
    "Projects",
    "Proposals",
    "Receiver",
    "Scene",
    "Sending",
    "SeriesBook",
    "Snoozes",
    "Store",
    "StoredAction",
    "StoredActions",
    "Transcript",
    "UnitOfWork",
    "Which",
    "Workspaces",
]
