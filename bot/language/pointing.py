"""Which milestone is meant: by key, by its name, by a clear part of its name.

What is clear is exact; what is only near is offered, never taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.language.nearness import is_near, plain
from bot.ports import Pointed

POINTER_LIMIT = 200
"""Characters of a pointer that are looked at."""
MOST_OFFERED = 8
_MOST_WORDS = 12
_CLEAR = 3
"""Letters of a name that say enough when they are not a whole word."""

_KEY = re.compile(r"#?([a-z][a-z0-9]{0,15}?)[-_ ]?(\d{1,6})")
_JOINTS = re.compile(r"[-_ #]")
_NUMBER = re.compile(r"#?(\d{1,6})")
_WORD = re.compile(r"[^\W_]+")
_EMPTY_WORDS = frozenset(("the", "a", "an", "of", "for", "milestone", "our", "my"))


@dataclass(frozen=True, slots=True)
class Match:
    """exact: the one meant. several: those it could be, likeliest first; empty beside an exact one."""

    exact: Pointed | None = None
    several: tuple[Pointed, ...] = ()


NOBODY = Match()


def point(words: str, candidates: Iterable[Pointed], project_key: str = "") -> Match:
    """Find the milestone meant by words. project_key: of the conversation's project, for a bare number."""
    typed = plain(words[:POINTER_LIMIT]).strip(" \t\n\u00a0.,;:!?\"'“”„«»()[]")
    everything = tuple(candidates)
    by_key = _by_key(typed, everything, plain(project_key))
    if by_key is not None:
        return by_key
    named = _words(typed)
    for fits in (_same(typed), _holds_words(named), _holds_beginnings(named)):
        found = [milestone for milestone in everything if fits(milestone)]
        if found:
            return _settled(found, is_clear=_is_clear(named, found))
    return Match(several=tuple(_near(named, everything)[:MOST_OFFERED]))


def _words(text: str) -> list[str]:
    words = _WORD.findall(text)[:_MOST_WORDS]
    return [word for word in words if word not in _EMPTY_WORDS] or words


# --- by key ---------------------------------------------------------------------------------------


def _by_key(typed: str, everything: Sequence[Pointed], project_key: str) -> Match | None:
    """None when what was typed is no key at all; a key that nobody has is not looked for among names."""
    if number := _NUMBER.fullmatch(typed):
        return _by_number(number[1], everything, project_key)
    for text in (typed, *typed.split(maxsplit=1)[:1]):
        found = [m for m in everything if _glued(m.key) == _glued(text)]
        if found and _KEY.fullmatch(text):
            return _settled(found)
    return NOBODY if "-" in typed and _KEY.fullmatch(typed) and _known_project(typed, everything) else None


def _by_number(number: str, everything: Sequence[Pointed], project_key: str) -> Match | None:
    wanted = str(int(number))
    found = [m for m in everything if m.key.rpartition("-")[2] == wanted]
    if project_key:
        here = [m for m in found if plain(m.project_key) == project_key]
        return Match(here[0]) if here else Match(several=tuple(found[:MOST_OFFERED]))
    return Match(several=tuple(found[:MOST_OFFERED])) if found else None


def _glued(key: str) -> str:
    return _JOINTS.sub("", plain(key))


def _known_project(typed: str, everything: Sequence[Pointed]) -> bool:
    letters = typed.lstrip("#").partition("-")[0]
    return any(plain(m.project_key) == letters for m in everything)


# --- by name --------------------------------------------------------------------------------------


def _same(typed: str) -> Callable[[Pointed], bool]:
    return lambda milestone: plain(milestone.title).strip() == typed


def _holds_words(named: Sequence[str]) -> Callable[[Pointed], bool]:
    return lambda milestone: bool(named) and set(named) <= set(_WORD.findall(plain(milestone.title)))


def _holds_beginnings(named: Sequence[str]) -> Callable[[Pointed], bool]:
    def fits(milestone: Pointed) -> bool:
        title = _WORD.findall(plain(milestone.title))
        return bool(named) and all(any(word.startswith(part) for word in title) for part in named)

    return fits


def _is_clear(named: Sequence[str], found: Sequence[Pointed]) -> bool:
    """A letter or two begin half of all names, unless they are a whole word of this one."""
    if sum(map(len, named)) >= _CLEAR:
        return True
    return _holds_words(named)(found[0])


def _settled(found: Sequence[Pointed], is_clear: bool = True) -> Match:
    """One is meant when it is the only one, or the only one still open."""
    still_open = [milestone for milestone in found if milestone.is_open]
    choice = still_open if len(still_open) == 1 else found
    if is_clear and len(choice) == 1:
        return Match(choice[0])
    return Match(several=tuple(sorted(found, key=lambda m: not m.is_open)[:MOST_OFFERED]))


# --- near enough to ask ---------------------------------------------------------------------------


def _near(named: Sequence[str], everything: Sequence[Pointed]) -> list[Pointed]:
    """At least half of the words are there, give or take a slip; best first, open before closed."""
    scored = [(_score(named, milestone), milestone) for milestone in everything]
    enough = max(1, -(-len(named) // 2))
    kept = [(score, m) for score, m in scored if score >= enough]
    return [m for _, m in sorted(kept, key=lambda row: (-row[0], not row[1].is_open, row[1].key))]


def _score(named: Sequence[str], milestone: Pointed) -> int:
    title = _WORD.findall(plain(milestone.title))[:40]
    return sum(any(word.startswith(part) or is_near(part, word) for word in title) for part in named)
