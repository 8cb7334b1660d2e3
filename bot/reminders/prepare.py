"""From a claimed row to a committed intent: the last look before bytes may leave (one storage hop)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.cards import Card
from bot.domain.notices import MANNERS, NoticeKind
from bot.domain.outbox import OutboxRow
from bot.ports import Sending, UnitOfWork
from bot.refs import ConversationRef, MessageRef
from bot.reminders.compose import compose, quiet_until
from bot.reminders.outcome import came_to_nothing
from bot.reminders.turn import Turn


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Ready to leave: its intent is committed.  ``edits`` is the message to change, None to post one."""

    row: OutboxRow
    to: ConversationRef
    card: Card
    how: Sending
    edits: MessageRef | None
    version: int


def prepare(uow: UnitOfWork, row: OutboxRow, to: ConversationRef, now: datetime) -> Outgoing | None:
    """None: not to be sent, or not by us; the row already says why."""
    turn = Turn(uow, row, to, now)
    later = quiet_until(turn)
    if now >= row.expires_at or (later and later >= row.expires_at):
        _drop(uow, row, now, expired=True)
    elif later:
        uow.outbox.retry(row, later, "quiet", is_try=False)
    elif (composed := compose(turn)) is None:
        _drop(uow, row, now, expired=False)
    elif uow.outbox.intend(row, now):
        return Outgoing(row, to, composed.card, _how(row), composed.edits, composed.version)
    return None


def _how(row: OutboxRow) -> Sending:
    """A row that may have been delivered before says so, and makes no sound unless it is an escalation."""
    repeat = row.sends > 0
    silent = MANNERS[row.kind].silent or (repeat and row.kind is not NoticeKind.OVERDUE)
    return Sending(oid=row.id, silent=silent, repeat=repeat)


def _drop(uow: UnitOfWork, row: OutboxRow, now: datetime, *, expired: bool) -> None:
    if uow.outbox.drop(row, expired=expired):
        came_to_nothing(uow, row, now)
