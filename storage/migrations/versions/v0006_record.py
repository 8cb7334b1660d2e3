"""What a milestone's record holds beside dates: phase, hold, tasks, origin; changes made together."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    for name in ("phase_id", "owner_role", "origin", "series_id"):
        op.add_column("milestones", sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("milestones", sa.Column("tasks", sa.Text(), server_default=sa.text("'[]'"), nullable=False))
    op.add_column(
        "milestones", sa.Column("hold", sa.Text(), server_default=sa.text("'null'"), nullable=False)
    )
    op.add_column("history", sa.Column("batch_id", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.create_index(
        "history_of_batch",
        "history",
        ["workspace_id", "batch_id"],
        sqlite_where=sa.text("batch_id <> ''"),
        postgresql_where=sa.text("batch_id <> ''"),
    )

    _name_the_parts_of_criteria()


def downgrade() -> None:
    op.drop_index("history_of_batch", "history")
    op.drop_column("history", "batch_id")
    for name in ("hold", "tasks", "series_id", "origin", "owner_role", "phase_id"):
        op.drop_column("milestones", name)


def _name_the_parts_of_criteria() -> None:
    """From [id, text, who, when] to the same by name."""
    table = sa.table("milestones", *map(sa.column, ("workspace_id", "id", "criteria")))
    bind = op.get_bind()
    rows = bind.execute(sa.select(table).where(table.c.criteria.like("[[%"))).all()
    for workspace_id, ident, criteria in rows:
        kept = [_named(*parts) for parts in json.loads(criteria)]
        text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
        bind.execute(
            sa.update(table)
            .where(table.c.workspace_id == workspace_id, table.c.id == ident)
            .values(criteria=text)
        )


def _named(ident: str, text: str, done_by: str, done_at: str | None) -> dict[str, str]:
    done = {"done_by": done_by, "done_at": done_at} if done_at else {}
    return {"id": ident, "text": text, **done}
