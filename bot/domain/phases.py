"""The phases of a project: in order, each with what is true when it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.errors import InvalidProject

NAME_LIMIT = 80
EXIT_LIMIT = 200
MOST_PHASES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """``exit`` says what is true when it ends, empty while nobody said; ``position`` orders, from 1."""

    id: str
    workspace_id: str
    project_id: str
    name: str
    position: int
    exit: str = ""
    withdrawn: bool = False

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidProject("name_missing")
        if len(self.name) > NAME_LIMIT:
            raise InvalidProject("name_too_long")
        if len(self.exit) > EXIT_LIMIT:
            raise InvalidProject("exit_too_long")


def named(phases: Sequence[Phase], words: str) -> Phase | None:
    """The one with this name or number; else the only one whose name begins so."""
    wanted = " ".join(words.casefold().split())
    exact = [p for p in phases if wanted in (p.name.casefold(), str(p.position))]
    begun = [p for p in phases if wanted and p.name.casefold().startswith(wanted)]
    return exact[0] if exact else begun[0] if len(begun) == 1 else None


def ordered(phases: Sequence[Phase]) -> tuple[Phase, ...]:
    """In the order given, numbered from 1."""
    return tuple(replace(phase, position=n) for n, phase in enumerate(phases, 1))
