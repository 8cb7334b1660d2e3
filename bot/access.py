"""Who may do what: one table, asked by every command and every button (docs/security.md).

Deny by default.  A refusal says who could, so that nobody is left without a way on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.milestone import Milestone
from bot.domain.people import Person, Project, Role


class Rule(StrEnum):
    """What a verb asks for.  ANYONE also admits people nobody knows yet."""

    ANYONE = "anyone"
    VIEW = "view"
    CREATE = "create"
    EDIT = "edit"
    COMPLETE = "complete"
    REASSIGN = "reassign"
    INVITE = "invite"


@dataclass(frozen=True, slots=True)
class Matter:
    """What is being touched; a project or milestone that is None is not part of the question."""

    project: Project | None = None
    milestone: Milestone | None = None


Test = Callable[[Person, Matter], bool]
_WRITERS = frozenset({Role.ADMIN, Role.LEAD, Role.MEMBER})


def _is_owner(person: Person, matter: Matter) -> bool:
    return matter.milestone is not None and matter.milestone.owner_id == person.id


def _leads(person: Person, matter: Matter) -> bool:
    return matter.project is not None and matter.project.lead_id == person.id


def _owner_or_lead(person: Person, matter: Matter) -> bool:
    """Whoever does the work, an outsider too, and whoever answers for the project."""
    if person.role is Role.VIEWER:
        return False
    return _is_owner(person, matter) or (person.role in _WRITERS and _leads(person, matter))


def _owner_lead_admin(person: Person, matter: Matter) -> bool:
    return person.role is Role.ADMIN or _owner_or_lead(person, matter)


def _view(person: Person, matter: Matter) -> bool:
    """Outsiders see their own milestones and no others."""
    if person.role is Role.EXTERNAL and matter.milestone is not None:
        return _is_owner(person, matter)
    return True


def _create(person: Person, matter: Matter) -> bool:
    return person.role in _WRITERS


TABLE: Mapping[Rule, Test] = {
    Rule.VIEW: _view,
    Rule.CREATE: _create,
    Rule.EDIT: _owner_lead_admin,
    Rule.COMPLETE: _owner_or_lead,
    Rule.REASSIGN: _owner_lead_admin,
    Rule.INVITE: _create,
}


def may(person: Person | None, rule: Rule, matter: Matter) -> bool:
    """Whether ``person`` may.  A person who left may nothing; ANYONE needs no person at all."""
    if rule is Rule.ANYONE:
        return True
    if person is None or not person.active:
        return False
    test = TABLE.get(rule)
    return test is not None and test(person, matter)


def who_can(matter: Matter) -> tuple[str, ...]:
    """Ids of the people to name in a refusal: the project's lead, then the owner."""
    lead = (matter.project.lead_id,) if matter.project else ()
    owner = (matter.milestone.owner_id,) if matter.milestone else ()
    return tuple(dict.fromkeys(i for i in (*lead, *owner) if i))
