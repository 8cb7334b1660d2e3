"""Milestones that come again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "series",
        *(_text(name) for name in ("workspace_id", "id", "project_id", "rule", "title", "owner_id")),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        *(_text(name) for name in ("milestone_id", "created_by")),
        sa.Column("made", sa.Integer(), nullable=False),
        _text("needs"),
        sa.Column("phase_id", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("ended", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            _within(table, f"{column}_id")
            for table, column in (("projects", "project"), ("milestones", "milestone"))
        ),
        *(_within("people", column) for column in ("owner_id", "created_by")),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
    )
    op.create_index("series_of_project", "series", ["workspace_id", "project_id"])


def downgrade() -> None:
    op.drop_table("series")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _within(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"])
