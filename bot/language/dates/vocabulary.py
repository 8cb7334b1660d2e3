"""The shape of one language's words: each word or phrase becomes a token of a kind the grammar knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Token: TypeAlias = tuple[str, Any]
"""Kind and value, for example ("weekday", 4)."""

_Row: TypeAlias = tuple[tuple[str, ...], Token]
IGNORED: Token = ("", None)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """words: single words. phrases: by first word, longest first. leading: dropped at the front only.

    forgiving: words that survive one slip. lapse: words after which a figure is a span of time ("in").
    later: every word that any phrase has.
    """

    words: Mapping[str, Token]
    phrases: Mapping[str, tuple[_Row, ...]]
    leading: Mapping[str, tuple[tuple[str, ...], ...]]
    forgiving: tuple[str, ...]
    lapse: tuple[str, ...]
    later: frozenset[str]

    @classmethod
    def of(
        cls,
        words: Mapping[str, Token],
        phrases: Mapping[str, Token],
        leading: tuple[str, ...],
        forgiving: tuple[str, ...],
        lapse: tuple[str, ...],
    ) -> Vocabulary:
        return cls(
            words=words,
            phrases=_by_first_word((tuple(text.split()), token) for text, token in phrases.items()),
            leading={
                first: tuple(row for row, _ in rows)
                for first, rows in _by_first_word((tuple(text.split()), IGNORED) for text in leading).items()
            },
            forgiving=forgiving,
            lapse=lapse,
            later=frozenset(word for text in (*phrases, *leading) for word in text.split()),
        )

    def meant_by(self, word: str) -> Token | None:
        """The token of a word with one slip in it, or none when it is nobody's or more than one word's."""
        if not 5 <= len(word) <= 10 or not word.isalpha():
            return None
        near = [right for right in self.forgiving if one_slip(word, right)]
        return self.words[near[0]] if len(near) == 1 else None


def _by_first_word(rows: Iterable[tuple[tuple[str, ...], Token]]) -> dict[str, tuple[_Row, ...]]:
    """Longest first, so that "new year's day" is not read as "new year"."""
    found: dict[str, tuple[_Row, ...]] = {}
    for row in sorted(rows, key=lambda row: -len(row[0])):
        found[row[0][0]] = (*found.get(row[0][0], ()), row)
    return found


def one_slip(typed: str, right: str) -> bool:
    """Whether one letter is missing, extra, or two neighbours are swapped. A wrong letter is another word."""
    if typed[:1] != right[:1]:
        return False
    if len(typed) == len(right):
        return _swapped(typed, right)
    short, long = sorted((typed, right), key=len)
    return len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _swapped(typed: str, right: str) -> bool:
    apart = [i for i, (a, b) in enumerate(zip(typed, right, strict=True)) if a != b]
    if len(apart) != 2 or apart[1] - apart[0] != 1:
        return False
    first, second = apart
    return typed[first] == right[second] and typed[second] == right[first]
