"""When the ladder last asked a person, beside when it last said anything."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("alerts", sa.Column("asked_at", sa.BigInteger(), nullable=True))
    op.execute("UPDATE alerts SET asked_at = sent_at WHERE told <> '[]'")


def downgrade() -> None:
    op.drop_column("alerts", "asked_at")
