"""Projects and milestones; how many there are is counted by triggers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# One row per filter a list can have; the widest first, so that two transactions never wait crosswise.
_COUNT = """
INSERT INTO milestone_counts (workspace_id, project_id, owner_id, open, total) VALUES
  ({row}.workspace_id, '', '', {sign} {open}, {sign} 1),
  ({row}.workspace_id, {row}.project_id, '', {sign} {open}, {sign} 1),
  ({row}.workspace_id, '', {row}.owner_id, {sign} {open}, {sign} 1),
  ({row}.workspace_id, {row}.project_id, {row}.owner_id, {sign} {open}, {sign} 1)
ON CONFLICT (workspace_id, project_id, owner_id) DO UPDATE SET
  open = milestone_counts.open + excluded.open, total = milestone_counts.total + excluded.total;
"""
_OPEN = "CASE WHEN {row}.is_open THEN 1 ELSE 0 END"
_COUNT_NEW = _COUNT.format(row="NEW", sign="+", open=_OPEN.format(row="NEW"))
_UNCOUNT_OLD = _COUNT.format(row="OLD", sign="-", open=_OPEN.format(row="OLD"))
_COUNTED = "project_id, owner_id, is_open, withdrawn"
_CHANGED = (
    "(OLD.project_id <> NEW.project_id OR OLD.owner_id <> NEW.owner_id "
    "OR OLD.is_open <> NEW.is_open OR OLD.withdrawn <> NEW.withdrawn)"
)
_SQLITE = tuple(
    f"CREATE TRIGGER {name} AFTER {change} ON milestones WHEN {when} BEGIN {statement} END"
    for name, change, when, statement in (
        ("milestones_added", "INSERT", "NOT NEW.withdrawn", _COUNT_NEW),
        ("milestones_removed", "DELETE", "NOT OLD.withdrawn", _UNCOUNT_OLD),
        ("milestones_left", f"UPDATE OF {_COUNTED}", f"NOT OLD.withdrawn AND {_CHANGED}", _UNCOUNT_OLD),
        ("milestones_came", f"UPDATE OF {_COUNTED}", f"NOT NEW.withdrawn AND {_CHANGED}", _COUNT_NEW),
    )
)
_POSTGRES = (
    f"""
CREATE FUNCTION count_milestones() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN IF NOT OLD.withdrawn THEN {_UNCOUNT_OLD} END IF; END IF;
  IF TG_OP <> 'DELETE' THEN IF NOT NEW.withdrawn THEN {_COUNT_NEW} END IF; END IF;
  RETURN NULL;
END $$
""",
    "CREATE TRIGGER milestones_came_or_went AFTER INSERT OR DELETE ON milestones "
    "FOR EACH ROW EXECUTE FUNCTION count_milestones()",
    f"CREATE TRIGGER milestones_changed AFTER UPDATE OF {_COUNTED} ON milestones FOR EACH ROW "
    f"WHEN ({_CHANGED}) EXECUTE FUNCTION count_milestones()",
)


def upgrade() -> None:
    _projects()
    _milestones()
    _milestone_indexes()
    _milestone_counts()
    _triggers()


def downgrade() -> None:
    op.drop_table("milestone_counts")
    op.drop_table("milestones")
    op.drop_table("projects")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION count_milestones()")


def _projects() -> None:
    op.create_table(
        "projects",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("home_platform", sa.Text(), nullable=True),
        sa.Column("home_tenant", sa.Text(), nullable=True),
        sa.Column("home_chat", sa.Text(), nullable=True),
        sa.Column("home_thread", sa.Text(), nullable=True),
        sa.Column("head_id", sa.Text(), nullable=True),
        sa.Column("week", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("digest_at", sa.Time(), nullable=False),
        sa.Column("language", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("last_number", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id", "head_id"], ["people.workspace_id", "people.id"]),
        sa.ForeignKeyConstraint(["workspace_id", "lead_id"], ["people.workspace_id", "people.id"]),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
        sa.UniqueConstraint("workspace_id", "id", "key"),
        sa.UniqueConstraint("workspace_id", "key"),
    )
    op.create_index(
        "projects_by_home", "projects", ["workspace_id", "home_platform", "home_tenant", "home_chat"]
    )


def _milestones() -> None:
    op.create_table(
        "milestones",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("project_key", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_folded", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("approver_id", sa.Text(), nullable=True),
        sa.Column("baseline_due", sa.Date(), nullable=True),
        sa.Column("forecast_due", sa.Date(), nullable=True),
        sa.Column("actual_start", sa.Date(), nullable=True),
        sa.Column("actual_done", sa.Date(), nullable=True),
        sa.Column("blocked_reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("blocked_since", sa.BigInteger(), nullable=True),
        sa.Column("blocked_by", sa.Text(), nullable=True),
        sa.Column("criteria", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("is_open", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id", "approver_id"], ["people.workspace_id", "people.id"]),
        sa.ForeignKeyConstraint(["workspace_id", "blocked_by"], ["people.workspace_id", "people.id"]),
        sa.ForeignKeyConstraint(["workspace_id", "created_by"], ["people.workspace_id", "people.id"]),
        sa.ForeignKeyConstraint(["workspace_id", "owner_id"], ["people.workspace_id", "people.id"]),
        sa.ForeignKeyConstraint(
            ["workspace_id", "project_id", "project_key"],
            ["projects.workspace_id", "projects.id", "projects.key"],
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
        sa.UniqueConstraint("workspace_id", "project_key", "number"),
    )


def _milestone_indexes() -> None:
    _by_due("milestones_open", [], "is_open")
    _by_due("milestones_open_of_owner", ["owner_id"], "is_open")
    _by_due("milestones_open_of_project", ["project_id"], "is_open")
    _by_due("milestones_shown_of_owner", ["owner_id"], "NOT withdrawn")
    _by_due("milestones_shown_of_project", ["project_id"], "NOT withdrawn")


def _by_due(name: str, first: list[str], where: str) -> None:
    columns = ["workspace_id", *first, "due", "number", "id"]
    op.create_index(name, "milestones", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _milestone_counts() -> None:
    op.create_table(
        "milestone_counts",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=False),
        sa.Column("open", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "project_id", "owner_id"),
        sqlite_with_rowid=False,
    )


def _triggers() -> None:
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRES:
        op.get_bind().exec_driver_sql(statement)
