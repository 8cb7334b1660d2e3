"""What was said where."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _places()
    _anchors()
    _dialogs()
    _actions()
    _inbox()
    _lines()
    _line_numbers()


def downgrade() -> None:
    op.drop_table("line_numbers")
    op.drop_table("lines")
    op.drop_table("inbox")
    op.drop_table("actions")
    op.drop_table("dialogs")
    op.drop_table("anchors")
    op.drop_table("places")


def _places() -> None:
    op.create_table(
        "places",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("is_direct", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("disabled", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        sa.PrimaryKeyConstraint("platform", "tenant", "chat"),
        sqlite_with_rowid=False,
    )


def _anchors() -> None:
    op.create_table(
        "anchors",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("milestone_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "milestone_id"], ["milestones.workspace_id", "milestones.id"]
        ),
        sa.PrimaryKeyConstraint("platform", "tenant", "chat", "message"),
        sqlite_with_rowid=False,
    )
    op.create_index("anchors_of_milestone", "anchors", ["workspace_id", "milestone_id"])


def _dialogs() -> None:
    op.create_table(
        "dialogs",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id", "person_id"], ["people.workspace_id", "people.id"]),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", "conversation"),
    )


def _actions() -> None:
    op.create_table(
        "actions",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("milestone_id", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        sa.PrimaryKeyConstraint("token"),
        sqlite_with_rowid=False,
    )
    op.create_index("actions_by_expiry", "actions", ["expires_at"])


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "key"),
        sqlite_with_rowid=False,
    )
    op.create_index("inbox_by_time", "inbox", ["at"])


def _lines() -> None:
    op.create_table(
        "lines",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("only_for", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("oid", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("lines_by_change", "lines", ["conversation", "seq"])
    op.create_index(
        "lines_by_oid",
        "lines",
        ["conversation", "oid"],
        sqlite_where=sa.text("oid <> ''"),
        postgresql_where=sa.text("oid <> ''"),
    )
    op.create_index("lines_by_place", "lines", ["conversation", "place"])


def _line_numbers() -> None:
    op.create_table(
        "line_numbers",
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("conversation"),
    )
