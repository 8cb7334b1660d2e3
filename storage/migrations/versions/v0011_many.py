"""Milestones that come again, and changes made together."""

from __future__ import annotations

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    return None


def downgrade() -> None:
    return None
