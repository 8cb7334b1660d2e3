"""Rehearsal: until a team goes live everything goes to the lead alone, marked with whom it was for.

The one place that decides it: a notice is redirected when it is planned, and a row that was planned for
somebody else before the rehearsal began is not sent.
"""

from __future__ import annotations

from dataclasses import replace

from bot.cards import Card, RichText, Text
from bot.domain.notices import Notice, NoticeKind
from bot.domain.people import Person, Role
from bot.ports import UnitOfWork
from bot.reminders.turn import Composed, Turn
from bot.views.milestone import HEADLINE_LIMIT, shortened
from bot.wording import Reader, reader_for

FOR, IN = "rehearsed_for", "rehearsed_in"
"""In a notice's detail: the person, or the conversation, it was meant for."""

ANSWERS = frozenset(
    {
        NoticeKind.CARD,
        NoticeKind.CARD_EDIT,
        NoticeKind.CANNOT_POST,
        NoticeKind.CANNOT_DELIVER,
        NoticeKind.WELCOME,
    }
)
"""What answers somebody where they are, and what is the lead's own: no rehearsal concerns it."""

_NAME_ROOM = 20


def rehearsed(uow: UnitOfWork, notice: Notice) -> Notice | None:
    """The notice as it may be planned now; None in a rehearsal that nobody leads."""
    if notice.kind in ANSWERS or is_marked(notice) or not rehearses(uow, notice.workspace_id):
        return notice
    lead = lead_of(uow, notice.workspace_id, notice.project_id)
    if lead is None or lead.id == notice.person_id:
        return notice if lead else None
    meant = {FOR: notice.person_id} if notice.person_id else {IN: notice.conversation}
    return replace(
        notice,
        occurrence=f"{notice.occurrence}:for:{notice.person_id or notice.conversation}",
        person_id=lead.id,
        conversation="",
        detail={**notice.detail, **meant},
    )


def is_marked(notice: Notice) -> bool:
    return FOR in notice.detail or IN in notice.detail


def may_leave(turn: Turn) -> bool:
    """False for what was planned for others before the rehearsal began."""
    row = turn.row
    if row.kind in ANSWERS or turn.said(FOR) or turn.said(IN):
        return True
    if not rehearses(turn.uow, row.workspace_id):
        return True
    lead = lead_of(turn.uow, row.workspace_id, row.project_id)
    return lead is not None and lead.id == row.person_id


def marked(turn: Turn, composed: Composed | None) -> Composed | None:
    """With "For Boris: …" in front, when that is who it was for."""
    name = _meant_name(turn)
    reader = _reader(turn)
    if composed is None or not name or reader is None:
        return composed
    return replace(composed, card=_for(name, composed.card, reader))


def lead_of(uow: UnitOfWork, workspace_id: str, project_id: str) -> Person | None:
    """Whoever leads the project, else the first who leads the team; None when nobody active does."""
    project = uow.projects.get(workspace_id, project_id) if project_id else None
    lead = uow.people.get(workspace_id, project.lead_id) if project else None
    if lead and lead.active:
        return lead
    leading = (p for p in uow.people.all(workspace_id) if p.active and p.role in (Role.ADMIN, Role.LEAD))
    return min(leading, key=lambda p: (p.role is not Role.ADMIN, p.id), default=None)


def rehearses(uow: UnitOfWork, workspace_id: str) -> bool:
    """Whether only leads hear of anything yet."""
    workspace = uow.workspaces.get(workspace_id)
    return workspace is not None and workspace.rehearsal


def _meant_name(turn: Turn) -> str:
    if person_id := turn.said(FOR):
        return turn.name(person_id)
    if not turn.said(IN):
        return ""
    project = turn.project
    place = turn.uow.places.get(project.home.root) if project and project.home else None
    return place.name if place and place.name else project.name if project else ""


def _reader(turn: Turn) -> Reader | None:
    person = turn.person(turn.row.person_id)
    return reader_for(person, turn.now) if person else None


def _for(name: str, card: Card, reader: Reader) -> Card:
    """Where both do not fit one line, the whole fact follows below."""
    short = shortened(name, _NAME_ROOM)
    title = reader.rich("For {name}: {fact}", name=short, fact=card.title)
    if len(title.text) <= HEADLINE_LIMIT:
        return replace(card, title=title)
    room = HEADLINE_LIMIT - (len(title.text) - len(card.title.text))
    cut = reader.rich("For {name}: {fact}", name=short, fact=shortened(card.title.text, room))
    return replace(card, title=cut, blocks=(Text(RichText() + card.title, quiet=True), *card.blocks))
