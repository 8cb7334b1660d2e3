"""A working week as digits (0 = Monday): short, readable in the database, the same on both."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=128)
def read_week(digits: str) -> frozenset[int]:
    return frozenset(map(int, digits))


def spelled_week(week: frozenset[int]) -> str:
    return "".join(map(str, sorted(week)))
