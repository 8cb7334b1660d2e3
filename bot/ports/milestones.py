"""Milestones, their history, and the cards that show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.domain.history import History
from bot.domain.milestone import Milestone
from bot.refs import MessageRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which milestones; empty means any.  ``open_only`` leaves achieved, missed and cancelled out."""

    project_id: str = ""
    owner_id: str = ""
    open_only: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """One page in order of due date, then number; ``total`` counts the whole filter."""

    milestones: tuple[Milestone, ...]
    total: int
    number: int
    size: int


@dataclass(frozen=True, slots=True)
class Pointed:
    """A milestone as a candidate for pointing."""

    id: str
    key: str
    title: str
    project_key: str
    is_open: bool


class Milestones(Protocol):
    def get(self, workspace_id: str, milestone_id: str) -> Milestone | None: ...
    def by_key(self, workspace_id: str, project_key: str, number: int) -> Milestone | None: ...
    def candidates(self, workspace_id: str, words: str, project_id: str = "") -> tuple[Pointed, ...]:
        """At most 200 milestones whose title could be meant by ``words``; open ones first."""
        ...

    def page(self, workspace_id: str, which: Filter, number: int, size: int) -> Page: ...
    def with_tasks_of(self, workspace_id: str, person_id: str, most: int = 200) -> tuple[Milestone, ...]:
        """Open milestones with a task of this person's, done or not, soonest first."""
        ...

    def with_yes_of(self, workspace_id: str, person_id: str, most: int = 200) -> tuple[Milestone, ...]:
        """Open milestones this person signs off, whole or one criterion of them, soonest first."""
        ...

    def add(self, milestone: Milestone) -> None: ...
    def save(self, milestone: Milestone) -> None:
        """Write ``milestone`` over version ``milestone.version - 1``.  Raises `VersionConflict`."""
        ...


class Histories(Protocol):
    def add(self, entry: History) -> None: ...
    def get(self, workspace_id: str, history_id: str) -> History | None: ...
    def of(self, workspace_id: str, milestone_id: str, most: int = 50) -> tuple[History, ...]:
        """Newest first."""
        ...

    def of_batch(self, workspace_id: str, batch_id: str) -> tuple[History, ...]:
        """Every entry made together with this one, newest first."""
        ...

    def last_by(self, workspace_id: str, actor_id: str) -> History | None:
        """The newest entry of this person that can be undone (not itself an undo, not undone)."""
        ...

    def name_cause(self, workspace_id: str, history_id: str, cause: str) -> None:
        """Fill in the cause of a move recorded without one; a named cause is never changed."""
        ...


@dataclass(frozen=True, slots=True)
class Anchor:
    """The message that shows a milestone in a conversation."""

    workspace_id: str
    milestone_id: str
    message: MessageRef


class Anchors(Protocol):
    def of(self, workspace_id: str, milestone_id: str) -> tuple[Anchor, ...]: ...
    def at(self, workspace_id: str, message: MessageRef) -> Anchor | None:
        """Which milestone a message shows (replying to a card points at it)."""
        ...

    def put(self, anchor: Anchor) -> None: ...
    def remove(self, message: MessageRef) -> None: ...
