"""Which verb a sentence opens with: its name or a twin, whole or in two pieces, or the nearest one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.language.connectives import Connectives, Phrase
from bot.language.nearness import is_near, nearest
from bot.language.several import list_end, speaks_of_all
from bot.language.words import Kind, Word
from bot.verbs import Verb

_MOST_SUGGESTIONS = 3
_ABOUT_ONE = "MILESTONE"
"""What the usage of a verb begins with that is about a milestone."""
_PIECES = 2  # words of a verb that may stand apart; one of more words says more ("hand everything over")


@dataclass(frozen=True, slots=True)
class Spoken:
    """verb as said by alias. used: indexes of the words that said it. is_certain: False for a near miss."""

    verb: Verb
    alias: Phrase
    used: frozenset[int]
    is_certain: bool = True


Alias: TypeAlias = tuple[Phrase, Verb]


class Lexicon:
    """Every way to say each verb, by its first word; made once, so that a sentence is read as fast with two
    hundred verbs as with ten."""

    def __init__(self, verbs: Iterable[Verb]) -> None:
        self.verbs = tuple(verbs)
        self.by_name = {verb.name: verb for verb in self.verbs}
        longest_first = sorted(_aliases(self.verbs), key=lambda alias: -len(alias[0]))
        self.single = {alias[0]: (alias, verb) for alias, verb in reversed(longest_first) if len(alias) == 1}
        self._by_first_word: dict[str, list[Alias]] = {}
        for alias, verb in longest_first:
            self._by_first_word.setdefault(alias[0], []).append((alias, verb))

    def __iter__(self) -> Iterator[Verb]:
        return iter(self.verbs)

    def beginning(self, words: Sequence[Word], at: int) -> Sequence[Alias]:
        """Those that begin with the word that stands here, longest first."""
        return self._by_first_word.get(words[at].plain, ()) if at < len(words) else ()


def _aliases(verbs: Iterable[Verb]) -> Iterator[Alias]:
    for verb in verbs:
        for alias in (verb.name, *verb.twins):
            yield tuple(alias.casefold().split()), verb


def spoken(words: Sequence[Word], lexicon: Lexicon, speech: Connectives) -> tuple[Spoken, ...]:
    """The verb that was said, or the nearest few, best first; empty when nothing comes near."""
    start = _after_opening(words, lexicon, speech)
    whole = _whole(words, start, lexicon, speech)
    if whole and len(whole.alias) > _PIECES:
        return (whole,)
    for find in (_in_two_pieces, _whole, _behind_its_object):
        if found := find(words, start, lexicon, speech):
            return (found,)
    return _near(words, start, lexicon)


def _after_opening(words: Sequence[Word], lexicon: Lexicon, speech: Connectives) -> int:
    """Past "please", "can you", "we": unless those very words are a verb."""
    start = 0
    for _ in range(3):
        if any(_says(words, start, alias) for alias, _ in lexicon.beginning(words, start)):
            return start
        start += next((len(p) for p in speech.openings if _says(words, start, p)), 0)
    return start


def _says(words: Sequence[Word], at: int, phrase: Phrase) -> bool:
    here = words[at : at + len(phrase)]
    if any(word.kind is not Kind.WORD for word in here):
        return False
    return tuple(word.plain for word in here) == phrase


def _whole(words: Sequence[Word], start: int, lexicon: Lexicon, speech: Connectives) -> Spoken | None:
    for alias, verb in lexicon.beginning(words, start):
        end = start + len(alias)
        if _says(words, start, alias) and not _is_numbered_noun(words, end, alias, speech):
            return Spoken(verb, alias, frozenset(range(end)))
    return None


def _is_numbered_noun(words: Sequence[Word], end: int, alias: Phrase, speech: Connectives) -> bool:
    """As in "new milestone 3 accepted": the noun belongs to the name."""
    has_noun = len(alias) > 1 and alias[-1] in speech.nouns
    return has_noun and end < len(words) and words[end].plain[:1].isdecimal()


def _in_two_pieces(words: Sequence[Word], start: int, lexicon: Lexicon, speech: Connectives) -> Spoken | None:
    """As in "hand Beta over", "put Beta on hold": the particle stands behind the object."""
    for alias, verb in lexicon.beginning(words, start):
        second = alias[1:]
        if " ".join(second) not in speech.particles or not _says(words, start, alias[:1]):
            continue
        for at in range(start + 2, len(words)):
            if _says(words, at, second):
                return Spoken(verb, alias, frozenset((*range(start + 1), *range(at, at + len(second)))))
            if words[at - 1].stops:
                break
    return None


def _behind_its_object(
    words: Sequence[Word], start: int, lexicon: Lexicon, speech: Connectives
) -> Spoken | None:
    """As in "APX-7 done", "Beta is blocked": a key or a linking word shows where the object ends."""
    listed, of_all = list_end(words, start), speaks_of_all(words, start)
    for at in range(start + 1, min(len(words), max(start + 8, listed + 1))):
        linked = _linking_before(words, at, start, speech)
        if not (linked or of_all or at == listed or (at == start + 1 and _is_key(words[start]))):
            continue
        for alias, verb in lexicon.beginning(words, at):
            if of_all and not verb.usage.startswith(_ABOUT_ONE):
                continue  # "everything of phase Build done": the phase is not what is done
            if _says(words, at, alias):
                return Spoken(verb, alias, frozenset((*range(start), *range(at - linked, at + len(alias)))))
    return None


def _linking_before(words: Sequence[Word], at: int, start: int, speech: Connectives) -> int:
    count = 0
    while at - count - 1 > start and words[at - count - 1].plain in speech.linking:
        count += 1
    return count


def _is_key(word: Word) -> bool:
    letters, _, number = word.plain.lstrip("#").partition("-")
    return word.kind is Kind.WORD and letters.isalnum() and number.isdecimal()


def _near(words: Sequence[Word], start: int, lexicon: Lexicon) -> tuple[Spoken, ...]:
    """Proposals for a mistyped verb: the first word is a slip or two away from one that exists."""
    if start >= len(words) or words[start].kind is not Kind.WORD:
        return ()
    typed = words[start].plain[:40]
    close = [word for word in nearest(typed, lexicon.single) if is_near(typed, word)]
    found: dict[str, Spoken] = {}
    for word in close:
        alias, verb = lexicon.single[word]
        found.setdefault(verb.name, Spoken(verb, alias, frozenset(range(start + 1)), is_certain=False))
    return tuple(found.values())[:_MOST_SUGGESTIONS]
