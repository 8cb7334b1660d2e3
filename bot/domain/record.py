"""The parts of a milestone that are kept as JSON values: in history, and in one column each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.domain.milestone import Criterion, CriterionKind, Hold, State, Task


def criteria_out(criteria: Sequence[Criterion]) -> list[dict[str, str]]:
    """Only what is filled in: most criteria are a text and no more."""
    return [_filled(_criterion(c)) for c in criteria]


def criteria_in(raw: object) -> tuple[Criterion, ...]:
    return tuple(map(_read_criterion, _mappings(raw)))


def tasks_out(tasks: Sequence[Task]) -> list[dict[str, str]]:
    return [
        _filled(
            {
                "id": t.id,
                "text": t.text,
                "assignee_id": t.assignee_id,
                "done_by": t.done_by,
                "done_at": _instant(t.done_at),
            }
        )
        for t in tasks
    ]


def tasks_in(raw: object) -> tuple[Task, ...]:
    return tuple(
        Task(
            t["id"],
            t["text"],
            t.get("assignee_id", ""),
            t.get("done_by", ""),
            _read_instant(t.get("done_at")),
        )
        for t in _mappings(raw)
    )


def hold_out(hold: Hold | None) -> dict[str, str] | None:
    if hold is None:
        return None
    return {
        "reason": hold.reason,
        "since": hold.since.isoformat(),
        "by": hold.by,
        "review_on": hold.review_on.isoformat(),
        "was": hold.was.value,
    }


def hold_in(raw: object) -> Hold | None:
    if not isinstance(raw, Mapping):
        return None
    since, review_on = datetime.fromisoformat(raw["since"]), date.fromisoformat(raw["review_on"])
    return Hold(raw["reason"], since, raw["by"], review_on, State(raw["was"]))


def _criterion(c: Criterion) -> dict[str, str]:
    return {
        "id": c.id,
        "text": c.text,
        "done_by": c.done_by,
        "done_at": _instant(c.done_at),
        "kind": "" if c.kind is CriterionKind.BOOLEAN else c.kind.value,
        "target": c.target,
        "unit": c.unit,
        "value": c.value,
        "evidence": c.evidence,
        "approver_id": c.approver_id,
    }


def _read_criterion(c: Mapping[str, str]) -> Criterion:
    return Criterion(
        id=c["id"],
        text=c["text"],
        done_by=c.get("done_by") or "",
        done_at=_read_instant(c.get("done_at")),
        kind=CriterionKind(c.get("kind") or CriterionKind.BOOLEAN),
        target=c.get("target", ""),
        unit=c.get("unit", ""),
        value=c.get("value", ""),
        evidence=c.get("evidence", ""),
        approver_id=c.get("approver_id", ""),
    )


def _mappings(raw: object) -> list[Mapping[str, str]]:
    return [item for item in raw if isinstance(item, Mapping)] if isinstance(raw, list) else []


def _filled(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value or name in ("id", "text")}


def _instant(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _read_instant(raw: str | None) -> datetime | None:
    return datetime.fromisoformat(raw) if raw else None
