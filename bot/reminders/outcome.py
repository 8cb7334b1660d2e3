"""What follows once the fate of a row is known, in the transaction that records it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.alerts import Alert
from bot.domain.notices import Notice, NoticeKind
from bot.domain.outbox import OutboxRow
from bot.domain.people import Identity
from bot.ports import Anchor, Due, UnitOfWork
from bot.refs import ConversationRef, MessageRef, PersonRef
from bot.reminders import closed_places
from bot.reminders.address import HANDED_ON, Posted, post
from bot.reminders.arm import announce_card, milestone_subject, refresh_anchor
from bot.reminders.escalation import next_rung, passed_over, sent, unplanned
from bot.reminders.proposing import row_passed_on
from bot.reminders.rehearsal import FOR, IN
from bot.reminders.situation import situation_of

_IN_A_CONVERSATION = frozenset({NoticeKind.CARD, NoticeKind.CARD_EDIT, NoticeKind.DIGEST, NoticeKind.OVERDUE})


def arrived(uow: UnitOfWork, row: OutboxRow, message: MessageRef | None, version: int, now: datetime) -> None:
    """It was delivered, or so nearly certainly that it counts (a row that is held).

    ``version`` is the milestone's as shown; 0 when nobody knows, then the card is brought up to date.
    """
    if row.kind is NoticeKind.CARD and message:
        _anchor(uow, row, message, version, now)
    if row.kind is NoticeKind.OVERDUE:
        _climb(uow, row, now)


def reached_nobody(uow: UnitOfWork, row: OutboxRow, now: datetime) -> None:
    """Nobody will ever read it: a ladder goes on to the next step at once (ES-5)."""
    alert = _waiting_alert(uow, row)
    if alert:
        uow.alerts.put(passed_over(alert, alert.planned_level))
        _look(uow, row, now)


def came_to_nothing(uow: UnitOfWork, row: OutboxRow, now: datetime) -> None:
    """It was not sent because it was late or no longer true: a ladder plans its step anew, and who decides
    is somebody else by now."""
    if row.kind is NoticeKind.PROPOSED:
        row_passed_on(uow, row, now)
    alert = _waiting_alert(uow, row)
    if alert:
        uow.alerts.put(unplanned(alert))
        _look(uow, row, now)


def message_gone(uow: UnitOfWork, row: OutboxRow, now: datetime) -> None:
    """The card to edit was deleted: an open milestone gets a new one, a closed one needs none."""
    message = MessageRef.parse(str(row.detail["message"]))
    uow.anchors.remove(message)
    milestone = uow.milestones.get(row.workspace_id, row.milestone_id)
    if milestone and milestone.is_open:
        announce_card(uow, milestone, message.conversation, "", now, str(row.detail.get("undo", "")))


def hand_on(uow: UnitOfWork, row: OutboxRow, code: str, now: datetime) -> bool:
    """The account or conversation refuses messages.  True: somebody else hears it instead."""
    if not row.person_id:
        _close_place(uow, row, code, now)
        return False
    _close_account(uow, row)
    if row.kind is NoticeKind.PROPOSED:
        return row_passed_on(uow, row, now)
    if row.kind not in HANDED_ON:
        return False
    return post(uow, _notice(row), now) is not Posted.NOBODY


def _close_account(uow: UnitOfWork, row: OutboxRow) -> None:
    ref = PersonRef.parse(row.to)
    for identity in uow.people.identities(row.workspace_id, row.person_id):
        if identity.ref == ref and identity.reachable:
            uow.people.save_identity(_unreachable(identity))


def _unreachable(identity: Identity) -> Identity:
    return replace(identity, reachable=False)


def _close_place(uow: UnitOfWork, row: OutboxRow, code: str, now: datetime) -> None:
    if row.kind not in _IN_A_CONVERSATION:
        return
    place = uow.places.get(ConversationRef.parse(row.to).root)
    if place:
        closed = replace(place, disabled=code)
        uow.places.put(closed)
        if not place.disabled:
            closed_places.tell_the_lead(uow, closed, now)
    asked_by = str(row.detail.get("asked_by", ""))
    if row.kind is NoticeKind.CARD and asked_by:
        post(uow, _cannot_post(row, asked_by, now), now)


def _cannot_post(row: OutboxRow, asked_by: str, now: datetime) -> Notice:
    return Notice(
        kind=NoticeKind.CANNOT_POST,
        workspace_id=row.workspace_id,
        occurrence=row.id,
        planned_for=now,
        milestone_id=row.milestone_id,
        project_id=row.project_id,
        person_id=asked_by,
        detail={"conversation": row.to},
    )


def _notice(row: OutboxRow) -> Notice:
    """The same thing to tell, for another address: the row's id keeps it one row however often it is made."""
    return Notice(
        kind=row.kind,
        workspace_id=row.workspace_id,
        occurrence=f"instead:{row.id}",
        planned_for=row.planned_for,
        milestone_id=row.milestone_id,
        project_id=row.project_id,
        person_id=row.person_id,
        detail=row.detail,
    )


def _anchor(uow: UnitOfWork, row: OutboxRow, message: MessageRef, version: int, now: datetime) -> None:
    anchor = Anchor(row.workspace_id, row.milestone_id, message)
    uow.anchors.put(anchor)
    milestone = uow.milestones.get(row.workspace_id, row.milestone_id)
    if milestone and milestone.version != version:  # it changed while the card was under way
        refresh_anchor(uow, milestone, anchor, now)


def _climb(uow: UnitOfWork, row: OutboxRow, now: datetime) -> None:
    alert = _waiting_alert(uow, row)
    if alert is None:
        return
    heard = str(row.detail.get(FOR) or ("" if IN in row.detail else row.person_id))
    climbed = sent(alert, alert.planned_level, heard, now)
    uow.alerts.put(climbed)
    milestone = uow.milestones.get(row.workspace_id, row.milestone_id)
    situation = situation_of(uow, milestone) if milestone else None
    rung = next_rung(replace(situation, alert=climbed), climbed) if situation else None
    if rung:
        _look(uow, row, rung.at)


def _waiting_alert(uow: UnitOfWork, row: OutboxRow) -> Alert | None:
    """The ladder this row is the latest step of; None for every other row."""
    if row.kind is not NoticeKind.OVERDUE:
        return None
    alert = uow.alerts.open_for(row.workspace_id, row.milestone_id)
    if alert is None or alert.due.isoformat() != row.detail.get("due"):
        return None
    is_latest = row.detail.get("level") == alert.planned_level > alert.sent_level
    return alert if is_latest else None


def _look(uow: UnitOfWork, row: OutboxRow, at: datetime) -> None:
    uow.due.put(Due(at, row.workspace_id, milestone_subject(row.milestone_id)))
