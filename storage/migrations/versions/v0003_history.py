"""What happened to milestones, written once; when to look at them again; invitations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

# A cause may be named afterwards, once; nothing else ever changes.
_ONLY_NAMES_CAUSE = """
OLD.cause = '' AND NEW.cause <> '' AND OLD.workspace_id = NEW.workspace_id AND OLD.id = NEW.id
AND OLD.milestone_id = NEW.milestone_id AND OLD.at = NEW.at AND OLD.action = NEW.action
AND COALESCE(OLD.actor_id, '') = COALESCE(NEW.actor_id, '') AND OLD.before = NEW.before
AND OLD.after = NEW.after AND OLD.version = NEW.version AND OLD.note = NEW.note
"""
_SQLITE = (
    f"CREATE TRIGGER history_unchanged BEFORE UPDATE ON history WHEN NOT ({_ONLY_NAMES_CAUSE}) "
    "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
    "CREATE TRIGGER history_kept BEFORE DELETE ON history "
    "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
)
_POSTGRES = (
    """
CREATE FUNCTION refuse_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'history is append-only' USING ERRCODE = 'restrict_violation'; END $$
""",
    f"CREATE TRIGGER history_unchanged BEFORE UPDATE ON history FOR EACH ROW "
    f"WHEN (NOT ({_ONLY_NAMES_CAUSE})) EXECUTE FUNCTION refuse_history()",
    "CREATE TRIGGER history_kept BEFORE DELETE ON history FOR EACH ROW EXECUTE FUNCTION refuse_history()",
    "CREATE TRIGGER history_whole BEFORE TRUNCATE ON history EXECUTE FUNCTION refuse_history()",
)


def upgrade() -> None:
    _history()
    _triggers()
    _due()
    _alerts()
    _invitations()


def downgrade() -> None:
    op.drop_table("invitations")
    op.drop_table("alerts")
    op.drop_table("due")
    op.drop_table("history")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_history()")


def _history() -> None:
    op.create_table(
        "history",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("milestone_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cause", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id", "actor_id"], ["people.workspace_id", "people.id"]),
        sa.ForeignKeyConstraint(
            ["workspace_id", "milestone_id"], ["milestones.workspace_id", "milestones.id"]
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
    )
    op.create_index("history_of_actor", "history", ["workspace_id", "actor_id", "at", "id"])
    op.create_index("history_of_milestone", "history", ["workspace_id", "milestone_id", "at", "id"])


def _due() -> None:
    op.create_table(
        "due",
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        sa.PrimaryKeyConstraint("at", "subject"),
        sa.UniqueConstraint("subject"),
        sqlite_with_rowid=False,
    )


def _alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("milestone_id", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("repeat", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("repeat_every", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("planned_level", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("sent_level", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("round", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "milestone_id"], ["milestones.workspace_id", "milestones.id"]
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
    )
    op.create_index(
        "alerts_open",
        "alerts",
        ["workspace_id", "milestone_id"],
        sqlite_where=sa.text("state <> 'resolved'"),
        postgresql_where=sa.text("state <> 'resolved'"),
    )


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("project_id", sa.Text(), nullable=True),
        sa.Column("for_chat", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id", "created_by"], ["people.workspace_id", "people.id"]),
        sa.ForeignKeyConstraint(["workspace_id", "person_id"], ["people.workspace_id", "people.id"]),
        sa.ForeignKeyConstraint(["workspace_id", "project_id"], ["projects.workspace_id", "projects.id"]),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        sa.PrimaryKeyConstraint("code_hash"),
    )


def _triggers() -> None:
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRES:
        op.get_bind().exec_driver_sql(statement)
