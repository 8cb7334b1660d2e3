"""What to do with a row the platform did not take, by class of error (docs/delivery.md)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.outbox import UNKNOWN_CODE_TRIES, OutboxRow, back_off
from bot.errors import Delivery, DeliveryError
from bot.ports import UnitOfWork
from bot.refs import ConversationRef
from bot.reminders.outcome import hand_on, message_gone, reached_nobody


@dataclass(frozen=True, slots=True)
class Refusal:
    """``intended``: bytes may have left; ``poison``: the message itself is at fault, it could not be made
    or not even its plain text was taken; ``jitter`` in [-1, 1]; ``to`` is where it went, None when that
    was not known yet."""

    error: DeliveryError
    jitter: float
    intended: bool
    poison: bool = False
    to: ConversationRef | None = None


def record_refusal(uow: UnitOfWork, row: OutboxRow, refusal: Refusal, now: datetime) -> None:
    match refusal.error.kind:
        case Delivery.NOT_SENT:
            _not_sent(uow, row, refusal, now)
        case Delivery.UNKNOWN | Delivery.DONE:
            _unknown(uow, row, refusal, now)
        case Delivery.PERMANENT:
            _permanent(uow, row, refusal, now)
        case Delivery.DESTINATION:
            _destination(uow, row, refusal, now)
        case Delivery.INSTALL:
            _install(uow, row, refusal)


def _not_sent(uow: UnitOfWork, row: OutboxRow, refusal: Refusal, now: datetime) -> None:
    error = refusal.error
    if error.moved_to and refusal.to:
        old = refusal.to.root
        uow.places.move(old, replace(old, id=error.moved_to))
        uow.outbox.retry(row, now, error.code, is_try=False)
    elif error.retry_after is not None:
        until = now + timedelta(seconds=error.retry_after + 0.1 + 0.45 * (1 + refusal.jitter))
        uow.outbox.pause(row.lane, until)
        uow.outbox.retry(row, until, error.code, is_try=False)
    else:
        _again_later(uow, row, refusal, now)


def _unknown(uow: UnitOfWork, row: OutboxRow, refusal: Refusal, now: datetime) -> None:
    if refusal.intended:
        uow.outbox.doubt(row, refusal.error.code)
    else:  # asking where to send it failed: nothing was sent
        _again_later(uow, row, refusal, now)


def _permanent(uow: UnitOfWork, row: OutboxRow, refusal: Refusal, now: datetime) -> None:
    """An edit that is refused says nothing of the conversation: new messages may well be taken there."""
    error = refusal.error
    if error.gone and "message" in row.detail:
        if uow.outbox.bury(row, error.code):
            message_gone(uow, row, now)
    elif refusal.poison and refusal.intended:
        _bury(uow, row, error.code, now)
    elif row.tries + 1 < UNKNOWN_CODE_TRIES:
        _again_later(uow, row, refusal, now)
    elif not (refusal.poison or "message" in row.detail) and hand_on(uow, row, error.code, now):
        uow.outbox.bury(row, error.code)
    else:
        _bury(uow, row, error.code, now)


def _destination(uow: UnitOfWork, row: OutboxRow, refusal: Refusal, now: datetime) -> None:
    if hand_on(uow, row, refusal.error.code, now):
        uow.outbox.bury(row, refusal.error.code)
    elif uow.outbox.park(row, refusal.error.code):
        reached_nobody(uow, row, now)


def _install(uow: UnitOfWork, row: OutboxRow, refusal: Refusal) -> None:
    tenant = row.to.split("/")[1]
    uow.workspaces.suspend(row.platform, tenant, refusal.error.code)
    uow.outbox.park(row, refusal.error.code)


def _bury(uow: UnitOfWork, row: OutboxRow, code: str, now: datetime) -> None:
    if uow.outbox.bury(row, code):
        reached_nobody(uow, row, now)


def _again_later(uow: UnitOfWork, row: OutboxRow, refusal: Refusal, now: datetime) -> None:
    wait = back_off(row.tries + 1, refusal.jitter)
    uow.outbox.retry(row, now + wait, refusal.error.code, is_try=True)
