"""Who may decide what somebody else may not: the part's own person, the lead, the owner, then the admins."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.access import Matter, Rule, may, who_can
from bot.domain.milestone import Milestone
from bot.domain.people import Person
from bot.ports import UnitOfWork


def deciders(
    uow: UnitOfWork, workspace_id: str, rule: Rule, matter: Matter, but: Collection[str] = ()
) -> tuple[Person, ...]:
    """Everybody active who may, whom to ask first in front; ``but`` leaves people out by id."""
    everybody = {p.id: p for p in uow.people.all(workspace_id) if p.active and p.id not in but}
    named = [everybody[ident] for ident in who_can(matter, rule) if ident in everybody]
    others = sorted(everybody.values(), key=lambda p: p.name.casefold())
    return tuple(p for p in dict.fromkeys((*named, *others)) if may(p, rule, matter))


def matter_of(uow: UnitOfWork, milestone: Milestone) -> Matter:
    """The milestone as access is asked about it, with how the team completes things."""
    project = uow.projects.get(milestone.workspace_id, milestone.project_id)
    team = uow.workspaces.get(milestone.workspace_id)
    return Matter(project, milestone, completing=team.completing) if team else Matter(project, milestone)


def reachable_first(uow: UnitOfWork, people: Sequence[Person]) -> Person | None:
    """The first who can be written to; the first of all when nobody can."""
    found = next((p for p in people if uow.people.address(p) is not None), None)
    return found or next(iter(people), None)
