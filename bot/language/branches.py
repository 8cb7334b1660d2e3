"""Verbs with parts, such as "criteria add …" or "project scope …": which part, and what follows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Branches = Mapping[str, Sequence[str]]
"""Each part by its name, with its everyday twins (several words are fine)."""


def branch(text: str, branches: Branches) -> tuple[str, str]:
    """(name of the part ``text`` begins with, what follows); an empty name when it begins with none.

    The longest way to say it wins, whatever the case; what follows is kept as typed.
    """
    words = text.split()
    plain = [word.casefold().rstrip(":") for word in words]
    said = [
        (tuple(way.casefold().split()), name) for name, twins in branches.items() for way in (name, *twins)
    ]
    for way, name in sorted(said, key=lambda pair: -len(pair[0])):
        if tuple(plain[: len(way)]) == way:
            return name, _after(text, len(way))
    return "", text.strip()


def _after(text: str, words: int) -> str:
    """``text`` without its first ``words``, line breaks and all."""
    parts = text.split(None, words)
    return parts[words].strip() if len(parts) > words else ""
