"""What somebody proposes to whoever may decide; reminders that rest; feedback."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    _proposals()
    _snoozes()
    _feedback()
    op.add_column("history", sa.Column("proposed_by", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("history", "proposed_by")
    op.drop_table("feedback")
    op.drop_table("snoozes")
    op.drop_table("proposals")


def _proposals() -> None:
    op.create_table(
        "proposals",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("milestone_id", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("by_id", sa.Text(), nullable=False),
        sa.Column("to_id", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_why", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _within("milestones", "milestone_id"),
        *(_within("people", name) for name in ("by_id", "to_id", "decided_by")),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
    )
    for name in ("milestone_id", "to_id", "by_id"):
        op.create_index(
            f"proposals_open_by_{name}",
            "proposals",
            ["workspace_id", name, "made_at"],
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )


def _snoozes() -> None:
    op.create_table(
        "snoozes",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("milestone_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        _within("milestones", "milestone_id"),
        _within("people", "person_id"),
        sa.PrimaryKeyConstraint("workspace_id", "milestone_id", "person_id"),
    )
    op.create_index("snoozes_of_person", "snoozes", ["workspace_id", "person_id", "until"])


def _feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        _within("people", "by_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
    )
    op.create_index("feedback_by_time", "feedback", ["workspace_id", "at", "id"])


def _within(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"])
