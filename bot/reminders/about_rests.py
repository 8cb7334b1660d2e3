"""The card that comes when reminders wake."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.notices import NoticeKind
from bot.domain.policy import Target
from bot.reminders.quiet_time import end_of
from bot.reminders.situation import Situation, situation_of
from bot.reminders.turn import Composed, Turn
from bot.views.reminders import Tried, Why, overdue_card, reminder_card

_PARTS = (Target.OWNER, Target.LEAD, Target.HEAD)


def part_of(situation: Situation, person_id: str) -> Target | None:
    """As whom this person is told about the milestone; None when nobody tells them."""
    return next((t for t in _PARTS if _is_told(situation, t, person_id)), None)


def _is_told(situation: Situation, target: Target, person_id: str) -> bool:
    recipient = situation.recipient(target)
    return recipient is not None and recipient.person_id == person_id


def _rested(turn: Turn) -> Composed | None:
    """What a reminder would say now, to whoever asked to hear it today."""
    milestone = turn.milestone
    situation = situation_of(turn.uow, milestone) if milestone else None
    target = part_of(situation, turn.row.person_id) if situation else None
    if milestone is None or situation is None or target is None or not situation.wants_reminders:
        return None
    if situation.is_asleep(turn.row.person_id, turn.now):
        return None
    why = Why(target, situation.project.name, woken=True)
    reader = turn.reader(situation.project)
    if end_of(milestone.due, milestone.zone) > turn.now:
        return Composed(reminder_card(milestone, why, reader, turn.offers))
    return Composed(overdue_card(milestone, why, Tried(), reader, turn.offers))


COMPOSERS: Mapping[NoticeKind, Callable[[Turn], Composed | None]] = {NoticeKind.RESTED: _rested}
