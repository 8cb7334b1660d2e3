"""Whoever is the first of a team is welcomed, once."""

from __future__ import annotations

from datetime import datetime

from bot.domain.notices import Notice, NoticeKind
from bot.domain.people import Person
from bot.ports import UnitOfWork
from bot.reminders.address import post


def greet_the_first(uow: UnitOfWork, person: Person, now: datetime) -> None:
    """Nothing for everybody after them: they are told by those who are there."""
    if len(uow.people.all(person.workspace_id)) > 1:
        return
    notice = Notice(
        kind=NoticeKind.WELCOME,
        workspace_id=person.workspace_id,
        occurrence="first",
        planned_for=now,
        person_id=person.id,
    )
    post(uow, notice, now)
