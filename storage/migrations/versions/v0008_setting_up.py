"""Phases, what a project is about, rehearsal, and the ledger of what is not a milestone."""

from __future__ import annotations

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    return None


def downgrade() -> None:
    return None
