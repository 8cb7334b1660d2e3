"""Who may do what: one table, asked by every command, button and form (docs/security.md shows it).

Deny by default.  A refusal says who could, so that nobody is left without a way on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.milestone import Milestone
from bot.domain.people import Completing, Person, Project, Role


class Rule(StrEnum):
    """What a verb asks for.  ANYONE also admits people nobody knows yet."""

    ANYONE = "anyone"
    VIEW = "view"  # see it, and what it waits for
    NAMES = "names"  # see who the others are
    NOTES = "notes"  # read what was noted, shared or not
    MONEY = "money"  # see amounts, shared or not
    CREATE = "create"
    EDIT = "edit"  # change what it says: name, criteria, tasks
    MOVE = "move"  # change when it is due
    REPORT = "report"  # say how it stands: begin, blocked, tick, submit
    TASK = "task"  # say that one task is done, or not after all
    SIGN = "sign"  # say yes to a criterion that asks for one person's yes
    COMPLETE = "complete"
    APPROVE = "approve"
    PROPOSE = "propose"  # ask the lead for another date
    ANSWER = "answer"  # add a note, a photo, a file
    REASSIGN = "reassign"
    DROP = "drop"  # cancel, delete, archive
    REOPEN = "reopen"  # take up again what was achieved, dropped or missed
    INVITE = "invite"
    PEOPLE = "people"  # set things for somebody else
    ROLES = "roles"
    SETTINGS = "settings"  # of a project
    CONFIGURE = "configure"  # of the whole team: escalation, export, connections, going live


class Reach(StrEnum):
    """How somebody stands to what a rule is asked about.  ANY is everybody, whatever it is about."""

    OWN = "own"  # they own the milestone
    PART = "part"  # they sign it off, or have a task or a criterion of it
    SIGNS = "signs"  # they sign the whole of it off
    LED = "led"  # they lead its project
    GIVEN = "given"  # the one task or criterion in question is theirs
    NOTHING = "nothing"  # no milestone is meant: their own lists, help
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Matter:
    """What is being touched; a project or milestone that is None is not part of the question.

    ``given_to``: whose the one task or criterion in question is; ``completing``: whom the team lets mark
    things done.
    """

    project: Project | None = None
    milestone: Milestone | None = None
    given_to: str = ""
    completing: Completing = Completing.OWNER


Row = Mapping[Role, frozenset[Reach]]


def _row(admin: str = "any", lead: str = "", member: str = "", external: str = "", viewer: str = "") -> Row:
    """Per role the ways to stand to a matter that are enough; several divided by spaces, empty for never."""
    said = {
        Role.ADMIN: admin,
        Role.LEAD: lead,
        Role.MEMBER: member,
        Role.EXTERNAL: external,
        Role.VIEWER: viewer,
    }
    return {role: frozenset(map(Reach, ways.split())) for role, ways in said.items()}


TABLE: Mapping[Rule, Row] = {
    Rule.VIEW: _row("any", "any", "any", "own part nothing", "any"),
    Rule.NAMES: _row("any", "any", "any", "", "any"),
    Rule.NOTES: _row("any", "any", "any", "", "any"),
    Rule.MONEY: _row("any", "any", "any", "", "any"),
    Rule.CREATE: _row("any", "any", "any"),
    Rule.EDIT: _row("any", "own led", "own led"),
    Rule.MOVE: _row("any", "own led", "own led"),
    Rule.REPORT: _row("any", "own led", "own led", "own"),
    Rule.TASK: _row("any", "own led given", "own led given", "own given"),
    Rule.SIGN: _row("given", "given", "given", "given"),
    Rule.COMPLETE: _row("own led", "own led", "own led", "own"),
    Rule.APPROVE: _row("any", "signs led", "signs led", "signs"),
    Rule.PROPOSE: _row("any", "any", "any", "own part"),
    Rule.ANSWER: _row("any", "any", "any", "own part"),
    Rule.REASSIGN: _row("any", "own led", "own led"),
    Rule.DROP: _row("any", "led", "led"),
    Rule.REOPEN: _row("any", "led", "led"),
    Rule.INVITE: _row("any", "any", "any"),
    Rule.PEOPLE: _row("any", "any"),
    Rule.ROLES: _row("any"),
    Rule.SETTINGS: _row("any", "led", "led"),
    Rule.CONFIGURE: _row("any"),
}


COMPLETING: Mapping[Completing, Row] = {
    Completing.LEAD: _row("led", "led", "led"),
    Completing.ANYONE: _row("any", "any", "any", "own"),
}
"""What the team may say instead of the table's row for marking things done."""


def may(person: Person | None, rule: Rule, matter: Matter) -> bool:
    """Whether ``person`` may.  A person who left may nothing; ANYONE needs no person at all."""
    if rule is Rule.ANYONE:
        return True
    if person is None or not person.active or rule not in TABLE:
        return False
    return not enough_for(rule, matter, person.role).isdisjoint(reaches(person, matter))


def enough_for(rule: Rule, matter: Matter, role: Role) -> frozenset[Reach]:
    """The ways to stand to the matter that are enough for somebody of this role."""
    row = COMPLETING.get(matter.completing) if rule is Rule.COMPLETE else None
    return (row or TABLE.get(rule, {})).get(role, frozenset())


def reaches(person: Person, matter: Matter) -> frozenset[Reach]:
    """Every way this person stands to the matter."""
    milestone, project = matter.milestone, matter.project
    found = {Reach.ANY}
    if milestone is None:
        found.add(Reach.NOTHING)
    elif milestone.owner_id == person.id:
        found.add(Reach.OWN)
    if milestone is not None and _has_a_part(person, milestone):
        found.add(Reach.PART)
    if person.id and person.id == _signer(milestone):
        found.add(Reach.SIGNS)
    if project is not None and project.lead_id == person.id:
        found.add(Reach.LED)
    if matter.given_to == person.id:
        found.add(Reach.GIVEN)
    return frozenset(found)


def who_can(matter: Matter, rule: Rule | None = None) -> tuple[str, ...]:
    """Ids of the people to name in a refusal: whose the part in question is, who signs it off, the project's
    lead, the owner; only those whom ``rule`` admits, where one is given."""
    project, milestone = matter.project, matter.milestone
    named = [
        (Reach.GIVEN, matter.given_to),
        (Reach.SIGNS, _signer(milestone) if rule else ""),
        (Reach.LED, project.lead_id if project else ""),
        (Reach.OWN, milestone.owner_id if milestone else ""),
    ]
    enough = enough_for(rule, matter, Role.MEMBER) if rule and rule in TABLE else frozenset(Reach)
    return tuple(dict.fromkeys(ident for reach, ident in named if ident and reach in enough))


def _signer(milestone: Milestone | None) -> str:
    """Who signs it off: nobody does so for what they own by now."""
    if milestone is None or milestone.approver_id == milestone.owner_id:
        return ""
    return milestone.approver_id


def _has_a_part(person: Person, milestone: Milestone) -> bool:
    named = (
        milestone.approver_id,
        *(task.assignee_id for task in milestone.tasks),
        *(criterion.approver_id for criterion in milestone.criteria),
    )
    return person.id in named
