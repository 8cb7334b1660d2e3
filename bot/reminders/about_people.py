"""The cards about people coming and going, made when they are sent: only what is still so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from bot.domain.handing_over import parts_of
from bot.domain.milestone import Milestone
from bot.domain.notices import NoticeKind
from bot.ports import Filter
from bot.reminders.turn import Composed, Turn
from bot.views.handover import took_over_card
from bot.views.people_news import came_card, deputy_card, handed_over_card, left_card, stopped_card
from bot.wording import Reader, reader_for

_MOST = 200


def _handed_over(turn: Turn) -> Composed | None:
    """What of the batch is still theirs."""
    theirs = [m for m in _batch(turn) if m.owner_id == turn.row.person_id]
    reader, giver = _reader(turn), turn.said("by")
    if reader is None or giver == turn.row.person_id:
        return None
    if not theirs:
        return _took_over(turn, turn.name(giver), reader)
    left = turn.row.detail.get("left") is True
    return Composed(handed_over_card(turn.name(giver), theirs, left=left, reader=reader, offers=turn.offers))


def _took_over(turn: Turn, giver: str, reader: Reader) -> Composed | None:
    """No milestone of their own, but projects to lead, tasks or approvals."""
    person = turn.row.person_id
    kept = turn.uow.ledger.of_batch(turn.row.workspace_id, turn.said("batch"))
    projects = (turn.uow.projects.get(turn.row.workspace_id, e.subject.id) for e in kept)
    led = tuple(p.name for p in projects if p and p.lead_id == person)
    with_parts = tuple(m for m in _batch(turn) if parts_of(m, person))
    if not led and not with_parts:
        return None
    return Composed(took_over_card(giver, led, with_parts, reader, turn.offers))


def _left(turn: Turn) -> Composed | None:
    reader, leaver = _reader(turn), turn.person(turn.said("who"))
    if reader is None or leaver is None or leaver.active:
        return None
    entries = turn.uow.histories.of_batch(turn.row.workspace_id, turn.said("batch"))
    shares = Counter(str(e.after["owner_id"]) for e in entries if "owner_id" in e.after)
    named = [(turn.name(person_id), n) for person_id, n in shares.most_common()]
    card = left_card(turn.name(leaver.id), named, turn.said("undo"), reader=reader, offers=turn.offers)
    return Composed(card)


def _joined(turn: Turn) -> Composed | None:
    reader, who = _reader(turn), turn.person(turn.said("who"))
    if reader is None or who is None or not who.active:
        return None
    card = came_card(who, _owned(turn, who.id), turn.said("code"), reader=reader, offers=turn.offers)
    return Composed(card)


def _stopped(turn: Turn) -> Composed | None:
    reader, who = _reader(turn), turn.person(turn.said("who"))
    if reader is None or who is None or not (who.active and who.stopped):
        return None
    owned = _owned(turn, who.id)
    return Composed(stopped_card(who.name, owned, who.id, reader=reader, offers=turn.offers))


def _deputy(turn: Turn) -> Composed | None:
    """While the milestone is still that person's, due that day, and they still have this deputy."""
    reader, owner, milestone = _reader(turn), turn.person(turn.said("for")), turn.milestone
    if reader is None or owner is None or milestone is None or not milestone.is_open:
        return None
    if milestone.owner_id != owner.id or milestone.due.isoformat() != turn.said("due"):
        return None
    if owner.deputy_on(reader.today) != turn.row.person_id:
        return None
    card = deputy_card(milestone, turn.name(owner.id), owner.deputy_until, reader=reader, offers=turn.offers)
    return Composed(card)


def _batch(turn: Turn) -> list[Milestone]:
    """Every milestone of the batch once, in the order of the change."""
    entries = turn.uow.histories.of_batch(turn.row.workspace_id, turn.said("batch"))
    ids = dict.fromkeys(entry.milestone_id for entry in reversed(entries))
    found = (turn.uow.milestones.get(turn.row.workspace_id, ident) for ident in ids)
    return [m for m in found if m and not m.withdrawn]


def _owned(turn: Turn, person_id: str) -> tuple[Milestone, ...]:
    which = Filter(owner_id=person_id)
    return turn.uow.milestones.page(turn.row.workspace_id, which, 1, _MOST).milestones


def _reader(turn: Turn) -> Reader | None:
    person = turn.person(turn.row.person_id)
    return reader_for(person, turn.now) if person else None


COMPOSERS: Mapping[NoticeKind, Callable[[Turn], Composed | None]] = {
    NoticeKind.HANDED_OVER: _handed_over,
    NoticeKind.LEFT: _left,
    NoticeKind.JOINED: _joined,
    NoticeKind.STOPPED: _stopped,
    NoticeKind.DEPUTY: _deputy,
}
