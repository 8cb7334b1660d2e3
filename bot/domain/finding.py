"""Finding again: words as they are compared, and which of what was found comes first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

QUERY_WORDS = 8
WORD_LIMIT = 60
_WORDS_KEPT = 2_000
# Scripts written without spaces: there every sign is a word.
_SPACELESS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_SPACELESS}]|(?:(?![{_SPACELESS}])[^\W_])+")


class FoundKind(StrEnum):
    MILESTONE = "milestone"
    NOTE = "note"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One hit.  ``words`` is the beginning of what was found: a note's text, a file's name; for a milestone
    its title once more.  ``at`` aware UTC; ``item_id`` is the note's, the file's or the milestone's."""

    kind: FoundKind
    item_id: str
    milestone_id: str
    key: str
    title: str
    is_open: bool
    words: str
    by_id: str
    at: datetime


def folded(text: str) -> tuple[str, ...]:
    """The words of ``text``, each once, without case and accents: "Dächer, DACH" → dacher, dach."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    base = unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))
    return tuple(dict.fromkeys(word[:WORD_LIMIT] for word in _WORD.findall(base)))[:_WORDS_KEPT]


def wanted(query: str) -> tuple[str, ...]:
    """The words to look for: the first few, in the order typed."""
    return folded(query)[:QUERY_WORDS]


def is_beginning(word: str) -> bool:
    """Whether ``word`` also means longer words: a figure or a single sign means itself."""
    return len(word) > 1 and not word.isdecimal()


def ranked(found: Iterable[Found], query: Sequence[str]) -> tuple[Found, ...]:
    """Best first: whole words before beginnings, names before what was said of them, open before over, and
    of equals the newest."""
    return tuple(sorted(found, key=lambda hit: (_rank(hit, query), hit.at), reverse=True))


def _rank(hit: Found, query: Sequence[str]) -> tuple[bool, bool, int, bool]:
    said = set(folded(f"{hit.key} {hit.title}" if hit.kind is FoundKind.MILESTONE else hit.words))
    is_key = tuple(folded(hit.key)) == tuple(query) and hit.kind is FoundKind.MILESTONE
    order = {FoundKind.MILESTONE: 2, FoundKind.FILE: 1, FoundKind.NOTE: 0}[hit.kind]
    return is_key, said.issuperset(query), order, hit.is_open
