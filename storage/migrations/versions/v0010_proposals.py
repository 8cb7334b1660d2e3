"""What somebody proposes to whoever may decide."""

from __future__ import annotations

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    return None


def downgrade() -> None:
    return None
