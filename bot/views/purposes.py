"""Verbs by what people want to do; a verb nobody sorted yet stands with the rest, so that none is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.verbs import Verb

OTHER = "other"
TASKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("see", ("home", "status", "mine", "show", "late", "next", "blockers", "find", "files", "tasks")),
    ("add", ("new", "paste", "copy", "repeat", "end-series")),
    ("dates", ("move", "propose", "proposals", "hold", "resume", "snooze")),
    (
        "work",
        ("begin", "task", "note", "criteria", "tick", "done", "submit", "approve", "send-back", "confirm"),
    ),
    ("trouble", ("block", "unblock", "why", "feedback")),
    ("change", ("undo", "rename", "assign", "drop", "reopen")),
    ("people", ("invite", "link", "person", "handover", "whoami", "stop")),
    ("setup", ("plan", "project", "phase", "settings", "live", "export")),
)


@dataclass(frozen=True, slots=True)
class Group:
    """``name`` is what can be typed after "help"."""

    name: str
    verbs: tuple[Verb, ...]


def grouped(verbs: Iterable[Verb]) -> tuple[Group, ...]:
    """Every verb once, in the order of the tasks; empty groups are left out."""
    by_name = {verb.name: verb for verb in verbs if verb.name != "help"}
    found = [
        Group(name, tuple(by_name.pop(verb) for verb in names if verb in by_name)) for name, names in TASKS
    ]
    return tuple(group for group in (*found, Group(OTHER, tuple(by_name.values()))) if group.verbs)
