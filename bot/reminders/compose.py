"""What an outbox row says now: nothing is sent that stopped being true, and every card is made late."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from bot.domain.health import health
from bot.domain.milestone import Milestone
from bot.domain.notices import NoticeKind
from bot.domain.policy import Target
from bot.ports import UnitOfWork
from bot.refs import ConversationRef, MessageRef
from bot.reminders.about_many import COMPOSERS as ABOUT_MANY
from bot.reminders.about_parts import COMPOSERS as ABOUT_PARTS
from bot.reminders.about_people import COMPOSERS as ABOUT_PEOPLE
from bot.reminders.about_places import COMPOSERS as ABOUT_PLACES
from bot.reminders.about_proposals import COMPOSERS as ABOUT_PROPOSALS
from bot.reminders.about_rests import COMPOSERS as ABOUT_RESTS
from bot.reminders.about_states import COMPOSERS as ABOUT_STATES
from bot.reminders.digest import has_news
from bot.reminders.escalation import asks_the_channel_on, is_about, waits_for_delivery
from bot.reminders.feedback import COMPOSERS as FEEDBACK
from bot.reminders.quiet_time import end_of, hours_of
from bot.reminders.rehearsal import IN, marked, may_leave
from bot.reminders.situation import Situation, open_milestones, situation_of
from bot.reminders.turn import Composed, Turn
from bot.views.digest import digest_card
from bot.views.milestone import Shown, milestone_card
from bot.views.people_news import stopped_card
from bot.views.reminders import (
    Tried,
    Why,
    assignment_card,
    cannot_deliver_card,
    cannot_post_card,
    overdue_card,
    reminder_card,
)
from bot.wording import Reader

_MOST_LATE = 50
_IN_THEIR_HOURS = frozenset(
    {
        NoticeKind.DUE_SOON,
        NoticeKind.OVERDUE,
        NoticeKind.HOLD_OVER,
        NoticeKind.MISSED,
        NoticeKind.RESTED,
    }
)


def compose(turn: Turn) -> Composed | None:
    """The card as the facts stand now; None when there is no reason to send it any more."""
    return marked(turn, _COMPOSERS[turn.row.kind](turn)) if may_leave(turn) else None


def quiet_until(turn: Turn) -> datetime | None:
    """When whoever is told may be told, if that is not now: an outage must not ring at night (TM-5)."""
    if turn.row.kind not in _IN_THEIR_HOURS:
        return None
    who = turn.person(turn.row.person_id) or turn.project
    hours = hours_of(who, turn.project) if who else None
    return None if hours is None or hours.is_open(turn.now) else hours.opening(turn.now)


def _card(turn: Turn) -> Composed | None:
    milestone = turn.milestone
    if milestone is None or _anchored(turn, milestone):
        return None
    return _shown(turn, milestone, None)


def _anchored(turn: Turn, milestone: Milestone) -> bool:
    anchors = turn.uow.anchors.of(milestone.workspace_id, milestone.id)
    return any(a.message.conversation.root == turn.conversation.root for a in anchors)


def _card_edit(turn: Turn) -> Composed | None:
    message = MessageRef.parse(turn.said("message"))
    anchor = turn.uow.anchors.at(turn.row.workspace_id, message)
    if anchor is None or anchor.milestone_id != turn.row.milestone_id:
        return None
    milestone = turn.uow.milestones.get(turn.row.workspace_id, turn.row.milestone_id)
    return _shown(turn, milestone, message) if milestone else None


def _shown(turn: Turn, milestone: Milestone, edits: MessageRef | None) -> Composed | None:
    project = turn.project
    if project is None:
        return None
    names = turn.names({milestone.owner_id, milestone.approver_id})
    owner, approver = (names.get(ident, "") for ident in (milestone.owner_id, milestone.approver_id))
    shown = Shown(milestone, owner, _undo(turn, milestone), approver)
    card = milestone_card(shown, turn.reader(project), turn.offers)
    return Composed(card, edits, milestone.version)


def _undo(turn: Turn, milestone: Milestone) -> str:
    """The history entry that Undo would reverse, while it is still the last change."""
    undo = turn.said("undo")
    entry = turn.uow.histories.get(milestone.workspace_id, undo) if undo else None
    return undo if entry and entry.version == milestone.version else ""


def _assigned(turn: Turn) -> Composed | None:
    milestone, project = turn.milestone, turn.project
    if milestone is None or project is None or not milestone.is_open:
        return None
    if milestone.owner_id != turn.meant_for:
        return None
    home = turn.uow.places.get(project.home.root) if project.home else None
    place = home.name if home else ""
    absent, by = turn.name(turn.said("instead_of")), turn.said("by")
    if absent and turn.row.person_id == by:
        return None  # who gave it away knows; that its owner hears nothing is told by itself
    reader = turn.reader(project)
    return Composed(assignment_card(milestone, turn.name(by), place, reader, turn.offers, absent))


def _due_soon(turn: Turn) -> Composed | None:
    situation = _situation(turn)
    if situation is None or not _still_promised(turn, situation):
        return None
    milestone = situation.milestone
    if situation.is_asleep(turn.row.person_id, turn.now):
        return None
    if milestone.owner_id != turn.meant_for or end_of(milestone.due, milestone.zone) <= turn.now:
        return None
    why = _why(turn, Target.OWNER, situation)
    return Composed(reminder_card(milestone, why, turn.reader(situation.project), turn.offers))


def _overdue(turn: Turn) -> Composed | None:
    situation = _situation(turn)
    if situation is None or not _still_promised(turn, situation) or not _is_next_step(turn, situation):
        return None
    target = Target(turn.said("target"))
    recipient = situation.recipient(target)
    if recipient is None or (recipient.person_id or recipient.conversation) != (
        turn.meant_for or turn.row.to
    ):
        return None
    if situation.is_asleep(turn.row.person_id, turn.now):
        return None
    read_by = target if recipient.person_id else Target.CHANNEL
    reader, why = turn.reader(situation.project), _why(turn, read_by, situation)
    return Composed(overdue_card(situation.milestone, why, _tried(turn, situation), reader, turn.offers))


def _is_next_step(turn: Turn, situation: Situation) -> bool:
    alert = situation.alert
    if alert is None or not is_about(alert, situation) or not waits_for_delivery(alert):
        return False
    return turn.row.detail.get("level") == alert.planned_level


def _still_promised(turn: Turn, situation: Situation) -> bool:
    return situation.wants_reminders and turn.said("due") == situation.milestone.due.isoformat()


def _situation(turn: Turn) -> Situation | None:
    return situation_of(turn.uow, turn.milestone) if turn.milestone else None


def _why(turn: Turn, target: Target, situation: Situation) -> Why:
    return Why(target, situation.project.name, turn.name(turn.said("instead_of")))


def _tried(turn: Turn, situation: Situation) -> Tried:
    alert = situation.alert
    if alert is None or not alert.told:
        return Tried()
    names = turn.names(alert.told)
    return Tried(tuple(names[person] for person in alert.told if person in names), alert.asked_at)


def _digest(turn: Turn) -> Composed | None:
    project = turn.project
    if (
        project is None
        or not project.is_live
        or str(project.home) not in (str(turn.conversation), turn.said(IN))
    ):
        return None
    day, reader = date.fromisoformat(turn.said("day")), turn.reader(project)
    milestones = open_milestones(turn.uow, project)
    if reader.today != day or not has_news(milestones, reader.today, reader.calendar):
        return None
    asked = _asked_here_today(turn.uow, milestones, reader)
    if not has_news((m for m in milestones if m.id not in asked), reader.today, reader.calendar):
        return None
    names = turn.names({m.owner_id for m in milestones})
    return Composed(digest_card(project, milestones, names, day, reader, turn.offers, asked))


def _asked_here_today(uow: UnitOfWork, milestones: Sequence[Milestone], reader: Reader) -> frozenset[str]:
    """Those that a message of their own asks about here this very day."""
    late = [m for m in milestones if health(m, reader.today, reader.calendar).is_overdue][:_MOST_LATE]
    situations = (situation_of(uow, milestone) for milestone in late)
    return frozenset(s.milestone.id for s in situations if s and asks_the_channel_on(s, reader.today))


def _cannot_deliver(turn: Turn) -> Composed | None:
    project, person = turn.project, turn.person(turn.said("instead_of"))
    if project is None or person is None or turn.uow.people.address(person) is not None:
        return None
    if person.stopped:
        reader = turn.reader(project)
        return Composed(stopped_card(person.name, (), person.id, reader=reader, offers=turn.offers))
    card = cannot_deliver_card(
        person, turn.said("platform"), turn.milestone, turn.reader(project), turn.offers
    )
    return Composed(card)


def _cannot_post(turn: Turn) -> Composed | None:
    milestone, project = turn.milestone, turn.project
    if milestone is None or project is None:
        return None
    place = turn.uow.places.get(ConversationRef.parse(turn.said("conversation")).root)
    name = place.name if place else ""
    return Composed(cannot_post_card(milestone, name, turn.reader(project), turn.offers))


_COMPOSERS: Mapping[NoticeKind, Callable[[Turn], Composed | None]] = {
    NoticeKind.CARD: _card,
    NoticeKind.CARD_EDIT: _card_edit,
    NoticeKind.ASSIGNED: _assigned,
    NoticeKind.DUE_SOON: _due_soon,
    NoticeKind.OVERDUE: _overdue,
    NoticeKind.DIGEST: _digest,
    NoticeKind.CANNOT_DELIVER: _cannot_deliver,
    NoticeKind.CANNOT_POST: _cannot_post,
    **ABOUT_PARTS,
    **ABOUT_PEOPLE,
    **ABOUT_PLACES,
    **ABOUT_PROPOSALS,
    **ABOUT_RESTS,
    **FEEDBACK,
    **ABOUT_STATES,
    **ABOUT_MANY,
}
