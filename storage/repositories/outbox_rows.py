"""An outbox row as a frozen value, and a notice as a new row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.notices import Notice, NoticeKind, OnDoubt
from bot.domain.outbox import OutboxRow, OutboxState
from bot.refs import ConversationRef, PersonRef
from storage.tables import outbox

ROW = tuple(
    outbox.c[name]
    for name in (
        "id",
        "workspace_id",
        "key",
        "kind",
        "platform",
        "install",
        "dest",
        "thread",
        "lane",
        "milestone_id",
        "project_id",
        "person_id",
        "detail",
        "planned_for",
        "not_before",
        "expires_at",
        "state",
        "epoch",
        "tries",
        "sends",
        "on_unknown",
        "send_started_at",
        "provider_id",
        "last_code",
    )
)
_PARTS_OF_PERSON = 3


def outbox_row(row: Sequence[Any]) -> OutboxRow:
    (
        ident, workspace_id, key, kind, platform, install, dest, thread, lane, milestone_id, project_id,
        person_id, detail, planned_for, not_before, expires_at, state, epoch, tries, sends, on_unknown,
        send_started_at, provider_id, last_code,
    ) = row  # fmt: skip
    return OutboxRow(
        id=ident, workspace_id=workspace_id, key=key, kind=NoticeKind(kind), platform=platform,
        to=_address(platform, install, dest, thread), lane=lane, milestone_id=milestone_id,
        project_id=project_id, person_id=person_id, detail=detail, planned_for=planned_for,
        not_before=not_before, expires_at=expires_at, state=OutboxState(state), epoch=epoch, tries=tries,
        sends=sends, on_doubt=OnDoubt(on_unknown), send_started_at=send_started_at, provider_id=provider_id,
        last_code=last_code,
    )  # fmt: skip


def new_row(notice: Notice, ident: str, to: str, platform: str, lane: str) -> Mapping[str, Any]:
    version = notice.detail.get("version", 0)
    return {
        "id": ident,
        "workspace_id": notice.workspace_id,
        "key": notice.key,
        "kind": notice.kind.value,
        **destination(to),
        "platform": platform,
        "lane": lane,
        "priority": notice.manner.priority,
        "milestone_id": notice.milestone_id,
        "project_id": notice.project_id,
        "person_id": notice.person_id,
        "subject_version": version if isinstance(version, int) else 0,
        "detail": dict(notice.detail),
        "planned_for": notice.planned_for,
        "not_before": notice.planned_for,
        "expires_at": notice.expires_at,
        "on_unknown": notice.manner.on_doubt.value,
    }


def destination(to: str) -> dict[str, str | None]:
    """The parts of ``str(PersonRef)`` or ``str(ConversationRef)``.  Raises `MalformedRef`."""
    if to.count("/") + 1 == _PARTS_OF_PERSON:
        person = PersonRef.parse(to)
        return {"install": person.workspace, "dest": person.id, "thread": None}
    place = ConversationRef.parse(to)
    return {"install": place.workspace, "dest": place.id, "thread": place.thread}


def _address(platform: str, install: str, dest: str, thread: str | None) -> str:
    if thread is None:
        return str(PersonRef(platform, install, dest))
    return str(ConversationRef(platform, install, dest, thread))
