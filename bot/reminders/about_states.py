"""The cards that a change of state asks for, made when they are sent: only what is still so."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.access import Matter, Rule, may
from bot.domain.history import History
from bot.domain.milestone import Milestone, State
from bot.domain.notices import NoticeKind
from bot.reminders.turn import Composed, Turn
from bot.views.state_news import hold_over_card, missed_card, reopened_card, review_card, sent_back_card
from bot.wording import Reader


def _review(turn: Turn) -> Composed | None:
    found = _in_state(turn, State.IN_REVIEW)
    if found is None or found[0].approver_id != turn.meant_for:
        return None
    milestone, reader = found
    by, absent = turn.name(turn.said("by")), turn.name(turn.said("instead_of"))
    return Composed(review_card(milestone, by, reader, turn.offers, absent))


def _sent_back(turn: Turn) -> Composed | None:
    found, entry = _in_state(turn, State.IN_PROGRESS), _entry(turn)
    if found is None or entry is None or found[0].owner_id != turn.meant_for:
        return None
    milestone, reader = found
    by, absent = turn.name(entry.actor_id), turn.name(turn.said("instead_of"))
    return Composed(sent_back_card(milestone, by, entry.note, reader, turn.offers, absent))


def _reopened(turn: Turn) -> Composed | None:
    found, entry = _in_state(turn, State.IN_PROGRESS, State.PLANNED), _entry(turn)
    if found is None or entry is None or found[0].owner_id != turn.meant_for:
        return None
    milestone, reader = found
    by, absent = turn.name(entry.actor_id), turn.name(turn.said("instead_of"))
    return Composed(reopened_card(milestone, by, entry.note, reader, turn.offers, absent))


def _hold_over(turn: Turn) -> Composed | None:
    found = _in_state(turn, State.ON_HOLD)
    if found is None or found[0].hold is None or found[0].owner_id != turn.meant_for:
        return None
    milestone, reader = found
    hold = milestone.hold
    if hold is None or turn.said("review_on") != hold.review_on.isoformat():
        return None
    until = reader.say("today") if hold.review_on == reader.today else reader.day(hold.review_on)
    absent = turn.name(turn.said("instead_of"))
    return Composed(hold_over_card(milestone, hold.reason, until, reader, turn.offers, absent))


def _missed(turn: Turn) -> Composed | None:
    found, entry = _in_state(turn, State.MISSED), _entry(turn)
    reads = turn.person(turn.row.person_id)
    if found is None or entry is None or reads is None:
        return None
    milestone, reader = found
    takes_back = may(reads, Rule.REOPEN, Matter(turn.project, milestone))
    return Composed(missed_card(milestone, entry.id if takes_back else "", reader, turn.offers))


def _in_state(turn: Turn, *states: State) -> tuple[Milestone, Reader] | None:
    milestone, project = turn.milestone, turn.project
    if milestone is None or project is None or milestone.state not in states:
        return None
    return milestone, turn.reader(project)


def _entry(turn: Turn) -> History | None:
    """The change this is about, while it is the last one."""
    entry = turn.uow.histories.get(turn.row.workspace_id, turn.said("entry"))
    current = turn.milestone
    return entry if entry and current and entry.version == current.version else None


COMPOSERS: Mapping[NoticeKind, Callable[[Turn], Composed | None]] = {
    NoticeKind.REVIEW: _review,
    NoticeKind.SENT_BACK: _sent_back,
    NoticeKind.REOPENED: _reopened,
    NoticeKind.HOLD_OVER: _hold_over,
    NoticeKind.MISSED: _missed,
}
