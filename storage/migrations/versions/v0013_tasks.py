"""Who still has what to do is found among the few open milestones that have tasks at all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_HAS_TASKS = sa.text("is_open AND tasks <> '[]'")


def upgrade() -> None:
    op.create_index(
        "milestones_with_tasks",
        "milestones",
        ["workspace_id", "due", "number", "id"],
        sqlite_where=_HAS_TASKS,
        postgresql_where=_HAS_TASKS,
    )


def downgrade() -> None:
    op.drop_index("milestones_with_tasks", "milestones")
