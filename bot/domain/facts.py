"""A workspace, project, phase or person as JSON values by field name, and back: what the ledger keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, time
from enum import Enum
from typing import Any, TypeVar

from bot.domain.ledger import Kind, Subject
from bot.domain.people import Completing, DateOrder, Gone, Person, Project, Role, Workspace
from bot.domain.phases import Phase
from bot.domain.series import Rule, Series
from bot.refs import ConversationRef

Kept = Workspace | Project | Phase | Person | Series
Some = TypeVar("Some", bound=Kept)

_KINDS: Mapping[type, Kind] = {
    Workspace: Kind.WORKSPACE,
    Project: Kind.PROJECT,
    Phase: Kind.PHASE,
    Person: Kind.PERSON,
    Series: Kind.SERIES,
}
_NEVER_CHANGE = ("id", "workspace_id", "project_id", "demo", "last", "made", "milestone_id", "version")
"""Identity, and how far a series has come, which undoing a change of its rule leaves alone."""


def subject_of(value: Kept) -> Subject:
    return Subject(_KINDS[type(value)], value.id)


def facts(value: Kept) -> dict[str, object]:
    names = (field.name for field in fields(value))
    return {name: _json(getattr(value, name)) for name in names if name not in _NEVER_CHANGE}


def restored(value: Some, before: Mapping[str, object]) -> Some:
    """``value`` with the facts of ``before`` in place."""
    changes: dict[str, Any] = {name: _READ.get(name, _as_it_is)(raw) for name, raw in before.items()}
    return replace(value, **changes)


def _json(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case date() | time():
            return value.isoformat()
        case frozenset():
            return sorted(map(_json, value), key=str)
        case tuple():
            return list(value)
        case ConversationRef():
            return str(value)
        case Rule():
            return value.to_json()
        case _:
            return value


def _as_it_is(raw: object) -> object:
    return raw


def _maybe(read: Callable[[str], object]) -> Callable[[object], object]:
    return lambda raw: read(str(raw)) if raw else None


def _list(raw: object) -> list[Any]:
    return raw if isinstance(raw, list) else []


_READ: Mapping[str, Callable[[object], object]] = {
    "home": _maybe(ConversationRef.parse),
    "starts": _maybe(date.fromisoformat),
    "deputy_until": _maybe(date.fromisoformat),
    "gone": _maybe(Gone),
    "digest_at": _maybe(time.fromisoformat),
    "opens": _maybe(time.fromisoformat),
    "closes": _maybe(time.fromisoformat),
    "morning": _maybe(time.fromisoformat),
    "week": lambda raw: frozenset(map(int, _list(raw))),
    "holidays": lambda raw: frozenset(map(date.fromisoformat, _list(raw))),
    "needs": lambda raw: tuple(map(str, _list(raw))),
    "rule": lambda raw: Rule.from_json(raw if isinstance(raw, Mapping) else {}),
    "goals": lambda raw: tuple(map(str, _list(raw))),
    "role": lambda raw: Role(str(raw)),
    "date_order": lambda raw: DateOrder(str(raw)),
    "completing": lambda raw: Completing(str(raw)),
}
