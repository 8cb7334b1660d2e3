"""Full-text search as each database spells it: the words of a row, and the rows that hold what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from hashlib import blake2b
from typing import Any

from sqlalchemy import BindParameter, Boolean, ColumnElement, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from bot.domain.finding import is_beginning
from storage.tables import findings

MOST = 100
FEW = 1_000
"""PostgreSQL finds so many before it picks the newest; of words that stand nearly everywhere, `Where.RECENT`
has found enough before."""
_NEWEST = {"latest": 300, "recent": 2_000}


class Where(Enum):
    """Which rows are looked at.  LATEST and RECENT: the newest alone, which is how PostgreSQL answers for
    words that stand nearly everywhere (SQLite walks backwards by itself); OWN: few rows, picked otherwise."""

    ALL = "all"
    LATEST = "latest"
    RECENT = "recent"
    OWN = "own"


class Vector(ColumnElement[str]):
    """The words bound as ``said``, divided by spaces, as the column holds them."""

    inherit_cache = True
    type = findings.c.words.type

    def __init__(self) -> None:
        self.said: BindParameter[str] = bindparam("said", type_=Text)


class Hits(ColumnElement[bool]):
    """The row is one of the hits of ``query``."""

    inherit_cache = False
    type = Boolean()
    _is_implicitly_boolean = True

    def __init__(self, where: Where) -> None:
        self.where = where
        self.query: BindParameter[str] = bindparam("query", type_=Text)
        self.workspace: BindParameter[str] = bindparam("of_workspace", type_=Text)
        self.kind: BindParameter[str] = bindparam("of_kind", type_=Text)


def spelled_words(workspace_id: str, kind: str, words: Sequence[str]) -> str:
    """What `Vector` binds.  Each word begins with a mark of its workspace and kind, so that the index itself
    keeps them apart and a search reads the entries of its own words alone."""
    mark = _mark(workspace_id, kind)
    return " ".join(f"{mark}{word}" for word in words)


def spelled_query(workspace_id: str, kind: str, words: Sequence[str], *, on_postgres: bool) -> str:
    """Every word must be there.  ``words`` are folded: letters and figures, nothing that needs quoting."""
    mark = _mark(workspace_id, kind)
    quote, beginning, both = ("'", ":*", " & ") if on_postgres else ('"', " *", " AND ")
    return both.join(f"{quote}{mark}{word}{quote}{beginning if is_beginning(word) else ''}" for word in words)


def _mark(workspace_id: str, kind: str) -> str:
    return f"x{blake2b(f'{workspace_id} {kind}'.encode(), digest_size=6).hexdigest()}"


@compiles(Vector, "sqlite")
def _as_text(element: Vector, compiler: SQLCompiler, **options: Any) -> str:
    return str(compiler.process(element.said, **options))


@compiles(Vector, "postgresql")
def _as_vector(element: Vector, compiler: SQLCompiler, **options: Any) -> str:
    return f"array_to_tsvector(string_to_array({compiler.process(element.said, **options)}, ' '))"


@compiles(Hits, "sqlite")
def _on_sqlite(element: Hits, compiler: SQLCompiler, **options: Any) -> str:
    query = compiler.process(element.query, **options)
    match = f"SELECT rowid FROM findings_words WHERE findings_words MATCH {query}"  # noqa: S608 - a compiled expression
    if element.where is Where.OWN:
        return f"EXISTS ({match} AND rowid = findings.number)"
    return f"findings.number IN ({match} ORDER BY rowid DESC LIMIT {MOST})"


@compiles(Hits, "postgresql")
def _on_postgres(element: Hits, compiler: SQLCompiler, **options: Any) -> str:
    query = f"CAST({compiler.process(element.query, **options)} AS tsquery)"
    if element.where is Where.OWN:
        return f"findings.words @@ {query}"
    if element.where is Where.ALL:
        found = f"SELECT number FROM findings WHERE words @@ {query} LIMIT {FEW}"  # noqa: S608 - a compiled expression
    else:
        found = f"SELECT number FROM ({_newest(element, compiler, options)}) r WHERE words @@ {query}"  # noqa: S608 - same
    # As an array, found once: a semi-join would be free to walk the whole table towards it.
    return f"findings.number = ANY (ARRAY(SELECT number FROM ({found}) f ORDER BY number DESC LIMIT {MOST}))"  # noqa: S608 - same


# By id, which sorts by time and has an index of its own: by number, PostgreSQL would walk the primary key
# past every row of the other kinds.
def _newest(element: Hits, compiler: SQLCompiler, options: dict[str, Any]) -> str:
    workspace, kind = (compiler.process(part, **options) for part in (element.workspace, element.kind))
    return (
        f"SELECT number, words FROM findings WHERE workspace_id = {workspace} AND kind = {kind} "  # noqa: S608 - same
        f"ORDER BY item_id DESC LIMIT {_NEWEST[element.where.value]}"
    )
