"""Messages to send, and one queue per destination."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text, TextClause, UniqueConstraint, text

from storage.columns import Instant, Json, Maybe
from storage.tables.schema import in_workspace, key, metadata, number, within, word, workspace

outbox = Table(
    "outbox",
    metadata,
    key("id"),
    workspace(),
    Column("key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("platform", Text, nullable=False),
    word("install"),  # the platform's tenant id
    Column("dest", Text, nullable=False),
    Column("thread", Text),  # absent: ``dest`` is a person
    Column("lane", Text, nullable=False),
    number("priority"),
    Column("milestone_id", Maybe),
    Column("project_id", Maybe),
    Column("person_id", Maybe),
    number("subject_version"),
    Column("detail", Json, nullable=False),
    Column("planned_for", Instant, nullable=False),
    Column("not_before", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    number("epoch"),
    word("lease_owner"),
    Column("lease_until", Instant),
    number("tries"),
    number("sends"),
    Column("send_started_at", Instant),
    Column("on_unknown", Text, nullable=False),
    word("provider_id"),
    Column("sent_at", Instant),
    Column("finished_at", Instant),
    word("last_class"),
    word("last_code"),
    word("last_error"),  # redacted: never message text
    in_workspace(),
    within("milestones", "milestone_id"),
    within("projects", "project_id"),
    within("people", "person_id"),
    UniqueConstraint("workspace_id", "key"),
)

PENDING = text("state = 'pending'")
WAITING = text("state IN ('pending', 'blocked')")
PARKED = text("state = 'blocked'")
LIVE = text("state IN ('pending', 'blocked', 'leased', 'sending', 'uncertain')")
OCCUPIES = text("state IN ('leased', 'sending', 'uncertain')")


def _index(name: str, *columns: str, where: TextClause, unique: bool = False) -> None:
    Index(name, *(outbox.c[c] for c in columns), unique=unique, sqlite_where=where, postgresql_where=where)


_index("outbox_one_per_lane", "lane", where=OCCUPIES, unique=True)
_index("outbox_next_in_lane", "lane", "priority", "not_before", "id", where=PENDING)
_index("outbox_earliest_in_lane", "lane", "not_before", where=PENDING)
_index("outbox_waiting_by_expiry", "expires_at", where=WAITING)
_index("outbox_waiting_by_milestone", "workspace_id", "milestone_id", where=WAITING)
_index("outbox_parked_by_destination", "platform", "install", "dest", where=PARKED)
_index("outbox_leased", "lease_until", "state", where=text("lease_until IS NOT NULL"))
Index("outbox_finished", outbox.c.finished_at, outbox.c.state)

lanes = Table(
    "lanes",
    metadata,
    key("lane"),
    Column("platform", Text, nullable=False),
    word("install"),
    number("priority"),  # the most urgent pending row
    Column("next_at", Instant),  # the earliest pending row; absent when none waits
    Column("ready_at", Instant),  # when the lane may send; absent while occupied, suspended or empty
    Index("lanes_of_install", "platform", "install"),
    sqlite_with_rowid=False,
)
"""Derived from ``outbox``, ``pauses`` and ``installs`` in the same transaction (`repositories.lanes`).
A claim reads lanes, never rows that cannot be sent, so a backlog costs nothing."""
Index(
    "lanes_ready",
    lanes.c.priority,
    lanes.c.ready_at,
    lanes.c.lane,
    sqlite_where=text("ready_at IS NOT NULL"),
    postgresql_where=text("ready_at IS NOT NULL"),
)

pauses = Table("pauses", metadata, key("name"), Column("until", Instant, nullable=False))
"""Lanes, and platforms by their bare name, in which nobody sends before ``until``."""
