"""What was said where: places, anchors, questions that wait, buttons, arrivals, the page's own lines."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Table, Text, text

from storage.columns import Instant, Json, Maybe
from storage.tables.schema import flag, in_workspace, key, metadata, number, tenant, within, word, workspace

places = Table(
    "places",
    metadata,
    key("platform"),
    key("tenant"),
    key("chat"),
    workspace(),
    word("name"),
    flag("is_direct"),
    word("disabled"),
    in_workspace(),
    sqlite_with_rowid=False,
)

anchors = Table(
    "anchors",
    metadata,
    key("platform"),
    key("tenant"),
    key("chat"),
    key("message"),
    word("thread"),
    workspace(),
    Column("milestone_id", Text, nullable=False),
    within("milestones", "milestone_id"),
    Index("anchors_of_milestone", "workspace_id", "milestone_id"),
    sqlite_with_rowid=False,
)

dialogs = Table(
    "dialogs",
    metadata,
    tenant(),
    key("person_id"),
    key("conversation"),
    Column("verb", Text, nullable=False),
    Column("asked", Json, nullable=False),
    Column("field", Text, nullable=False),
    Column("asked_at", Instant, nullable=False),
    within("people", "person_id"),
)

actions = Table(
    "actions",
    metadata,
    key("token"),
    workspace(),
    Column("verb", Text, nullable=False),
    Column("asked", Json, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("milestone_id", Maybe),
    number("version"),
    Column("expires_at", Instant, nullable=False),
    in_workspace(),
    Index("actions_by_expiry", "expires_at"),
    sqlite_with_rowid=False,
)

inbox = Table(
    "inbox",
    metadata,
    key("platform"),
    key("key"),
    Column("at", Instant, nullable=False),
    Index("inbox_by_time", "at"),
    sqlite_with_rowid=False,
)

lines = Table(
    "lines",
    metadata,
    key("id"),
    Column("conversation", Text, nullable=False),
    word("author"),
    Column("payload", Json, nullable=False),
    Column("at", Instant, nullable=False),
    word("only_for"),
    Column("seq", BigInteger, nullable=False),  # of its last change
    Column("place", BigInteger, nullable=False),  # of its first appearance
    word("oid"),
    Index("lines_by_change", "conversation", "seq"),
    Index("lines_by_place", "conversation", "place"),
)
Index(
    "lines_by_oid",
    lines.c.conversation,
    lines.c.oid,
    sqlite_where=text("oid <> ''"),
    postgresql_where=text("oid <> ''"),
)

line_numbers = Table(
    "line_numbers", metadata, key("conversation"), Column("last", BigInteger, nullable=False)
)
"""One row per conversation, locked by whoever adds a line: numbers appear in the order of commits."""
