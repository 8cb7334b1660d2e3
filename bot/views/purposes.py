"""Verbs by what people want to do; a verb nobody sorted yet stands with the rest, so that none is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.cards import RichText
from bot.language.nearness import plain
from bot.language.words import words_of
from bot.verbs import Verb
from bot.wording import N_

OTHER = "other"
TASKS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("see", N_("See how things stand"),
     ("home", "status", "mine", "show", "late", "next", "blockers", "find", "files", "tasks")),
    ("add", N_("Add milestones"), ("new", "paste", "copy", "repeat", "end-series")),
    ("dates", N_("Change dates"), ("move", "propose", "proposals", "hold", "resume", "snooze")),
    ("work", N_("Do the work and finish it"),
     ("begin", "task", "note", "criteria", "tick", "done", "submit", "approve", "send-back", "confirm")),
    ("trouble", N_("Say what is in the way"), ("block", "unblock", "why", "feedback")),
    ("change", N_("Put things right"), ("undo", "rename", "assign", "drop", "reopen")),
    ("people", N_("People and who may what"),
     ("invite", "link", "person", "handover", "whoami", "stop")),
    ("setup", N_("Set up a project or the team"),
     ("plan", "project", "phase", "settings", "live", "export")),
)  # fmt: skip
_REST = N_("And more")
_MOST_FOUND = 3
_SAYS_NOTHING = frozenset(
    (
        *("i", "we", "want", "to", "a", "an", "the", "how", "do", "can", "my", "me", "of", "for", "it", "is"),
        *("in", "on", "what", "would", "like", "need", "please", "with", "and", "or", "this", "that", "you"),
        *("milestone", "milestones", "help", "about", "somebody", "someone", "something"),
    )
)


@dataclass(frozen=True, slots=True)
class Group:
    """``label`` is a source sentence; ``name`` what can be typed after "help"."""

    name: str
    label: str
    verbs: tuple[Verb, ...]


def grouped(verbs: Iterable[Verb]) -> tuple[Group, ...]:
    """Every verb once, in the order of the tasks; empty groups are left out."""
    by_name = {verb.name: verb for verb in verbs if verb.name != "help"}
    found = [
        Group(name, label, tuple(by_name.pop(verb) for verb in names if verb in by_name))
        for name, label, names in TASKS
    ]
    return tuple(group for group in (*found, Group(OTHER, _REST, tuple(by_name.values()))) if group.verbs)


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
