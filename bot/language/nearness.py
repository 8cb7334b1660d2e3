"""How far apart two words are, for proposals. Nothing that is merely near is ever taken as meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_LONG = 8
"""From this length on, two slips are forgiven instead of one."""
_SHORTEST = 3


def plain(text: str) -> str:
    """Case and accents taken off, so that "Créche" and "creche" are one."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def distance(a: str, b: str, limit: int) -> int:
    """Letters to insert, drop, change or swap with a neighbour; limit + 1 when it is more than limit."""
    if abs(len(a) - len(b)) > limit or len(set(a) ^ set(b)) > 2 * limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, right in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def slips_allowed(word: str) -> int:
    return 0 if len(word) < _SHORTEST else 2 if len(word) >= _LONG else 1


def is_near(typed: str, right: str) -> bool:
    allowed = slips_allowed(typed)
    return allowed > 0 and distance(typed, right, allowed) <= allowed


def nearest(typed: str, choices: Iterable[str], limit: int = 2) -> list[str]:
    """Choices within a few slips, nearest first, in the order given among equals."""
    allowed = min(limit, max(1, len(typed) // 3))
    found = [
        (d, n, choice)
        for n, choice in enumerate(choices)
        if (d := distance(typed, choice, allowed)) <= allowed
    ]
    return [choice for _, _, choice in sorted(found)]
