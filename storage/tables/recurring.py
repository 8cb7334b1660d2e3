"""The rules by which milestones come again."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, Table, Text

from storage.columns import Json
from storage.tables.schema import flag, key, metadata, tenant, within, word

series = Table(
    "series",
    metadata,
    tenant(),
    key("id"),
    Column("project_id", Text, nullable=False),
    Column("rule", Json, nullable=False),
    Column("title", Text, nullable=False),
    Column("owner_id", Text, nullable=False),
    Column("starts", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("milestone_id", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("made", Integer, nullable=False),
    Column("needs", Json, nullable=False),
    word("phase_id"),
    flag("ended"),
    Column("version", Integer, nullable=False),
    within("projects", "project_id"),
    within("milestones", "milestone_id"),
    within("people", "owner_id"),
    within("people", "created_by"),
    Index("series_of_project", "workspace_id", "project_id"),
)
