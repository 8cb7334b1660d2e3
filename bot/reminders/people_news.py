"""What handlers call when people come, go, hand over or stop: one word to each who must know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.domain.notices import Notice, NoticeKind
from bot.domain.people import Person
from bot.ports import UnitOfWork
from bot.reminders.address import post


def handed_over(
    uow: UnitOfWork, taker_id: str, giver: Person, batch_id: str, now: datetime, *, left: bool = False
) -> None:
    """Tell whoever owns it now."""
    detail = {"batch": batch_id, "by": giver.id, "left": left}
    _tell(uow, NoticeKind.HANDED_OVER, giver.workspace_id, taker_id, batch_id, now, detail)


def left(
    uow: UnitOfWork, leaver: Person, lead_ids: Iterable[str], batch_id: str, undo: str, now: datetime
) -> None:
    """Tell each lead, once, who left and where everything went."""
    for lead_id in lead_ids:
        detail = {"who": leaver.id, "batch": batch_id, "undo": undo}
        _tell(uow, NoticeKind.LEFT, leaver.workspace_id, lead_id, batch_id, now, detail)


def joined(uow: UnitOfWork, newcomer: Person, inviter_id: str, code_hash: str, now: datetime) -> None:
    """Tell whoever invited."""
    detail = {"who": newcomer.id, "code": code_hash}
    _tell(uow, NoticeKind.JOINED, newcomer.workspace_id, inviter_id, code_hash, now, detail)


def stopped(uow: UnitOfWork, person: Person, lead_ids: Iterable[str], now: datetime) -> None:
    """Tell each lead that reminders need another way."""
    for lead_id in lead_ids:
        occurrence = f"{person.id}:{now.isoformat()}"
        _tell(uow, NoticeKind.STOPPED, person.workspace_id, lead_id, occurrence, now, {"who": person.id})


def _tell(
    uow: UnitOfWork,
    kind: NoticeKind,
    workspace_id: str,
    person_id: str,
    occurrence: str,
    now: datetime,
    detail: Mapping[str, object],
) -> None:
    notice = Notice(
        kind=kind,
        workspace_id=workspace_id,
        occurrence=occurrence,
        planned_for=now,
        person_id=person_id,
        detail=detail,
    )
    post(uow, notice, now)
