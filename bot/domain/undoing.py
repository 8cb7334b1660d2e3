"""What still stands of a milestone's history: an undo takes the newest change that stood."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.history import Action, History

_SAYS_ONLY = Action.CAUSE_NAMED


def standing(newest_first: Iterable[History]) -> tuple[History, ...]:
    """Changes that nobody took back, newest first; only the first of them can be undone now."""
    found: list[History] = []
    taken_back = 0
    for entry in newest_first:
        if entry.action is Action.UNDONE:
            taken_back += 1
        elif entry.action is _SAYS_ONLY:
            continue
        elif taken_back:
            taken_back -= 1
        else:
            found.append(entry)
    return tuple(found)
