"""The parts of a sentence besides its date: owner, project, completion standards, reason."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.language.line import Line
from bot.language.words import Kind
from bot.refs import PersonRef

_SEPARATED = re.compile(r"[,;+\n]")
_MOST_CRITERIA = 50


@dataclass(frozen=True, slots=True)
class Owner:
    text: str = ""
    ref: PersonRef | None = None


NOBODY = Owner()


def take_reason(line: Line) -> str:
    """All that follows "because"; for something that exists also what follows "waiting on"."""
    for at in range(len(line.words)):
        if not line.is_free(at, at + 1):
            continue
        length = line.phrase_at(at, line.speech.reasons)
        if length and at + length < len(line.words):
            return _rest(line, at, at + length)
        if not line.names_something_new and line.phrase_at(at, line.speech.causes):
            return _rest(line, at, at)  # "waiting on legal" reads better whole
    return ""


def take_cause(line: Line) -> str:
    """Behind a verb that wants only a reason, "on legal" and "by the city" give it."""
    if "REASON" not in line.expects or line.wants_date:
        return ""
    for at in range(1, len(line.words) - 1):
        if line.words[at - 1].stops:
            return ""
        if line.words[at].plain in line.speech.joining and line.is_plain(at, at + 2):
            return _rest(line, at, at + 1)
    return ""


def _rest(line: Line, at: int, start: int) -> str:
    reason = line.slice(start, len(line.words)).strip(" ,;:")
    line.take(at, len(line.words))
    return reason


# --- owner ----------------------------------------------------------------------------------------


def take_owner(line: Line) -> Owner:
    return _mentioned(line) or _announced(line) or _named(line) or _self(line) or _unknown(line) or NOBODY


def _mentioned(line: Line) -> Owner | None:
    """The last mention that is not part of the title's own words ("lunch with @boris")."""
    for at in range(len(line.words) - 1, -1, -1):
        word = line.words[at]
        if word.kind is not Kind.MENTION or at in line.taken:
            continue
        before = line.words[at - 1] if at and not line.words[at - 1].stops else None
        if before and before.plain in line.speech.guards - _toward(line):
            continue
        if not (before and before.plain == line.speech.agent and line.names_something_new):
            line.take(at - _opener_before(line, at), at + 1)
        return Owner(word.text, word.person)
    return None


def _toward(line: Line) -> frozenset[str]:
    return frozenset() if line.names_something_new else frozenset(p[0] for p in line.speech.targets)


def _opener_before(line: Line, at: int) -> int:
    """Words just before that only announce the owner: "owned by", "to", "PM is"."""
    openers = line.speech.owners if line.names_something_new else (*line.speech.owners, *line.speech.targets)
    return max((len(p) for p in openers if at >= len(p) and line.says(at - len(p), p)), default=0)


def _announced(line: Line) -> Owner | None:
    """As in "owner Chen", "for me", and for something that exists "to Chen"."""
    openers = line.speech.owners if line.names_something_new else (*line.speech.owners, *line.speech.targets)
    for at in range(len(line.words)):
        length = line.phrase_at(at, openers) if at not in line.taken else 0
        if not length or not line.is_plain(at, at + length + 1):
            continue
        start = at + length
        named = 1 if line.words[start].plain in line.speech.me else line.person_at(start)
        if named and line.is_plain(start, start + named) and line.starts_part(start + named):
            return _owner(line, at, start, start + named)
    return None


def _named(line: Line) -> Owner | None:
    """A known name without "@": a clause of its own, the end, or the front for a verb of giving."""
    for at in range(len(line.words)):
        named = line.person_at(at)
        end = at + named
        if not named or not line.is_plain(at, end):
            continue
        if _stands_alone(line, at, end) or (line.wants_owner and at == 0 and end < len(line.words)):
            return _owner(line, at, at, end)
    return None


def _stands_alone(line: Line, at: int, end: int) -> bool:
    if not line.starts_part(end):
        return False
    before = line.words[at - 1] if at else None
    if before is None or before.stops or at - 1 in line.taken or before.kind is not Kind.WORD:
        return end < len(line.words) or before is not None
    is_last = end == len(line.words) or all(i in line.taken for i in range(end, len(line.words)))
    return is_last and before.plain not in line.speech.guards | {"by", "for", "in", "on", "at"}


def _self(line: Line) -> Owner | None:
    for at, word in enumerate(line.words):
        if word.plain in line.speech.me and line.is_plain(at, at + 1) and _stands_alone(line, at, at + 1):
            return _owner(line, at, at, at + 1)
    return None


def _unknown(line: Line) -> Owner | None:
    """As in "assign Beta to Anna" when nobody is called so: kept, so that it can be asked about."""
    if not line.wants_owner:
        return None
    for at in range(len(line.words)):
        length = line.phrase_at(at, line.speech.targets)
        if length and line.is_plain(at, at + length + 1):
            return _owner(line, at, at + length, len(line.words))
    return None


def _owner(line: Line, at: int, start: int, end: int) -> Owner:
    line.take(at, end)
    text = line.slice(start, end).strip(" ,;:.!?")
    return Owner("me" if text.casefold() in line.speech.me else text)


# --- project --------------------------------------------------------------------------------------


def take_project(line: Line) -> str:
    """As in "in Riverside", "for APX": only a project that is known by this name."""
    for at in range(len(line.words)):
        length = line.phrase_at(at, line.speech.projects) if at not in line.taken else 0
        start = at + length
        named = line.project_at(start) if length else 0
        if named and line.is_plain(at, start + named) and line.starts_part(start + named):
            line.take(at, start + named)
            return line.slice(start, start + named).strip(" ,;:.!?")
    return ""


# --- completion standards -------------------------------------------------------------------------


def criteria_start(line: Line) -> tuple[int, int]:
    """Where "needs" stands and how many words it has; (0, 0) when it is part of the title or absent."""
    for at in range(len(line.words)):
        length = line.phrase_at(at, line.speech.criteria)
        if length and line.is_plain(at, at + length) and _opens_criteria(line, at, at + length):
            return at, length
    return 0, 0


def _opens_criteria(line: Line, at: int, end: int) -> bool:
    """As in "Customer needs documented" is a title: one word before, or a word of having happened behind."""
    if end >= len(line.words):
        return False
    if (
        at == 0
        or line.words[at - 1].stops
        or at - 1 in line.taken
        or line.words[at - 1].kind is not Kind.WORD
    ):
        return True
    if end - at > 1:
        return True
    free_before = sum(1 for i in range(at) if i not in line.taken)
    return free_before > 1 and not line.words[end].plain.endswith("ed")


def take_criteria(line: Line, at: int, length: int) -> tuple[str, ...]:
    """The standards from "needs" up to the next part, one by one."""
    end = at + length
    while end < len(line.words) and end not in line.taken:
        end += 1
    text = line.slice(at + length, end)
    line.take(at, end)
    return split_list(text, line.speech.last_of_list)[:_MOST_CRITERIA]


def split_list(text: str, last: str) -> tuple[str, ...]:
    """Cut at commas and plus signs; "and" only parts what is a list already, or two longer phrases."""
    items = [item.strip(" .") for item in _SEPARATED.split(text)]
    items = [item.removeprefix(f"{last} ").strip() for item in items if item]
    if not items:
        return ()
    joint = f" {last} "
    tail = items[-1].split(joint)
    is_list = len(items) > 1 or all(len(part.split()) > 1 for part in tail)
    if len(tail) > 1 and is_list:
        items[-1:] = tail
    return tuple(dict.fromkeys(item for item in items if item))
