"""Append-only history: who, when, from, to, why; and what undo needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.milestone import Blocked, Milestone, State
from bot.domain.record import criteria_in, criteria_out, hold_in, hold_out, tasks_in, tasks_out

Facts = Mapping[str, object]  # JSON values only


class Action(StrEnum):
    CREATED = "created"
    CONFIRMED = "confirmed"
    STARTED = "started"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    ACHIEVED = "achieved"
    HELD = "held"
    RESUMED = "resumed"
    DROPPED = "dropped"
    MISSED = "missed"
    REOPENED = "reopened"
    RENAMED = "renamed"
    PHASED = "phased"
    MOVED = "moved"
    ASSIGNED = "assigned"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    CAUSE_NAMED = "cause_named"
    PROOF_ADDED = "proof_added"
    PROOF_REMOVED = "proof_removed"
    PROOF_REWORDED = "proof_reworded"
    TICKED = "ticked"
    UNTICKED = "unticked"
    MEASURED = "measured"
    SIGNED = "signed"
    TASK_ADDED = "task_added"
    TASK_GIVEN = "task_given"
    TASK_DONE = "task_done"
    TASK_OPENED = "task_opened"
    TASK_REMOVED = "task_removed"
    HANDED_OVER = "handed_over"  # tasks and yeses of somebody, to somebody else
    REPEATED = "repeated"  # it comes again from now on
    UNDONE = "undone"
    RESTORED = "restored"  # withdrawn, and brought back


class Cause(StrEnum):
    """Why a date moved: twelve codes (docs/rules.md)."""

    SCOPE = "scope"
    CLIENT = "client"
    APPROVAL = "approval"
    PREDECESSOR = "pred"
    RESOURCE = "resource"
    EQUIPMENT = "equip"
    MATERIAL = "material"
    SUBCONTRACTOR = "sub"
    QUALITY = "quality"
    ESTIMATE = "estimate"
    EXTERNAL = "external"
    FINANCE = "finance"


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """One change.  ``before`` and ``after`` hold only what changed; ``version`` is the one it made;
    changes made together share a ``batch_id`` and are undone together; ``proposed_by`` is the person whose
    proposal ``actor_id`` accepted."""

    id: str
    workspace_id: str
    milestone_id: str
    at: datetime
    actor_id: str
    action: Action
    before: Facts
    after: Facts
    version: int
    cause: Cause | None = None
    note: str = ""
    batch_id: str = ""
    proposed_by: str = ""


def facts(milestone: Milestone) -> dict[str, object]:
    """What undo restores, as JSON values."""
    return {
        "title": milestone.title,
        "state": str(milestone.state),
        "owner_id": milestone.owner_id,
        "due": milestone.due.isoformat(),
        "baseline_due": _iso(milestone.baseline_due),
        "actual_start": _iso(milestone.actual_start),
        "actual_done": _iso(milestone.actual_done),
        "blocked": _blocked(milestone.blocked),
        "criteria": criteria_out(milestone.criteria),
        "tasks": tasks_out(milestone.tasks),
        "hold": hold_out(milestone.hold),
        "phase_id": milestone.phase_id,
        "owner_role": milestone.owner_role,
        "series_id": milestone.series_id,
        "approver_id": milestone.approver_id,
        "withdrawn": milestone.withdrawn,
    }


def difference(old: Milestone, new: Milestone) -> tuple[dict[str, object], dict[str, object]]:
    """(before, after) with only the facts that differ."""
    was, now = facts(old), facts(new)
    changed = [name for name in was if was[name] != now[name]]
    return {n: was[n] for n in changed}, {n: now[n] for n in changed}


def restored(milestone: Milestone, before: Facts) -> Milestone:
    """``milestone`` with the facts of ``before`` back in place, as a new version."""
    return replace(milestone, version=milestone.version + 1, **_values(before))  # type: ignore[arg-type]  # names come from facts()


def _values(before: Facts) -> dict[str, object]:
    return {name: _READ.get(name, lambda raw: raw)(raw) for name, raw in before.items()}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _blocked(flag: Blocked | None) -> dict[str, str] | None:
    return {"reason": flag.reason, "since": flag.since.isoformat(), "by": flag.by} if flag else None


def _read_date(raw: object) -> date | None:
    return date.fromisoformat(str(raw)) if raw else None


def _read_blocked(raw: object) -> Blocked | None:
    if not isinstance(raw, Mapping):
        return None
    return Blocked(raw["reason"], datetime.fromisoformat(raw["since"]), raw["by"])


_READ = {
    "state": lambda raw: State(str(raw)),
    "due": _read_date,
    "baseline_due": _read_date,
    "actual_start": _read_date,
    "actual_done": _read_date,
    "blocked": _read_blocked,
    "criteria": criteria_in,
    "tasks": tasks_in,
    "hold": hold_in,
}
