"""What a process may remember between transactions: only what never changes once committed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

_MOST = 20_000  # entries, each under 200 bytes


class Remembered:
    """A bounded set; when it is full it starts anew, which costs a write and nothing else."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._known: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name in self._known

    def add(self, names: Iterable[str]) -> None:
        if len(self._known) >= self._most:
            self._known = set()
        self._known.update(names)


@dataclass(frozen=True, slots=True)
class Memory:
    """``secret`` is the key of action tokens; ``lanes`` those that have their row; ``offers`` the tokens
    that are stored, each with the day that counts its age."""

    secret: bytes = field(repr=False)
    lanes: Remembered = field(default_factory=Remembered)
    offers: Remembered = field(default_factory=Remembered)
