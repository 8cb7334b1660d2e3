"""Which milestones could somebody's words mean?"""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, Select, TextClause, bindparam, case, select

from bot.ports import Pointed
from storage.tables import milestones
from storage.tables.milestones import IS_SHOWN
from storage.transaction import Transaction

MOST = 200
_MOST_WORDS = 8
_ESCAPED = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})

_POINTED = (
    milestones.c.id,
    milestones.c.project_key,
    milestones.c.number,
    milestones.c.title,
    milestones.c.is_open,
)


def _holds(word: int) -> ColumnElement[int]:
    found = milestones.c.title_folded.like(bindparam(f"word_{word}"), escape="\\")
    return case((found, 1), else_=0)


_matches = reduce(add, map(_holds, range(_MOST_WORDS)))


def _statement(in_project: bool, by_words: bool) -> Select[Any]:
    wanted: list[ColumnElement[bool] | TextClause] = [
        milestones.c.workspace_id == bindparam("of_workspace"),
        IS_SHOWN,
    ]
    if in_project:
        wanted.append(milestones.c.project_id == bindparam("of_project"))
    if by_words:
        wanted.append(_matches > 0)
    best = [_matches.desc()] if by_words else []
    order = (milestones.c.is_open.desc(), *best, milestones.c.due, milestones.c.id)
    return select(*_POINTED).where(*wanted).order_by(*order).limit(MOST)


_BOTH = (False, True)
_STATEMENTS = {(p, w): _statement(p, w) for p in _BOTH for w in _BOTH}


def candidates(
    transaction: Transaction, workspace_id: str, words: str, project_id: str
) -> tuple[Pointed, ...]:
    """Titles that hold any of the words, most words first.  When none does, the nearest in time: the
    words may be misspelt, which only a comparison with real titles can tell."""
    values = {"of_workspace": workspace_id, "of_project": project_id, **_patterns(words)}
    found = transaction.all(_STATEMENTS[bool(project_id), True], values)
    rows = found or transaction.all(_STATEMENTS[bool(project_id), False], values)
    return tuple(
        Pointed(ident, f"{key}-{number}", title, key, is_open) for ident, key, number, title, is_open in rows
    )


def _patterns(words: str) -> dict[str, str]:
    """The longest words, for they say most; what is missing matches nothing."""
    longest = sorted(set(words.casefold().split()), key=len, reverse=True)
    patterns = [f"%{word.translate(_ESCAPED)}%" for word in longest] + [""] * _MOST_WORDS
    return {f"word_{place}": patterns[place] for place in range(_MOST_WORDS)}
