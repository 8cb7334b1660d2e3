"""A change before it is made: what a handler would save, for whoever wants to see it first."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.dialogs import Asked, Question
from bot.domain.history import Action, Cause
from bot.domain.milestone import Milestone


@dataclass(frozen=True, slots=True)
class Change:
    """One line of history to be."""

    old: Milestone
    new: Milestone
    action: Action
    note: str = ""
    cause: Cause | None = None


@dataclass(slots=True)
class Draft:
    """What one handler wanted to save, or what it wanted to know first; ``said``: what it answered."""

    changes: list[Change] = field(default_factory=list)
    question: Question | None = None
    asked: Asked = field(default_factory=Asked)
    said: str = ""
