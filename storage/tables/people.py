"""Workspaces, the people in them, and their accounts."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Float, Index, LargeBinary, Table, Text, Time, text

from storage.columns import Instant, Json, Maybe
from storage.tables.schema import flag, in_workspace, key, metadata, tenant, within, word, workspace

workspaces = Table(
    "workspaces",
    metadata,
    key("id"),
    Column("name", Text, nullable=False),
    word("zone"),
    word("language"),
    flag("demo"),
    flag("rehearsal"),
    flag("keep_evidence"),
    Column("completing", Text, nullable=False, server_default=text("'owner'")),
)

installs = Table(
    "installs",
    metadata,
    key("platform"),
    key("tenant"),
    Column("workspace_id", Maybe),  # absent where a bot has no tenant, as on Telegram
    Column("installed_at", Instant),
    word("suspended"),  # the platform's code while it refuses the whole installation
    in_workspace(),
)

people = Table(
    "people",
    metadata,
    tenant(),
    key("id"),
    Column("name", Text, nullable=False),
    word("role"),
    word("zone"),
    word("language"),
    word("date_order"),
    word("week"),  # digits, 0 = Monday
    Column("morning", Time, nullable=False),
    word("preferred_platform"),
    Column("active", Boolean, nullable=False),
    Column("merged_into", Maybe),  # this person turned out to be that one
    word("deputy_id"),
    Column("deputy_until", Date),
    word("department"),
    flag("stopped"),
    word("gone"),
    flag("follows"),
    in_workspace(),
    within("people", "merged_into"),
    Index("people_merged", "workspace_id", "merged_into"),
)

identities = Table(
    "identities",
    metadata,
    key("platform"),
    key("tenant"),
    key("account"),
    key("workspace_id"),
    Column("person_id", Text, nullable=False),
    word("username"),
    word("username_folded"),
    word("direct"),  # str(ConversationRef)
    Column("reachable", Boolean, nullable=False),
    Column("linked_at", Instant, nullable=False),
    word("vouched"),  # str(ConversationRef) of the group
    within("people", "person_id"),
    Index("identities_of_person", "workspace_id", "person_id"),
    Index("identities_by_username", "workspace_id", "platform", "username_folded"),
    sqlite_with_rowid=False,
)

chosen_workspaces = Table(
    "chosen_workspaces",
    metadata,
    key("platform"),
    key("tenant"),
    key("account"),
    workspace(),
    in_workspace(),
    sqlite_with_rowid=False,
)

invitations = Table(
    "invitations",
    metadata,
    key("code_hash"),
    workspace(),
    Column("created_by", Maybe),
    Column("expires_at", Instant, nullable=False),
    Column("person_id", Maybe),
    Column("project_id", Maybe),
    flag("for_chat"),
    Column("used_at", Instant),
    word("role"),
    word("name"),
    Column("milestone_ids", Json, nullable=False, server_default=text("'[]'")),
    Column("created_at", Instant),
    word("used_by"),
    Column("revoked_at", Instant),
    in_workspace(),
    within("people", "created_by"),
    within("people", "person_id"),
    within("projects", "project_id"),
    Index("invitations_of_workspace", "workspace_id", "expires_at"),
)

secrets = Table("secrets", metadata, key("name"), Column("value", LargeBinary, nullable=False))

demo_time = Table("demo_time", metadata, key("name"), Column("ahead", Float, nullable=False))
