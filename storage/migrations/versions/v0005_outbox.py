"""Messages to send, and one queue per destination."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _outbox()
    _outbox_indexes()
    _lanes()
    _pauses()


def downgrade() -> None:
    op.drop_table("pauses")
    op.drop_table("lanes")
    op.drop_table("outbox")


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("install", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("dest", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=True),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("milestone_id", sa.Text(), nullable=True),
        sa.Column("project_id", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("subject_version", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("planned_for", sa.BigInteger(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("lease_owner", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("sends", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("send_started_at", sa.BigInteger(), nullable=True),
        sa.Column("on_unknown", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("last_class", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("last_code", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("last_error", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "milestone_id"], ["milestones.workspace_id", "milestones.id"]
        ),
        sa.ForeignKeyConstraint(["workspace_id", "person_id"], ["people.workspace_id", "people.id"]),
        sa.ForeignKeyConstraint(["workspace_id", "project_id"], ["projects.workspace_id", "projects.id"]),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("workspace_id", "key"),
    )


def _outbox_indexes() -> None:
    pending, waiting = "state = 'pending'", "state IN ('pending', 'blocked')"
    occupying = "state IN ('leased', 'sending', 'uncertain')"
    _index("outbox_one_per_lane", ["lane"], occupying, unique=True)
    _index("outbox_next_in_lane", ["lane", "priority", "not_before", "id"], pending)
    _index("outbox_earliest_in_lane", ["lane", "not_before"], pending)
    _index("outbox_waiting_by_expiry", ["expires_at"], waiting)
    _index("outbox_waiting_by_milestone", ["workspace_id", "milestone_id"], waiting)
    _index("outbox_parked_by_destination", ["platform", "install", "dest"], "state = 'blocked'")
    _index("outbox_leased", ["lease_until", "state"], "lease_until IS NOT NULL")
    op.create_index("outbox_finished", "outbox", ["finished_at", "state"])


def _index(name: str, columns: list[str], where: str, unique: bool = False) -> None:
    op.create_index(
        name,
        "outbox",
        columns,
        unique=unique,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )


def _lanes() -> None:
    op.create_table(
        "lanes",
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("install", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("priority", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("ready_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("lane"),
        sqlite_with_rowid=False,
    )
    op.create_index("lanes_of_install", "lanes", ["platform", "install"])
    op.create_index(
        "lanes_ready",
        "lanes",
        ["priority", "ready_at", "lane"],
        sqlite_where=sa.text("ready_at IS NOT NULL"),
        postgresql_where=sa.text("ready_at IS NOT NULL"),
    )


def _pauses() -> None:
    op.create_table(
        "pauses",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
