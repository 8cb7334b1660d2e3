"""Projects, milestones, what happened to them, and when to look at them again."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    TextClause,
    Time,
    UniqueConstraint,
    text,
)

from storage.columns import Instant, Json, Maybe
from storage.tables.schema import flag, in_workspace, key, metadata, number, tenant, within, word, workspace

projects = Table(
    "projects",
    metadata,
    tenant(),
    key("id"),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("lead_id", Text, nullable=False),
    word("zone"),
    Column("home_platform", Maybe),
    Column("home_tenant", Text),
    Column("home_chat", Text),
    Column("home_thread", Text),
    Column("head_id", Maybe),
    word("week"),
    Column("digest_at", Time, nullable=False),
    word("language"),
    number("last_number"),
    word("scope"),
    Column("goals", Json, nullable=False, server_default=text("'[]'")),
    word("client"),
    word("department"),
    Column("starts", Date),
    word("country"),
    word("region"),
    word("holidays"),  # ISO dates, a space between them
    Column("opens", Time, nullable=False, server_default=text("'09:00:00.000000'")),
    Column("closes", Time, nullable=False, server_default=text("'18:00:00.000000'")),
    flag("archived"),
    flag("withdrawn"),
    in_workspace(),
    within("people", "lead_id"),
    within("people", "head_id"),
    UniqueConstraint("workspace_id", "key"),
    UniqueConstraint("workspace_id", "id", "key"),
    Index("projects_by_home", "workspace_id", "home_platform", "home_tenant", "home_chat"),
)

milestones = Table(
    "milestones",
    metadata,
    tenant(),
    key("id"),
    Column("project_id", Text, nullable=False),
    Column("project_key", Text, nullable=False),  # follows the project's by the foreign key
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("title_folded", Text, nullable=False),
    Column("owner_id", Text, nullable=False),
    Column("due", Date, nullable=False),
    Column("zone", Text, nullable=False),
    Column("created_by", Maybe),
    Column("created_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("approver_id", Maybe),
    Column("baseline_due", Date),
    Column("forecast_due", Date),
    Column("actual_start", Date),
    Column("actual_done", Date),
    word("blocked_reason"),
    Column("blocked_since", Instant),
    Column("blocked_by", Maybe),
    Column("criteria", Json, nullable=False),
    Column("tasks", Json, nullable=False, server_default=text("'[]'")),
    Column("hold", Json, nullable=False, server_default=text("'null'")),
    word("phase_id"),
    word("owner_role"),
    word("origin"),
    word("series_id"),
    flag("withdrawn"),
    flag("is_open"),
    Column("version", Integer, nullable=False),
    ForeignKeyConstraint(
        ["workspace_id", "project_id", "project_key"],
        ["projects.workspace_id", "projects.id", "projects.key"],
        onupdate="CASCADE",
    ),
    within("people", "owner_id"),
    within("people", "created_by"),
    within("people", "approver_id"),
    within("people", "blocked_by"),
    UniqueConstraint("workspace_id", "project_key", "number"),
)

# As text, so that index and query say the same words: SQLite uses a partial index only then.
IS_OPEN = text("is_open")
IS_SHOWN = text("NOT withdrawn")
HAS_TASKS = text("is_open AND tasks <> '[]'")


def _by_due(name: str, first: tuple[str, ...], where: TextClause) -> None:
    columns = ("workspace_id", *first, "due", "number", "id")
    Index(name, *(milestones.c[c] for c in columns), sqlite_where=where, postgresql_where=where)


_by_due("milestones_open", (), IS_OPEN)
_by_due("milestones_open_of_owner", ("owner_id",), IS_OPEN)
_by_due("milestones_open_of_project", ("project_id",), IS_OPEN)
_by_due("milestones_shown_of_owner", ("owner_id",), IS_SHOWN)
_by_due("milestones_shown_of_project", ("project_id",), IS_SHOWN)
_by_due("milestones_with_tasks", (), HAS_TASKS)

milestone_counts = Table(
    "milestone_counts",
    metadata,
    tenant(),
    key("project_id"),  # empty: of any project
    key("owner_id"),  # empty: of any owner
    Column("open", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""How many milestones each filter matches, kept by triggers (migration 0002)."""

history = Table(
    "history",
    metadata,
    tenant(),
    key("id"),
    Column("milestone_id", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor_id", Maybe),
    Column("action", Text, nullable=False),
    Column("before", Json, nullable=False),
    Column("after", Json, nullable=False),
    Column("version", Integer, nullable=False),
    word("cause"),
    word("note"),
    word("batch_id"),
    Column("proposed_by", Maybe),
    within("milestones", "milestone_id"),
    within("people", "actor_id"),
    Index("history_of_milestone", "workspace_id", "milestone_id", "at", "id"),
    Index("history_of_actor", "workspace_id", "actor_id", "at", "id"),
)
Index(
    "history_of_batch",
    history.c.workspace_id,
    history.c.batch_id,
    sqlite_where=text("batch_id <> ''"),
    postgresql_where=text("batch_id <> ''"),
)

due = Table(
    "due",
    metadata,
    Column("at", Instant, primary_key=True, nullable=False),
    key("subject"),
    workspace(),
    in_workspace(),
    UniqueConstraint("subject"),
    sqlite_with_rowid=False,
)
"""Clustered by time: what is due lies side by side, however many rows there are."""

alerts = Table(
    "alerts",
    metadata,
    tenant(),
    key("id"),
    Column("milestone_id", Text, nullable=False),
    Column("due", Date, nullable=False),
    Column("steps", Json, nullable=False),
    number("repeat"),
    number("repeat_every"),
    Column("state", Text, nullable=False),
    number("planned_level"),
    number("sent_level"),
    Column("sent_at", Instant),
    number("round"),
    Column("told", Json, nullable=False),
    Column("asked_at", Instant),
    within("milestones", "milestone_id"),
)
Index(
    "alerts_open",
    alerts.c.workspace_id,
    alerts.c.milestone_id,
    sqlite_where=text("state <> 'resolved'"),
    postgresql_where=text("state <> 'resolved'"),
)
