"""What somebody from outside gets to see: the one place that leaves out what is not theirs to know.

Everybody in the team sees everything here unchanged.  Outsiders see what is theirs (`bot.access`), know the
people of the team by the team's name, and read no notes but their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.access import Matter, Rule, may
from bot.domain.files import KeptFile
from bot.domain.history import History
from bot.domain.milestone import Milestone
from bot.domain.people import Person, Project
from bot.ports import Filter, UnitOfWork


def is_outsider(viewer: Person | None) -> bool:
    """Somebody who does not get to know who the others are; nobody in particular is a channel's reader."""
    return viewer is not None and viewer.active and not may(viewer, Rule.NAMES, Matter())


def sees(viewer: Person, milestone: Milestone, project: Project | None = None) -> bool:
    return may(viewer, Rule.VIEW, Matter(project, milestone))


def names_for(
    uow: UnitOfWork, viewer: Person | None, workspace_id: str, ids: Iterable[str]
) -> Mapping[str, str]:
    """What ``viewer`` may call these people, by id: their names, to an outsider the team's."""
    wanted = frozenset(filter(None, ids))
    names = uow.people.names(workspace_id, wanted)
    if viewer is None or not is_outsider(viewer):
        return names
    team = uow.workspaces.get(workspace_id)
    return {ident: name if ident == viewer.id else team.name if team else "" for ident, name in names.items()}


def narrowed(viewer: Person, which: Filter) -> Filter:
    """The part of a list that ``viewer`` may see."""
    return replace(which, owner_id=viewer.id) if is_outsider(viewer) else which


def told_to(viewer: Person, entry: History) -> History:
    """A line of history without what others noted beside it, unless ``viewer`` may read notes."""
    if entry.actor_id == viewer.id or may(viewer, Rule.NOTES, Matter()):
        return entry
    return replace(entry, note="")


def may_open(uow: UnitOfWork, viewer: Person, file: KeptFile) -> bool:
    """A file that is still kept, with a milestone that ``viewer`` sees; to an outsider their own alone."""
    if file.is_removed or not file.milestone_id or file.workspace_id != viewer.workspace_id:
        return False
    milestone = uow.milestones.get(file.workspace_id, file.milestone_id)
    if milestone is None or milestone.withdrawn:
        return False
    if file.by_id != viewer.id and not may(viewer, Rule.NOTES, Matter()):
        return False
    return sees(viewer, milestone, uow.projects.get(milestone.workspace_id, milestone.project_id))
