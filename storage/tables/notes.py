"""Notes and files of milestones, and the words by which all of it is found again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Dialect, Index, Integer, LargeBinary, Table, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.columns import Instant, Json, Maybe
from storage.tables.schema import key, metadata, number, tenant, within, word, workspace


class Words(TypeDecorator[str]):
    """Folded words: a search vector for PostgreSQL, for SQLite the text behind its own index."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return TSVECTOR() if dialect.name == "postgresql" else Text()


notes = Table(
    "notes",
    metadata,
    tenant(),
    key("id"),
    Column("milestone_id", Text, nullable=False),
    Column("author_id", Maybe),
    Column("at", Instant, nullable=False),
    word("text"),
    word("platform"),
    word("tenant"),
    word("chat"),
    word("thread"),
    word("message"),
    word("permalink"),
    Column("edits", Json, nullable=False),
    Column("removed_at", Instant),
    within("milestones", "milestone_id"),
    within("people", "author_id"),
    Index("notes_of_milestone", "workspace_id", "milestone_id", "at", "id"),
    Index("notes_of_author", "workspace_id", "author_id", "at", "id"),
)
_BY_MESSAGE = sql("message <> ''")
Index(
    "notes_by_message",
    *(notes.c[name] for name in ("platform", "tenant", "chat", "message")),
    sqlite_where=_BY_MESSAGE,
    postgresql_where=_BY_MESSAGE,
)

files = Table(
    "files",
    metadata,
    tenant(),
    key("id"),
    Column("milestone_id", Maybe),
    Column("by_id", Maybe),
    Column("note_id", Maybe),
    Column("at", Instant, nullable=False),
    word("origin"),  # the platform that keeps it
    word("file_id"),
    word("name"),
    word("mime"),
    Column("size", BigInteger, nullable=False),
    word("sha256"),
    word("link"),
    word("platform"),
    word("tenant"),
    word("chat"),
    word("thread"),
    word("message"),
    word("copy"),
    word("blob_id"),
    number("tries"),
    Column("removed_at", Instant),
    within("milestones", "milestone_id"),
    within("people", "by_id"),
    within("notes", "note_id"),
    Index("files_of_milestone", "workspace_id", "milestone_id", "at", "id"),
    Index("files_of_workspace", "workspace_id", "at", "id"),
    Index("files_of_note", "workspace_id", "note_id"),
)
Index(
    "files_by_message",
    *(files.c[name] for name in ("platform", "tenant", "chat", "message")),
    sqlite_where=_BY_MESSAGE,
    postgresql_where=_BY_MESSAGE,
)
WANTED = sql("copy = 'wanted'")
HELD = sql("blob_id <> ''")
Index("files_to_copy", files.c.at, sqlite_where=WANTED, postgresql_where=WANTED)
Index("files_held", files.c.blob_id, sqlite_where=HELD, postgresql_where=HELD)

blobs = Table(
    "blobs",
    metadata,
    key("id"),
    word("owner"),
    word("name"),
    word("mime"),
    Column("size", BigInteger, nullable=False),
    word("sha256"),
    Column("at", Instant, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index("blobs_by_time", "at"),
)

findings = Table(
    "findings",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    workspace(),
    Column("kind", Text, nullable=False),
    Column("item_id", Text, nullable=False),
    Column("milestone_id", Text, nullable=False),
    Column("by_id", Maybe),
    Column("words", Words, nullable=False),
    within("milestones", "milestone_id"),
    within("people", "by_id"),
    UniqueConstraint("workspace_id", "kind", "item_id"),
    Index("findings_of_workspace", "workspace_id", "kind", "number"),
    Index("findings_of_milestone", "workspace_id", "milestone_id"),
)
"""One row per thing to be found; its words are indexed by what each database has for that (migration
0007)."""
