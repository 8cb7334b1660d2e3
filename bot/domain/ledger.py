"""Append-only history of what is not a milestone: the workspace, its projects and phases, its people.

The twin of `bot.domain.history`.  A change is undone when what it made still stands, fact by fact, so two
people who change different things of one project do not stand in each other's way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Facts = Mapping[str, object]
"""JSON values only, by the name of what they describe."""


class Kind(StrEnum):
    """What an entry is about."""

    WORKSPACE = "workspace"
    PROJECT = "project"
    PHASE = "phase"
    PERSON = "person"
    SERIES = "series"


class Deed(StrEnum):
    """What was done.  CHANGED and the facts tell most stories; the others have a sentence of their own."""

    CREATED = "created"
    CHANGED = "changed"
    ARCHIVED = "archived"
    BROUGHT_BACK = "brought_back"
    REMOVED = "removed"
    WENT_LIVE = "went_live"
    REHEARSED = "rehearsed"
    JOINED = "joined"
    LEFT = "left"
    HANDED_OVER = "handed_over"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Subject:
    """``id`` of a row of this kind in the entry's workspace."""

    kind: Kind
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change.  ``before`` and ``after`` hold only what changed; ``at`` is aware UTC.

    Everything made together, milestones' history included, shares a ``batch_id`` and is undone together.
    ``undoes`` is the id of the entry this one took back, on an entry whose deed is UNDONE.
    """

    id: str
    workspace_id: str
    subject: Subject
    at: datetime
    actor_id: str
    deed: Deed
    before: Facts
    after: Facts
    batch_id: str = ""
    undoes: str = ""


def difference(was: Facts, now: Facts) -> tuple[dict[str, object], dict[str, object]]:
    """(before, after) with only the facts that differ."""
    changed = [name for name in now if was.get(name) != now[name]]
    return {name: was.get(name) for name in changed}, {name: now[name] for name in changed}


def still_stands(entry: Entry, facts: Facts) -> bool:
    """Whether all that ``entry`` made is as it made it: nobody changed any of it since."""
    return all(facts.get(name) == value for name, value in entry.after.items())
