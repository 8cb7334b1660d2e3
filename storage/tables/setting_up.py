"""Phases of projects, and the ledger of what is not a milestone."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text, text

from storage.columns import Instant, Json, Maybe
from storage.tables.schema import flag, in_workspace, key, metadata, tenant, within, word

phases = Table(
    "phases",
    metadata,
    tenant(),
    key("id"),
    Column("project_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("position", Integer, nullable=False),
    word("exit"),
    flag("withdrawn"),
    within("projects", "project_id"),
    Index("phases_of_project", "workspace_id", "project_id", "position"),
)

ledger = Table(
    "ledger",
    metadata,
    tenant(),
    key("id"),
    Column("kind", Text, nullable=False),
    Column("subject_id", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor_id", Maybe),
    Column("deed", Text, nullable=False),
    Column("before", Json, nullable=False),
    Column("after", Json, nullable=False),
    word("batch_id"),
    word("undoes"),
    in_workspace(),
    within("people", "actor_id"),
    Index("ledger_of_subject", "workspace_id", "kind", "subject_id", "at", "id"),
    Index("ledger_of_actor", "workspace_id", "actor_id", "at", "id"),
)
for _name in ("batch_id", "undoes"):
    _filled = text(f"{_name} <> ''")
    Index(
        f"ledger_by_{_name}",
        ledger.c.workspace_id,
        ledger.c[_name],
        sqlite_where=_filled,
        postgresql_where=_filled,
    )
