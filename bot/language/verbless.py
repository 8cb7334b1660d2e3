"""What is meant without a verb: a key with a date moves it, with a person gives it away; asked, it is shown.

Only a key of a known project counts, first and alone: "B-2 to hangar moved" is somebody's title.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.language.dates import read, read_shift
from bot.language.sentence import Sentence, Surroundings
from bot.language.several import LISTED
from bot.language.verb_words import Lexicon
from bot.language.words import Kind, Word

MOVES, GIVES, SHOWS = "move", "assign", "show"
_KEY = re.compile(r"#?([a-z][a-z0-9]{1,9})-\d{1,6}")
_TOWARD = frozenset(("to", "->", "=>", "→", "by", "until", "till", "on", "for", "now", "due", "is"))
_ASKING = frozenset(
    (
        *("when", "when's", "who", "who's", "whose", "what", "what's", "which", "why", "where", "how"),
        *("is", "are", "was", "has", "have", "will", "can", "does", "did"),
    )
)
_LINKING = re.compile(r"(?:\s+(?:is|now|goes|moves|has|been))+$")
ReadAs = Callable[[str], Sentence]


def implied(
    text: str, words: Sequence[Word], lexicon: Lexicon, around: Surroundings, read_as: ReadAs
) -> Sentence | None:
    """None when nothing is certain enough to be done; a change that was asked with "?" is proposed."""
    keys = [word for word in words if _is_key(word, around)]
    if not keys:
        return None
    found = _changed(words, lexicon, around, read_as)
    asks = text.rstrip().endswith("?")
    if found and not asks:
        return found
    if found and found.verb:
        return Sentence(
            suggestions=(found.verb,), subject=found.subject, when=found.when, owner=found.owner,
            owner_ref=found.owner_ref,
        )  # fmt: skip
    is_question = asks or words[0].plain in _ASKING
    if SHOWS in lexicon.by_name and is_question and len(keys) == 1:
        return Sentence(verb=SHOWS, subject=keys[0].text.lstrip("#"))
    return None


def _changed(
    words: Sequence[Word], lexicon: Lexicon, around: Surroundings, read_as: ReadAs
) -> Sentence | None:
    behind = _behind_the_keys(words, around)
    if not behind or not (_leads_somewhere(behind[0]) or _is_a_distance(behind)):
        return None
    given = read_as(GIVES) if GIVES in lexicon.by_name else Sentence()
    moved = read_as(MOVES) if MOVES in lexicon.by_name else Sentence()
    is_given, is_moved = _is_somebody(given, words, around), _is_a_date(moved, around)
    if is_given and not given.when and _points_at_keys(given, around):
        return _pointing_at_keys(given)
    if is_moved and not moved.owner and _points_at_keys(moved, around):
        return _pointing_at_keys(moved)
    return None


def _behind_the_keys(words: Sequence[Word], around: Surroundings) -> Sequence[Word]:
    """What follows "APX-3, 4 and 7"."""
    at = 0
    while at < len(words) and (_is_key(words[at], around) or (at and _goes_on(words[at]))):
        at += 1
    return words[at:]


def _leads_somewhere(word: Word) -> bool:
    return word.plain in _TOWARD or word.kind is Kind.MENTION


def _is_a_distance(words: Sequence[Word]) -> bool:
    """ "Two days later", "a week earlier": all that follows, so that no title is taken for one."""
    return read_shift(" ".join(word.text for word in words)) is not None


def _goes_on(word: Word) -> bool:
    return word.plain in ("and", "&") or (word.kind is Kind.WORD and word.plain.lstrip("#").isdecimal())


def _is_key(word: Word, around: Surroundings) -> bool:
    found = _KEY.fullmatch(word.plain) if word.kind is Kind.WORD else None
    return found is not None and any(found[1] == project.casefold() for project in around.projects)


def _points_at_keys(sentence: Sentence, around: Surroundings) -> bool:
    first, *others = LISTED.split(_bare(sentence.subject).casefold())
    found = _KEY.fullmatch(first)
    return bool(found) and all(_KEY.fullmatch(part) or part.lstrip("#").isdecimal() for part in others)


def _pointing_at_keys(sentence: Sentence) -> Sentence:
    return replace(sentence, subject=_bare(sentence.subject))


def _bare(subject: str) -> str:
    return _LINKING.sub("", subject)


def _is_somebody(sentence: Sentence, words: Sequence[Word], around: Surroundings) -> bool:
    if not sentence.owner:
        return False
    name = sentence.owner.casefold()
    by_mention = any(word.kind is Kind.MENTION and word.text.casefold() == name for word in words)
    return by_mention or name == "me" or name in {person.casefold() for person in around.people}


def _is_a_date(sentence: Sentence, around: Surroundings) -> bool:
    if not sentence.when:
        return False
    if read_shift(sentence.when):
        return True
    reading = read(sentence.when, around.now, around.habits)
    return reading.is_understood or reading.is_ambiguous
