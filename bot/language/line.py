"""The words of one message while its parts are being found: which are spoken for, and which are left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from bot.language.connectives import Connectives, Phrase
from bot.language.dates import may_be_dated
from bot.language.sentence import Surroundings
from bot.language.words import Kind, Word

_Names: TypeAlias = Mapping[str, Sequence[Phrase]]


@dataclass(slots=True)
class Line:
    """expects: what the verb's usage says may follow it (TITLE, DATE, @owner…)."""

    text: str
    words: list[Word]
    expects: str
    speech: Connectives
    around: Surroundings
    taken: set[int] = field(default_factory=set)
    _people: _Names = field(init=False)
    _projects: _Names = field(init=False)
    _announcing: dict[int, bool] = field(default_factory=dict)
    _reach: list[int] = field(init=False)

    def __post_init__(self) -> None:
        spoken = frozenset(word.plain.removesuffix("'s") for word in self.words)
        self._people = _by_first_word(self.around.people, spoken)
        self._projects = _by_first_word(self.around.projects, spoken)
        self._reach = _reaches(self.words)

    @property
    def names_something_new(self) -> bool:
        return "TITLE" in self.expects

    @property
    def wants_owner(self) -> bool:
        return "@" in self.expects and not self.names_something_new

    @property
    def wants_date(self) -> bool:
        return "DATE" in self.expects and not self.names_something_new

    def take(self, start: int, end: int) -> None:
        self.taken.update(range(start, end))

    def is_free(self, start: int, end: int) -> bool:
        return end <= len(self.words) and self.taken.isdisjoint(range(start, end))

    def is_plain(self, start: int, end: int) -> bool:
        """Free, and neither quoted nor a mention."""
        return self.is_free(start, end) and all(w.kind is Kind.WORD for w in self.words[start:end])

    def is_broken(self, start: int, end: int) -> bool:
        """Whether something ends inside this stretch."""
        return any(word.stops for word in self.words[start : end - 1])

    def slice(self, start: int, end: int) -> str:
        """What was typed from one word to another, without the words the verb was said with."""
        return " ".join(" ".join(self.text[w.start : w.end].split()) for w in self.words[start:end])

    def says(self, at: int, phrase: Phrase) -> bool:
        """Whether the phrase stands here, unbroken by punctuation and not quoted."""
        end = at + len(phrase)
        if at >= len(self.words) or self.words[at].plain != phrase[0]:
            return False
        if end > len(self.words) or tuple(w.plain for w in self.words[at:end]) != phrase:
            return False
        if any(word.kind in (Kind.QUOTED, Kind.MENTION) for word in self.words[at:end]):
            return False
        return not any(word.stops for word in self.words[at : end - 1])

    def phrase_at(self, at: int, phrases: Iterable[Phrase]) -> int:
        """Length of the first phrase that stands here, 0 when none does."""
        return next((len(phrase) for phrase in phrases if self.says(at, phrase)), 0)

    def person_at(self, at: int) -> int:
        """Words of a known person's name that stand here, 0 when none does."""
        return _named_at(self.words, at, self._people)

    def project_at(self, at: int) -> int:
        return _named_at(self.words, at, self._projects)

    def starts_part(self, at: int) -> bool:
        """Whether something ends before this word: the text, a clause, or because another part begins."""
        if at >= len(self.words) or at == 0 or at in self.taken or self.words[at - 1].stops:
            return True
        word = self.words[at]
        return word.kind is not Kind.WORD or self._announces(at) or self._closes(at)

    def dates_reach(self, at: int) -> int:
        """Where the words from here on stop being such as dates are made of."""
        return self._reach[at] if at < len(self._reach) else at

    def _announces(self, at: int) -> bool:
        if at not in self._announcing:
            self._announcing[at] = self._opens_part(at)
        return self._announcing[at]

    def _opens_part(self, at: int) -> bool:
        speech = self.speech
        return bool(
            self.phrase_at(at, speech.criteria)
            or self.phrase_at(at, speech.reasons)
            or self.phrase_at(at, speech.causes)
            or self.phrase_at(at, speech.owners)
            or self.phrase_at(at, (p for p in speech.dates if p not in speech.existing_only))
            or (self.phrase_at(at, speech.targets) and not self.names_something_new)
        )

    def _closes(self, at: int) -> bool:
        """The last words: a name, "me", "please"."""
        word = self.words[at].plain
        if word in self.speech.me or word in self.speech.closings:
            return True
        named = self.person_at(at)
        return bool(named) and (at + named >= len(self.words) or self.starts_part(at + named))

    def runs(self) -> list[tuple[int, int]]:
        """Stretches of words that nothing has taken."""
        found: list[tuple[int, int]] = []
        for at in range(len(self.words)):
            if at in self.taken:
                continue
            if found and found[-1][1] == at:
                found[-1] = (found[-1][0], at + 1)
            else:
                found.append((at, at + 1))
        return found


def _reaches(words: Sequence[Word]) -> list[int]:
    """For each word the end of the stretch of date words that it is in; itself when it is none."""
    found = [0] * len(words)
    end = len(words)
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word.kind is not Kind.WORD or not may_be_dated(word.plain):
            end = at
        found[at] = end
    return found


def _by_first_word(names: Iterable[str], spoken: frozenset[str]) -> _Names:
    """Names of which a word was spoken, longest first."""
    found: dict[str, set[Phrase]] = {}
    for name in names:
        for parts in _ways_to_say(name):
            if parts[0] in spoken:
                found.setdefault(parts[0], set()).add(parts)
    return {first: sorted(rows, key=len, reverse=True) for first, rows in found.items()}


@lru_cache(maxsize=4096)
def _ways_to_say(name: str) -> tuple[Phrase, ...]:
    """In words; also without what is no letter, for "Ana 🚀" typed as "Ana"."""
    whole = tuple(name.casefold().lstrip("@").split())
    letters = tuple(part for part in whole if any(map(str.isalnum, part)))
    return tuple(parts for parts in dict.fromkeys((whole, letters)) if parts)


def _named_at(words: Sequence[Word], at: int, names: _Names) -> int:
    if at >= len(words):
        return 0
    first = words[at].plain.removesuffix("'s")
    return next((len(parts) for parts in names.get(first, ()) if _stands(words, at, parts)), 0)


def _stands(words: Sequence[Word], at: int, parts: Phrase) -> bool:
    here = words[at : at + len(parts)]
    if len(here) < len(parts) or any(word.kind is not Kind.WORD for word in here):
        return False
    if any(word.stops for word in here[:-1]):
        return False
    return all(word.plain.removesuffix("'s") == part for word, part in zip(here, parts, strict=True))
