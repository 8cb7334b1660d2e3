"""The cards about coming somewhere and being put out of it, made when they are sent: only what is so."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.notices import NoticeKind
from bot.domain.quotas import Quota, usage
from bot.ports import KnownPlace
from bot.refs import ConversationRef
from bot.reminders.turn import Composed, Turn
from bot.views.places import cannot_hear_card, permission_in, removed_card
from bot.views.quotas import near_card
from bot.views.welcome import Welcome, welcome_card
from bot.wording import reader_for


def _cannot_hear(turn: Turn) -> Composed | None:
    place, person = _closed(turn), turn.person(turn.row.person_id)
    milestone = turn.uow.milestones.get(turn.row.workspace_id, turn.said("milestone"))
    if place is None or person is None or milestone is None:
        return None
    return Composed(cannot_hear_card(milestone, place.name, reader_for(person, turn.now), turn.offers))


def _removed(turn: Turn) -> Composed | None:
    place, person, project = _closed(turn), turn.person(turn.row.person_id), turn.project
    if place is None or person is None or project is None:
        return None
    reader, permission = reader_for(person, turn.now), permission_in(place.disabled)
    return Composed(removed_card(project, place.name, reader, turn.offers, permission))


def _welcome(turn: Turn) -> Composed | None:
    person = turn.person(turn.row.person_id)
    team = turn.uow.workspaces.get(turn.row.workspace_id)
    if person is None or team is None:
        return None
    welcome = Welcome(can_set_up=True, rehearses=team.rehearsal)
    return Composed(welcome_card(welcome, reader_for(person, turn.now), turn.offers))


def _quota(turn: Turn) -> Composed | None:
    person, team = turn.person(turn.row.person_id), turn.uow.workspaces.get(turn.row.workspace_id)
    if person is None or team is None:
        return None
    used = usage(Quota(turn.said("quota")), int(turn.said("used")))
    name = turn.project.name if turn.project else team.name
    return Composed(near_card(used, name, reader_for(person, turn.now), turn.offers))


def _closed(turn: Turn) -> KnownPlace | None:
    place = turn.uow.places.get(ConversationRef.parse(turn.said("conversation")).root)
    return place if place and place.disabled else None


COMPOSERS: Mapping[NoticeKind, Callable[[Turn], Composed | None]] = {
    NoticeKind.CANNOT_HEAR: _cannot_hear,
    NoticeKind.REMOVED: _removed,
    NoticeKind.WELCOME: _welcome,
    NoticeKind.QUOTA: _quota,
}
