"""Notes, files, and finding them again.

The words of what can be found are folded in Python, alike for both databases; what is there already is
indexed here.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0007"
down_revision = "0006"

_SQLITE = (
    "CREATE VIRTUAL TABLE findings_words USING fts5(words, content='findings', content_rowid='number', "
    "detail='none', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER findings_added AFTER INSERT ON findings BEGIN "
    "INSERT INTO findings_words (rowid, words) VALUES (NEW.number, NEW.words); END",
    "CREATE TRIGGER findings_removed AFTER DELETE ON findings BEGIN "
    "INSERT INTO findings_words (findings_words, rowid, words) VALUES ('delete', OLD.number, OLD.words); END",
    "CREATE TRIGGER findings_changed AFTER UPDATE OF words ON findings BEGIN "
    "INSERT INTO findings_words (findings_words, rowid, words) VALUES ('delete', OLD.number, OLD.words); "
    "INSERT INTO findings_words (rowid, words) VALUES (NEW.number, NEW.words); END",
)
_POSTGRES = ("CREATE INDEX findings_words ON findings USING gin (words) WITH (fastupdate = off)",)
_SPACELESS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_SPACELESS}]|(?:(?![{_SPACELESS}])[^\W_])+")
_BATCH = 1_000


def upgrade() -> None:
    _notes()
    _files()
    _blobs()
    _findings()
    for statement in _SQLITE if _on_sqlite() else _POSTGRES:
        op.get_bind().exec_driver_sql(statement)
    _find_milestones()


def downgrade() -> None:
    if _on_sqlite():
        op.execute("DROP TABLE findings_words")
    for table in ("findings", "blobs", "files", "notes"):
        op.drop_table(table)


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False)


def _message() -> tuple[sa.Column[str], ...]:
    return tuple(map(_word, ("platform", "tenant", "chat", "thread", "message")))


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _notes() -> None:
    op.create_table(
        "notes",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("milestone_id", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _word("text"),
        *_message(),
        _word("permalink"),
        sa.Column("edits", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "milestone_id"], ["milestones.workspace_id", "milestones.id"]
        ),
        sa.ForeignKeyConstraint(["workspace_id", "author_id"], ["people.workspace_id", "people.id"]),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
    )
    op.create_index("notes_of_milestone", "notes", ["workspace_id", "milestone_id", "at", "id"])
    op.create_index("notes_of_author", "notes", ["workspace_id", "author_id", "at", "id"])
    _partial("notes_by_message", "notes", ["platform", "tenant", "chat", "message"], "message <> ''")


def _files() -> None:
    op.create_table(
        "files",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("milestone_id", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Text(), nullable=True),
        sa.Column("note_id", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        *map(_word, ("origin", "file_id", "name", "mime")),
        sa.Column("size", sa.BigInteger(), nullable=False),
        *map(_word, ("sha256", "link")),
        *_message(),
        *map(_word, ("copy", "blob_id")),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "milestone_id"], ["milestones.workspace_id", "milestones.id"]
        ),
        sa.ForeignKeyConstraint(["workspace_id", "by_id"], ["people.workspace_id", "people.id"]),
        sa.ForeignKeyConstraint(["workspace_id", "note_id"], ["notes.workspace_id", "notes.id"]),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
    )
    op.create_index("files_of_milestone", "files", ["workspace_id", "milestone_id", "at", "id"])
    op.create_index("files_of_workspace", "files", ["workspace_id", "at", "id"])
    op.create_index("files_of_note", "files", ["workspace_id", "note_id"])
    _partial("files_by_message", "files", ["platform", "tenant", "chat", "message"], "message <> ''")
    _partial("files_to_copy", "files", ["at"], "copy = 'wanted'")
    _partial("files_held", "files", ["blob_id"], "blob_id <> ''")


def _blobs() -> None:
    op.create_table(
        "blobs",
        sa.Column("id", sa.Text(), nullable=False),
        *map(_word, ("owner", "name", "mime")),
        sa.Column("size", sa.BigInteger(), nullable=False),
        _word("sha256"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("blobs_by_time", "blobs", ["at"])


def _findings() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "findings",
        sa.Column("number", number, primary_key=True, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("milestone_id", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Text(), nullable=True),
        sa.Column("words", sa.Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "milestone_id"], ["milestones.workspace_id", "milestones.id"]
        ),
        sa.ForeignKeyConstraint(["workspace_id", "by_id"], ["people.workspace_id", "people.id"]),
        sa.UniqueConstraint("workspace_id", "kind", "item_id"),
    )
    op.create_index("findings_of_workspace", "findings", ["workspace_id", "kind", "number"])
    op.create_index("findings_of_milestone", "findings", ["workspace_id", "milestone_id"])


def _find_milestones() -> None:
    words = ":words" if _on_sqlite() else "array_to_tsvector(string_to_array(:words, ' '))"
    statement = sa.text(
        "INSERT INTO findings (workspace_id, kind, item_id, milestone_id, words) "  # noqa: S608 - our own words
        f"VALUES (:workspace, 'milestone', :id, :id, {words})"
    )
    for batch in _batches():
        op.get_bind().execute(statement, batch)


def _batches() -> Iterator[list[dict[str, str]]]:
    rows = op.get_bind().execute(
        sa.text(
            "SELECT workspace_id, id, project_key, number, title, criteria FROM milestones "
            "ORDER BY created_at, id"
        )
    )
    while found := rows.fetchmany(_BATCH):
        yield [_row(*row) for row in found]


def _row(workspace: str, ident: str, key: str, number: int, title: str, criteria: str) -> dict[str, str]:
    said = " ".join([f"{key} {number}", title, *map(_text, json.loads(criteria))])
    mark = f"x{blake2b(f'{workspace} milestone'.encode(), digest_size=6).hexdigest()}"
    return {"workspace": workspace, "id": ident, "words": " ".join(f"{mark}{word}" for word in _folded(said))}


def _text(criterion: Any) -> str:
    """Written as a list in the first releases."""
    return str(criterion["text"] if isinstance(criterion, dict) else criterion[1])


def _folded(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    base = unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))
    return tuple(dict.fromkeys(word[:60] for word in _WORD.findall(base)))[:2_000]
