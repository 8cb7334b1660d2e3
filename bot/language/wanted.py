"""Which verbs do what somebody says they want: "I want to change a date"."""

from __future__ import annotations

from collections.abc import Iterable

from bot.cards import RichText
from bot.language.nearness import plain
from bot.language.words import words_of
from bot.verbs import Verb

_MOST_FOUND = 3
_SAYS_NOTHING = frozenset(
    (
        *("i", "we", "want", "to", "a", "an", "the", "how", "do", "can", "my", "me", "of", "for", "it", "is"),
        *("in", "on", "what", "would", "like", "need", "please", "with", "and", "or", "this", "that", "you"),
        *("milestone", "milestones", "help", "about", "somebody", "someone", "something"),
    )
)


def wanted(words: str, verbs: Iterable[Verb]) -> tuple[Verb, ...]:
    """The verbs that do what is said, the likeliest first: by their words, twins and examples."""
    said = {plain(word.plain) for word in words_of(RichText(words[:200]))} - _SAYS_NOTHING
    scored = [(_score(said, verb), number, verb) for number, verb in enumerate(verbs) if verb.name != "help"]
    best = sorted((row for row in scored if row[0]), key=lambda row: (-row[0], row[1]))
    top = best[0][0] if best else 0
    return tuple(verb for score, _, verb in best if score * 2 >= top)[:_MOST_FOUND]


def _score(said: set[str], verb: Verb) -> int:
    """Its own names say most, then what it does, then how it is used."""
    layers = (
        (4, _words((verb.name, *verb.twins))),
        (2, _words((verb.summary,))),
        (1, _words((verb.usage, *verb.examples))),
    )
    return sum(max((weight for weight, words in layers if _is_in(word, words)), default=0) for word in said)


def _words(texts: Iterable[str]) -> set[str]:
    found = {plain(word.plain) for text in texts for word in words_of(RichText(text))}
    return found - _SAYS_NOTHING


def _is_in(word: str, words: set[str]) -> bool:
    """Also "dates" for "date", "photo" for "photos"."""
    stem = word.removesuffix("s")
    return any(stem == other.removesuffix("s") for other in words) if len(stem) > 2 else word in words
