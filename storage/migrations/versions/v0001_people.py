"""Workspaces, the people in them, and their accounts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _workspaces()
    _installs()
    _people()
    _identities()
    _chosen_workspaces()
    _secrets()
    _demo_time()


def downgrade() -> None:
    op.drop_table("demo_time")
    op.drop_table("secrets")
    op.drop_table("chosen_workspaces")
    op.drop_table("identities")
    op.drop_table("people")
    op.drop_table("installs")
    op.drop_table("workspaces")


def _workspaces() -> None:
    op.create_table(
        "workspaces",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("language", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("demo", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _installs() -> None:
    op.create_table(
        "installs",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=True),
        sa.Column("installed_at", sa.BigInteger(), nullable=True),
        sa.Column("suspended", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        sa.PrimaryKeyConstraint("platform", "tenant"),
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("zone", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("language", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("date_order", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("week", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("morning", sa.Time(), nullable=False),
        sa.Column("preferred_platform", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("merged_into", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id", "merged_into"], ["people.workspace_id", "people.id"]),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
    )
    op.create_index("people_merged", "people", ["workspace_id", "merged_into"])


def _identities() -> None:
    op.create_table(
        "identities",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("username", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("username_folded", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("direct", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("linked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id", "person_id"], ["people.workspace_id", "people.id"]),
        sa.PrimaryKeyConstraint("platform", "tenant", "account", "workspace_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("identities_by_username", "identities", ["workspace_id", "platform", "username_folded"])
    op.create_index("identities_of_person", "identities", ["workspace_id", "person_id"])


def _chosen_workspaces() -> None:
    op.create_table(
        "chosen_workspaces",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        sa.PrimaryKeyConstraint("platform", "tenant", "account"),
        sqlite_with_rowid=False,
    )


def _secrets() -> None:
    op.create_table(
        "secrets",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _demo_time() -> None:
    op.create_table(
        "demo_time",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ahead", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
