"""Feedback on its way to the admins: once to each, and kept whatever becomes of the message."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from bot.access import Matter, Rule, may
from bot.domain.feedback import Feedback
from bot.domain.notices import Notice, NoticeKind
from bot.domain.people import Person
from bot.ports import UnitOfWork
from bot.reminders.address import post
from bot.reminders.turn import Composed, Turn
from bot.views.feedback import said_card
from bot.wording import reader_for

_MOST = 5  # admins who are written to; every admin can read it


def tell_admins(uow: UnitOfWork, said: Feedback, admins: Iterable[Person], now: datetime) -> None:
    for admin in tuple(admins)[:_MOST]:
        notice = Notice(
            kind=NoticeKind.FEEDBACK,
            workspace_id=said.workspace_id,
            occurrence=said.id,
            planned_for=now,
            person_id=admin.id,
            detail={"feedback": said.id},
        )
        post(uow, notice, now)


def _said(turn: Turn) -> Composed | None:
    said = turn.uow.feedback.get(turn.row.workspace_id, turn.said("feedback"))
    person = turn.person(turn.row.person_id)
    if said is None or person is None or not may(person, Rule.CONFIGURE, Matter()):
        return None
    return Composed(said_card(said, turn.name(said.by_id), reader_for(person, turn.now), turn.offers))


COMPOSERS: Mapping[NoticeKind, Callable[[Turn], Composed | None]] = {NoticeKind.FEEDBACK: _said}
