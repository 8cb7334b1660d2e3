"""Somebody left the platform's team, or the group they were known by: then they left the team here, too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.commands.context import Context
from bot.commands.leaving import leave
from bot.domain.people import Gone, Identity, Person, Workspace
from bot.messages import PersonLeft, PlaceKind
from bot.ports import UnitOfWork

Speaking = Callable[[Workspace, Person], Context]


def departed(uow: UnitOfWork, incoming: PersonLeft, speaking: Speaking) -> None:
    """``speaking`` makes the turn of a person; what they owned is handed over in their own name."""
    for workspace in _concerned(uow, incoming):
        person = uow.people.by_ref(workspace.id, incoming.sender.ref)
        if person and person.active and _was_the_way_in(uow, incoming, person):
            leave(speaking(workspace, person), person, Gone.PLATFORM)


def _concerned(uow: UnitOfWork, incoming: PersonLeft) -> Iterator[Workspace]:
    """The team of the verified tenant, or the one the group is joined to."""
    ref = incoming.place.ref
    if ref.workspace:
        found = uow.workspaces.of_tenant(ref.platform, ref.workspace)
    else:
        known = uow.places.get(ref.root)
        found = uow.workspaces.get(known.workspace_id) if known else None
    if found:
        yield found


def _was_the_way_in(uow: UnitOfWork, incoming: PersonLeft, person: Person) -> bool:
    """A tenant speaks for its own accounts; a group only for whoever is known by nothing else."""
    if incoming.place.ref.workspace:
        return incoming.place.kind is not PlaceKind.GROUP
    accounts = uow.people.identities(person.workspace_id, person.id)
    here = [a for a in accounts if a.vouched == str(incoming.place.ref.root)]
    for account in here:
        uow.people.save_identity(_no_longer_vouched_for(account))
    return bool(here) and len(accounts) == len(here)


def _no_longer_vouched_for(account: Identity) -> Identity:
    return replace(account, vouched="")
