"""Proposals, reminders that rest, and what people have to say about it all."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text, text

from storage.columns import Instant, Json, Maybe
from storage.tables.schema import in_workspace, key, metadata, number, tenant, within, word

proposals = Table(
    "proposals",
    metadata,
    tenant(),
    key("id"),
    Column("milestone_id", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("asked", Json, nullable=False),
    word("reason"),
    Column("by_id", Text, nullable=False),
    Column("to_id", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    number("seen"),
    Column("state", Text, nullable=False),
    Column("asked_why", Instant),
    word("answer"),
    Column("decided_by", Maybe),
    Column("decided_at", Instant),
    Column("version", Integer, nullable=False),
    within("milestones", "milestone_id"),
    within("people", "by_id"),
    within("people", "to_id"),
    within("people", "decided_by"),
)
for _name in ("milestone_id", "to_id", "by_id"):
    Index(
        f"proposals_open_by_{_name}",
        proposals.c.workspace_id,
        proposals.c[_name],
        proposals.c.made_at,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    )

snoozes = Table(
    "snoozes",
    metadata,
    tenant(),
    key("milestone_id"),
    key("person_id"),
    Column("until", Instant, nullable=False),
    within("milestones", "milestone_id"),
    within("people", "person_id"),
    Index("snoozes_of_person", "workspace_id", "person_id", "until"),
)

feedback = Table(
    "feedback",
    metadata,
    tenant(),
    key("id"),
    Column("by_id", Maybe),
    Column("at", Instant, nullable=False),
    Column("words", Text, nullable=False),
    in_workspace(),
    within("people", "by_id"),
    Index("feedback_by_time", "workspace_id", "at", "id"),
)
