"""The cards about one criterion or task, made when they are sent: only what is still so."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain import standards, tasks
from bot.domain.milestone import Criterion, Milestone
from bot.domain.notices import NoticeKind
from bot.reminders.turn import Composed, Turn
from bot.views.part_news import sign_off_card, signed_card, task_given_card
from bot.wording import reader_for


def _task_given(turn: Turn) -> Composed | None:
    milestone, person = _open(turn), turn.person(turn.row.person_id)
    task = tasks.find(milestone, turn.said("item")) if milestone else None
    if milestone is None or person is None or task is None or task.is_done or task.assignee_id != person.id:
        return None
    reader = reader_for(person, turn.now)
    return Composed(task_given_card(milestone, task, turn.name(turn.said("by")), reader, turn.offers))


def _sign_off(turn: Turn) -> Composed | None:
    milestone, person = _open(turn), turn.person(turn.row.person_id)
    criterion = _criterion(turn, milestone)
    if milestone is None or person is None or criterion is None or criterion.is_done:
        return None
    if criterion.approver_id != person.id:
        return None
    reader = reader_for(person, turn.now)
    return Composed(sign_off_card(milestone, criterion, turn.name(turn.said("by")), reader, turn.offers))


def _signed(turn: Turn) -> Composed | None:
    milestone, person = _open(turn), turn.person(turn.row.person_id)
    criterion = _criterion(turn, milestone)
    if milestone is None or person is None or criterion is None:
        return None
    if criterion.is_done != (turn.said("answer") == "yes"):
        return None
    reader = reader_for(person, turn.now)
    return Composed(signed_card(milestone, criterion, turn.name(turn.said("by")), reader, turn.offers))


def _open(turn: Turn) -> Milestone | None:
    found = turn.milestone
    return found if found and found.is_open else None


def _criterion(turn: Turn, milestone: Milestone | None) -> Criterion | None:
    return standards.find(milestone, turn.said("item")) if milestone else None


COMPOSERS: Mapping[NoticeKind, Callable[[Turn], Composed | None]] = {
    NoticeKind.TASK_GIVEN: _task_given,
    NoticeKind.SIGN_OFF: _sign_off,
    NoticeKind.SIGNED: _signed,
}
