"""Who is on stage: one team with every role, a team next door, and people nobody knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.domain.history import Action, History, facts
from bot.domain.milestone import Criterion, Milestone
from bot.domain.people import Identity, Person, Project, Role, Workspace
from bot.ports import KnownPlace, UnitOfWork
from bot.refs import ConversationRef, PersonRef
from bot.reminders import arm

TEAM, NEIGHBOURS = "acme", "next-door"
SLACK, TELEGRAM, WEB = "slack", "telegram", "web"
TENANT, OTHER_TENANT = "T1", "T2"

ANA = Person("ana", TEAM, "Ana Costa", Role.MEMBER)
BORIS = Person("boris", TEAM, "Boris Novak", Role.MEMBER)
CHEN = Person("chen", TEAM, "Chen Wei", Role.MEMBER)
DORA = Person("dora", TEAM, "Dora Admin", Role.ADMIN)
LEO = Person("leo", TEAM, "Leo Lead", Role.LEAD)
EVE = Person("eve", TEAM, "Eve Contractor", Role.EXTERNAL)
VIC = Person("vic", TEAM, "Vic Viewer", Role.VIEWER)
GUS = Person("gus", TEAM, "Gus Gone", Role.MEMBER, active=False)
PEOPLE = (ANA, BORIS, CHEN, DORA, LEO, EVE, VIC, GUS)
OLAF = Person("olaf", NEIGHBOURS, "Olaf Outsider", Role.ADMIN)

APEX_HOME = ConversationRef(SLACK, TENANT, "C-apex")
APEX = Project("p-apex", TEAM, "APX", "Apex release", CHEN.id, home=APEX_HOME)
SECRET_HOME = ConversationRef(SLACK, OTHER_TENANT, "C-secret")
SECRET = Project("p-secret", NEIGHBOURS, "SEC", "Secret", OLAF.id, home=SECRET_HOME)


def account(person_id: str, platform: str = SLACK, tenant: str = TENANT) -> PersonRef:
    return PersonRef(platform, tenant if platform == SLACK else "", person_id)


def direct(ref: PersonRef) -> ConversationRef:
    """The conversation `tests.fakes.adapter.FakeAdapter` opens with this account."""
    return ConversationRef(ref.platform, ref.workspace, f"D-{ref.id}")


def milestone(number: int, title: str, owner: Person, due: date, now: datetime, *needs: str) -> Milestone:
    return Milestone(
        id=f"m{number}",
        workspace_id=TEAM,
        project_id=APEX.id,
        project_key=APEX.key,
        number=number,
        title=title,
        owner_id=owner.id,
        due=due,
        baseline_due=due,
        zone="UTC",
        created_by=CHEN.id,
        created_at=now,
        criteria=tuple(Criterion(f"m{number}-c{n}", text) for n, text in enumerate(needs)),
    )


def furnish(uow: UnitOfWork, now: datetime) -> None:
    """Acme with Apex (led by Chen, Ana owns APX-1, Boris APX-2), and the neighbours' secret."""
    uow.workspaces.add(Workspace(TEAM, "Acme"))
    uow.workspaces.install(SLACK, TENANT, TEAM, now)
    for person in PEOPLE:
        _person(uow, person, account(person.id), now)
    _project(uow, APEX, "#apex", now)
    for made in (
        milestone(1, "Prototype tested", ANA, date(2026, 3, 13), now, "report filed"),
        milestone(2, "Beta released", BORIS, date(2026, 3, 20), now),
    ):
        add_milestone(uow, made, now)
    _neighbours(uow, now)


def add_milestone(uow: UnitOfWork, made: Milestone, now: datetime, *, posted: bool = True) -> None:
    """As `new` would have left it, its card planned for the project's home."""
    number = uow.projects.next_number(made.workspace_id, made.project_id)
    assert number == made.number, "milestones are added in order"
    uow.milestones.add(made)
    uow.histories.add(
        History(
            id=f"0-{made.id}",
            workspace_id=made.workspace_id,
            milestone_id=made.id,
            at=now,
            actor_id=made.created_by,
            action=Action.CREATED,
            before={"withdrawn": True},
            after=facts(made),
            version=1,
        )
    )
    arm.rearm(uow, made, now)
    project = uow.projects.get(made.workspace_id, made.project_id)
    if posted and project and project.home:
        arm.announce_card(uow, made, project.home, made.created_by, now)


def _neighbours(uow: UnitOfWork, now: datetime) -> None:
    uow.workspaces.add(Workspace(NEIGHBOURS, "Next door"))
    uow.workspaces.install(SLACK, OTHER_TENANT, NEIGHBOURS, now)
    _person(uow, OLAF, account(OLAF.id, tenant=OTHER_TENANT), now)
    _project(uow, SECRET, "#secret", now)
    secret = milestone(1, "Merger announced", ANA, date(2026, 3, 13), now)
    theirs = replace(
        secret,
        id="secret",
        workspace_id=NEIGHBOURS,
        project_id=SECRET.id,
        project_key=SECRET.key,
        owner_id=OLAF.id,
        created_by=OLAF.id,
    )
    add_milestone(uow, theirs, now)


def _person(uow: UnitOfWork, person: Person, ref: PersonRef, now: datetime) -> None:
    uow.people.add(person)
    uow.people.add_identity(Identity(person.id, person.workspace_id, ref, person.id, direct(ref)), now)
    uow.places.put(KnownPlace(person.workspace_id, direct(ref), person.name, is_direct=True))


def _project(uow: UnitOfWork, project: Project, name: str, now: datetime) -> None:
    uow.projects.add(project)
    assert project.home
    uow.places.put(KnownPlace(project.workspace_id, project.home, name, is_direct=False))
    arm.rearm_project(uow, project, now)
