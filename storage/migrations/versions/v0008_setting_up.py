"""Phases, what a project is about, rehearsal, and the ledger of what is not a milestone.

Teams that are there already go on as they were: rehearsal is off for them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_SQLITE = tuple(
    f"CREATE TRIGGER ledger_{name} BEFORE {event} ON ledger "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    for name, event in (("unchanged", "UPDATE"), ("kept", "DELETE"))
)
_POSTGRES = (
    """
CREATE FUNCTION refuse_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation'; END $$
""",
    "CREATE TRIGGER ledger_kept BEFORE UPDATE OR DELETE ON ledger "
    "FOR EACH ROW EXECUTE FUNCTION refuse_ledger()",
    "CREATE TRIGGER ledger_whole BEFORE TRUNCATE ON ledger EXECUTE FUNCTION refuse_ledger()",
)
_PROJECT = ("scope", "client", "department", "country", "region", "holidays")
_FLAGS = {"projects": ("archived", "withdrawn"), "workspaces": ("rehearsal", "keep_evidence")}


def upgrade() -> None:
    _columns()
    _phases()
    _ledger()
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRES:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_table("ledger")
    op.drop_table("phases")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_ledger()")
    op.drop_column("workspaces", "completing")
    for table, names in _FLAGS.items():
        for name in names:
            op.drop_column(table, name)
    for name in (*_PROJECT, "goals", "starts", "opens", "closes"):
        op.drop_column("projects", name)


def _columns() -> None:
    for name in _PROJECT:
        op.add_column("projects", _text(name, ""))
    op.add_column("projects", _text("goals", "[]"))
    op.add_column("projects", sa.Column("starts", sa.Date(), nullable=True))
    for name, clock in (("opens", "09:00:00.000000"), ("closes", "18:00:00.000000")):
        column = sa.Column(name, sa.Time(), server_default=sa.text(f"'{clock}'"), nullable=False)
        op.add_column("projects", column)
    for table, names in _FLAGS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("workspaces", _text("completing", "owner"))


def _text(name: str, default: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default=sa.text(f"'{default}'"), nullable=False)


def _phases() -> None:
    op.create_table(
        "phases",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _text("exit", ""),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id", "project_id"], ["projects.workspace_id", "projects.id"]),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
    )
    op.create_index("phases_of_project", "phases", ["workspace_id", "project_id", "position"])


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        _text("batch_id", ""),
        _text("undoes", ""),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        sa.ForeignKeyConstraint(["workspace_id", "actor_id"], ["people.workspace_id", "people.id"]),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
    )
    op.create_index("ledger_of_subject", "ledger", ["workspace_id", "kind", "subject_id", "at", "id"])
    op.create_index("ledger_of_actor", "ledger", ["workspace_id", "actor_id", "at", "id"])
    for name in ("batch_id", "undoes"):
        filled = sa.text(f"{name} <> ''")
        op.create_index(
            f"ledger_by_{name}",
            "ledger",
            ["workspace_id", name],
            sqlite_where=filled,
            postgresql_where=filled,
        )
