"""Things that happen around the words: added, removed, moved, renamed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.messages import BotRemoved, ConversationMoved, PlaceKind, ProfileChanged
from bot.people import recognise
from bot.ports import UnitOfWork
from bot.reminders import closed_places


def moved(uow: UnitOfWork, incoming: ConversationMoved) -> None:
    """Every row follows the conversation to its new id, in this one transaction."""
    uow.places.move(incoming.place.ref.root, incoming.new.root)


def removed(uow: UnitOfWork, incoming: BotRemoved, now: datetime) -> None:
    """The place refuses us: nobody is written to there until we are back."""
    if incoming.place.kind is PlaceKind.GROUP:
        known = uow.places.get(incoming.place.ref.root)
        if known:
            closed = replace(known, disabled=incoming.reason or "removed")
            uow.places.put(closed)
            closed_places.tell_the_lead(uow, closed, now)
        return
    for workspace in uow.workspaces.of_person(incoming.sender.ref):
        person = uow.people.by_ref(workspace.id, incoming.sender.ref)
        for identity in uow.people.identities(workspace.id, person.id) if person else ():
            if identity.ref == incoming.sender.ref:
                uow.people.save_identity(replace(identity, reachable=False))


def renamed(uow: UnitOfWork, incoming: ProfileChanged) -> None:
    """Name and rank follow the platform; a zone is the person's own and is not changed under them (TM-3)."""
    met = recognise(uow, incoming.sender, incoming.place)
    if met.person is None:
        return
    now = met.fresh or met.person
    now = replace(now, name=incoming.sender.name.strip()[:80] or now.name)
    if now != met.person:
        uow.people.save(now)
