"""Counts and their units, wherever they stand in a phrase, become one token."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.dates.vocabulary import Token


def gathered(tokens: Sequence[Token]) -> list[Token]:
    """Counts joined with their units: "a couple of days" is one amount."""
    joined: list[Token] = []
    for kind, value in tokens:
        n = _count_before(joined) if kind == "unit" else None
        joined.append((kind, value) if n is None else ("amount", (n, value)))
    return joined


def _count_before(joined: list[Token]) -> float | None:
    """Takes "2", "a couple", "half a" off the end of what was joined so far."""
    tail = [kind for kind, _ in joined[-2:]]
    if tail == ["count", "couple"] or tail == ["half", "count"]:
        n: float = 2 if tail[1] == "couple" else 0.5
        del joined[-2:]
        return n
    if tail[-1:] == ["count"]:
        return float(value) if isinstance(value := joined.pop()[1], float) else int(value)
    if tail[-1:] == ["couple"]:
        joined.pop()
        return 2
    return None
