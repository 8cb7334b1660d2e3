"""Every table, by the name the rest of storage uses."""

from storage.tables.conversations import actions, anchors, dialogs, inbox, line_numbers, lines, places
from storage.tables.milestones import alerts, due, history, milestone_counts, milestones, projects
from storage.tables.notes import blobs, files, findings, notes
from storage.tables.outbox import lanes, outbox, pauses
from storage.tables.people import (
    chosen_workspaces,
    demo_time,
    identities,
    installs,
    invitations,
    people,
    secrets,
    workspaces,
)
from storage.tables.recurring import series
from storage.tables.schema import metadata
from storage.tables.setting_up import ledger, phases
from storage.tables.ways_on import feedback, proposals, snoozes

__all__ = [
    "actions",
    "alerts",
    "anchors",
    "blobs",
    "chosen_workspaces",
    "demo_time",
    "dialogs",
    "due",
    "feedback",
    "files",
    "findings",
    "history",
    "identities",
    "inbox",
    "installs",
    "invitations",
    "lanes",
    "ledger",
    "line_numbers",
    "lines",
    "metadata",
    "milestone_counts",
    "milestones",
    "notes",
    "outbox",
    "pauses",
    "people",
    "phases",
    "places",
    "projects",
    "proposals",
    "secrets",
    "series",
    "snoozes",
    "workspaces",
]
