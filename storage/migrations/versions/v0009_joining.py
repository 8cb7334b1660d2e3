"""Who joins how, who stands in for whom, who wants to hear nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    for table, names in _WORDS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False))
    for name in ("stopped", "follows"):
        op.add_column("people", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("people", sa.Column("deputy_until", sa.Date(), nullable=True))
    op.add_column(
        "invitations",
        sa.Column("milestone_ids", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
    )
    for name in ("created_at", "revoked_at"):
        op.add_column("invitations", sa.Column(name, sa.BigInteger(), nullable=True))
    op.create_index("invitations_of_workspace", "invitations", ["workspace_id", "expires_at"])


def downgrade() -> None:
    op.drop_index("invitations_of_workspace", "invitations")
    for name in ("revoked_at", "created_at", "milestone_ids"):
        op.drop_column("invitations", name)
    for name in ("deputy_until", "follows", "stopped"):
        op.drop_column("people", name)
    for table, names in _WORDS.items():
        for name in reversed(names):
            op.drop_column(table, name)


_WORDS = {
    "people": ("deputy_id", "department", "gone"),
    "identities": ("vouched",),
    "invitations": ("role", "name", "used_by"),
}
