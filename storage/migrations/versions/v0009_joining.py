"""Who joins how, who stands in for whom."""

from __future__ import annotations

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    return None


def downgrade() -> None:
    return None
