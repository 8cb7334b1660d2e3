"""A message as words that remember where they stood: quoted names and mentions stay whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from bot.cards import Mention, RichText
from bot.language.dates.scanner import tidy
from bot.refs import PersonRef

_PIECE = re.compile(r"""["“”„«]([^"“”„«»\n]+)["“”»](?=$|[\s,;:.!?)])|\S+""")
_BEFORE = "([{<"
_AFTER = ",;:.!?)]}"
_STOPS = ",;:.!?–—"
_CROWDS = ("channel", "here", "everyone", "all")  # who is called so is nobody in particular
_DASHES = frozenset(("-", "–", "—", "|", "·"))


class Kind(Enum):
    WORD = auto()
    QUOTED = auto()
    MENTION = auto()
    DASH = auto()


@dataclass(frozen=True, slots=True)
class Word:
    """text: as typed, without the punctuation around it. plain: for comparing. after: the punctuation behind.

    start, end: of everything typed, punctuation included.
    """

    text: str
    plain: str
    start: int
    end: int
    kind: Kind = Kind.WORD
    after: str = ""
    person: PersonRef | None = None

    @property
    def stops(self) -> bool:
        """Whether something ends with this word."""
        return self.kind is Kind.DASH or any(mark in _STOPS for mark in self.after)


def words_of(message: RichText) -> list[Word]:
    found: list[Word] = []
    at = 0
    for piece, span in message.pieces():
        if isinstance(span, Mention):
            found.append(_mention(piece, at, span))
        else:
            found.extend(_plain_words(piece, at))
        at += len(piece)
    return _with_loose_marks(found)


def _mention(piece: str, at: int, span: Mention) -> Word:
    return Word(piece, tidy(piece.lstrip("@")), at, at + len(piece), Kind.MENTION, person=span.person)


def _plain_words(piece: str, at: int) -> Iterator[Word]:
    for found in _PIECE.finditer(piece):
        start, end = at + found.start(), at + found.end()
        if found[1] is not None:
            inner = found[1].strip()
            yield Word(inner, tidy(inner), start, end, Kind.QUOTED)
        else:
            yield _word(found[0], start, end)


def _word(typed: str, start: int, end: int) -> Word:
    if typed in _DASHES:
        return Word("", typed, start, end, Kind.DASH)
    text = typed.lstrip(_BEFORE).rstrip(_AFTER)
    after = typed[len(typed.rstrip(_AFTER)) :]
    if text.startswith("@") and text[1:].casefold() not in ("", *_CROWDS):
        return Word(text, tidy(text[1:]), start, end, Kind.MENTION, after)
    return Word(text, tidy(text), start, end, after=after)


def _with_loose_marks(words: list[Word]) -> list[Word]:
    """Punctuation on its own ("@ana , by friday") belongs to the word before it."""
    joined: list[Word] = []
    for word in words:
        if word.text or word.kind is Kind.DASH or not joined:
            joined.append(word)
        else:
            last = joined[-1]
            joined[-1] = Word(last.text, last.plain, last.start, word.end, last.kind, word.after, last.person)
    return [word for word in joined if word.text or word.kind is Kind.DASH]
