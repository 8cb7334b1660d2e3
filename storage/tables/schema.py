"""What all tables share: names for constraints, and the columns that keep tenants apart."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Integer, MetaData, Text, false, text

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)


def word(name: str) -> Column[str]:
    """Text that is always there and may be empty."""
    return Column(name, Text, nullable=False, server_default=text("''"))


def number(name: str, default: int = 0) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=text(str(default)))


def flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=false())


def key(name: str) -> Column[str]:
    return Column(name, Text, primary_key=True, nullable=False)


def tenant() -> Column[str]:
    """The workspace as the first part of the key: rows of two tenants can never meet."""
    return key("workspace_id")


def workspace() -> Column[str]:
    """The workspace where the key lies elsewhere."""
    return Column("workspace_id", Text, nullable=False)


def in_workspace() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace_id"], ["workspaces.id"])


def within(table: str, column: str) -> ForeignKeyConstraint:
    """``column`` points at a row of ``table`` in the same workspace."""
    return ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"])
