"""Several milestones in one sentence: "APX-3, 4 and 7", "everything of phase Build"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.language.sentence import Sentence
from bot.language.words import Kind, Word

GIVES, MOVES = "assign", "move"
LISTED = re.compile(r"\s*(?:,|;|&|\band\b|\s)\s*")
KEY_OR_NUMBER = re.compile(r"#?(?:[^\W\d_]\w{0,15}-)?\d{1,6}")
_KEY = re.compile(r"#?[^\W\d_]\w{0,15}-\d{1,6}")
_ALL_OF = frozenset(("of", "in", "from", "for", "my", "the", "milestones", "mine"))
_WHOLE = re.compile(
    r"(?:everything|all(?:\s+(?:the|of\s+the))?\s+milestones|all|every\s+milestone)(?:\s+(?:of|in|for|from|under|by|that's))?"
    r"(?:\s+the)?(?:\s+(?P<of>.+))?",
    re.IGNORECASE | re.DOTALL,
)
_PHASE = re.compile(r"(?:phase\s+(?P<behind>.+)|(?P<before>.+?)\s+phase)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Whole:
    """All of something.  ``phase`` when the word was said; else ``name`` is of a person, a phase or a
    project, empty for everything here."""

    name: str = ""
    phase: str = ""


def keys_in(text: str) -> tuple[str, ...]:
    """The keys of a list of at least two, a project said once for all ("APX-3 4 7")."""
    parts = [part for part in LISTED.split(text.strip()) if part]
    if len(parts) < 2 or not all(KEY_OR_NUMBER.fullmatch(part) for part in parts):
        return ()
    return _with_project(parts)


def whole(text: str) -> Whole | None:
    """What "everything of …" is about; None when the words say something else."""
    found = _WHOLE.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    of = (found["of"] or "").strip()
    phase = _PHASE.fullmatch(of)
    return Whole(phase=phase["behind"] or phase["before"]) if phase else Whole(of)


def list_end(words: Sequence[Word], start: int) -> int:
    """Where a list of keys at ``start`` ends; ``start`` itself when there is none of at least two."""
    at, keys = start, 0
    while at < len(words) and words[at].kind is Kind.WORD:
        if KEY_OR_NUMBER.fullmatch(words[at].plain) and (keys or _KEY.fullmatch(words[at].plain)):
            keys += 1
        elif not keys or words[at].plain not in ("and", "&"):
            break
        at += 1
    return at if keys > 1 else start


def speaks_of_all(words: Sequence[Word], start: int) -> bool:
    """As in "everything of phase Build": what follows may be far from the front."""
    here = [word.plain for word in words[start : start + 2]]
    return here[:1] == ["everything"] or (here[:1] == ["all"] and here[1:] != [] and here[1] in _ALL_OF)


def implied_for_all(words: Sequence[Word], read_as: Callable[[str], Sentence]) -> Sentence | None:
    """ "Everything of phase Build to @boris" needs no verb."""
    if not words or not speaks_of_all(words, 0):
        return None
    given, moved = read_as(GIVES), read_as(MOVES)
    if given.owner and not given.when and whole(given.subject):
        return given
    return moved if moved.when and not moved.owner and whole(moved.subject) else None


def _with_project(parts: Sequence[str]) -> tuple[str, ...]:
    """As in "APX-3, 4 and 7" are all of one project."""
    project, found = "", []
    for part in parts:
        if "-" in part:
            project = part.rpartition("-")[0]
        found.append(f"{project}-{part.lstrip('#')}" if project and "-" not in part else part)
    return tuple(dict.fromkeys(found))
