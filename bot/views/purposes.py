"""Verbs by what people want to do; a verb nobody sorted yet stands with the rest, so that none is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.verbs import Verb
from bot.wording import N_

OTHER = "other"
TASKS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("see", N_("See how things stand"),
     ("home", "status", "mine", "show", "late", "next", "blockers", "find", "files", "tasks")),
    ("add", N_("Add milestones"), ("new", "paste", "copy", "repeat", "end-series")),
    ("dates", N_("Change dates"), ("move", "propose", "proposals", "hold", "resume", "snooze")),
    ("work", N_("Do the work and finish it"),
     ("begin", "task", "note", "criteria", "tick", "done", "submit", "approve", "send-back", "confirm")),
    ("trouble", N_("Say what is in the way"), ("block", "unblock", "why", "feedback")),
    ("change", N_("Put things right"), ("undo", "rename", "assign", "drop", "reopen")),
    ("people", N_("People and who may what"),
     ("invite", "link", "person", "handover", "whoami", "stop")),
    ("setup", N_("Set up a project or the team"),
     ("plan", "project", "phase", "settings", "live", "export")),
)  # fmt: skip
_REST = N_("And more")


@dataclass(frozen=True, slots=True)
class Group:
    """``label`` is a source sentence; ``name`` what can be typed after "help"."""

    name: str
    label: str
    verbs: tuple[Verb, ...]


def grouped(verbs: Iterable[Verb]) -> tuple[Group, ...]:
    """Every verb once, in the order of the tasks; empty groups are left out."""
    by_name = {verb.name: verb for verb in verbs if verb.name != "help"}
    found = [
        Group(name, label, tuple(by_name.pop(verb) for verb in names if verb in by_name))
        for name, label, names in TASKS
    ]
    return tuple(group for group in (*found, Group(OTHER, _REST, tuple(by_name.values()))) if group.verbs)
