"""Quotas and what people tell us."""

from __future__ import annotations

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    return None


def downgrade() -> None:
    return None
