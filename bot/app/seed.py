"""The demo workspace: a construction job, a software release and a campaign, as they look mid-way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain import lifecycle
from bot.domain.history import Action, History, difference, facts
from bot.domain.local_time import local_date
from bot.domain.milestone import Criterion, Milestone
from bot.domain.people import DateOrder, Identity, Person, Project, Role, Workspace
from bot.ports import Filter, KnownPlace, UnitOfWork
from bot.refs import ConversationRef, PersonRef
from bot.reminders import arm

PLATFORM, TENANT, ZONE = "web", "demo", "Europe/Berlin"


@dataclass(frozen=True, slots=True)
class Plan:
    """A milestone as seeded: due in working days from today, made that many days ago."""

    title: str
    owner: str
    due: int
    age: int
    needs: tuple[str, ...] = ()
    ticked: int = 0
    blocked: str = ""
    done: bool = False
    slipped: int = 0


PEOPLE = (
    ("ana", "Ana Costa", Role.ADMIN),
    ("boris", "Boris Novak", Role.MEMBER),
    ("chen", "Chen Wei", Role.LEAD),
    ("dilek", "Dilek Aydin", Role.MEMBER),
    ("emil", "Emil Berg", Role.VIEWER),
)

_SIGNED = ("inspection report filed", "client signed")
PROJECTS: tuple[tuple[str, str, str, str, tuple[Plan, ...]], ...] = (
    ("riverside", "Riverside", "RVS", "chen", (
        Plan("Building permit issued", "chen", -12, 40, ("permit on file",), 1, done=True),
        Plan("Foundation inspected and signed off", "boris", -1, 30, _SIGNED, 1),
        Plan("Framing inspected", "chen", 8, 25, ("inspection report filed",)),
        Plan("Roof closed", "boris", 18, 20, ("photos in the file", "leak test passed"), slipped=5),
        Plan("Handover to client", "chen", 46, 20, ("keys and manuals handed over", "client signed")),
    )),
    ("apex-release", "Apex release", "APX", "ana", (
        Plan("Prototype tested by five customers", "ana", 2, 18, ("report filed", "client signed"), 1),
        Plan("Security review passed", "dilek", 4, 12, ("findings closed",), blocked="access to staging"),
        Plan("Beta released", "dilek", 11, 12, ("50 invited users signed in",)),
        Plan("Apex 2.0 live", "ana", 24, 12, ("released to everyone", "support briefed")),
    )),
    ("spring-campaign", "Spring campaign", "SPC", "dilek", (
        Plan("Key visual approved by client", "dilek", 0, 9, ("approval mail filed",)),
        Plan("Landing page live", "boris", 6, 9, ("tracking tested",)),
        Plan("500 trial sign-ups reached", "dilek", 30, 9, ("dashboard shows 500",)),
    )),
)  # fmt: skip


def seed(uow: UnitOfWork, now: datetime) -> None:
    """Fill an empty database with the demo."""
    workspace = Workspace(uow.new_id(), "Harbour & Co", ZONE, "en", demo=True)
    uow.workspaces.add(workspace)
    uow.workspaces.install(PLATFORM, TENANT, workspace.id, now)
    people = {nick: _person(uow, workspace, nick, name, role, now) for nick, name, role in PEOPLE}
    for place, name, key, lead, plans in PROJECTS:
        project = _project(uow, workspace, people[lead], place, name, key, now)
        for plan in plans:
            _milestone(uow, project, people[plan.owner], plan, now)
        _show_next(uow, project, now)


def _person(uow: UnitOfWork, workspace: Workspace, nick: str, name: str, role: Role, now: datetime) -> Person:
    order = DateOrder.DMY
    person = Person(uow.new_id(), workspace.id, name, role, ZONE, "en", order)
    uow.people.add(person)
    direct = ConversationRef(PLATFORM, TENANT, f"dm:{nick}")
    account = Identity(person.id, workspace.id, PersonRef(PLATFORM, TENANT, nick), nick, direct)
    uow.people.add_identity(account, now)
    uow.places.put(KnownPlace(workspace.id, direct, name, is_direct=True))
    return person


def _project(
    uow: UnitOfWork, workspace: Workspace, lead: Person, place: str, name: str, key: str, now: datetime
) -> Project:
    home = ConversationRef(PLATFORM, TENANT, place)
    uow.places.put(KnownPlace(workspace.id, home, name, is_direct=False))
    project = Project(uow.new_id(), workspace.id, key, name, lead.id, ZONE, home)
    uow.projects.add(project)
    arm.rearm_project(uow, project, now)
    return project


def _milestone(uow: UnitOfWork, project: Project, owner: Person, plan: Plan, now: datetime) -> None:
    today = local_date(now, ZONE)
    due = _in_working_days(project, today, plan.due)
    baseline = project.calendar.add(due, -plan.slipped) if plan.slipped else due
    made = Milestone(
        id=uow.new_id(),
        workspace_id=project.workspace_id,
        project_id=project.id,
        project_key=project.key,
        number=uow.projects.next_number(project.workspace_id, project.id),
        title=plan.title,
        owner_id=owner.id,
        due=due,
        baseline_due=baseline,
        zone=ZONE,
        created_by=project.lead_id,
        created_at=now - timedelta(days=plan.age),
        criteria=_criteria(uow, plan, owner, now),
    )
    uow.milestones.add(made)
    _remember(uow, made, None, project.lead_id, Action.CREATED, made.created_at)
    arm.rearm(uow, _later(uow, made, plan, owner, now), now)


def _show_next(uow: UnitOfWork, project: Project, now: datetime) -> None:
    """The channel shows the two milestones that come next, so that there is something to press."""
    page = uow.milestones.page(project.workspace_id, Filter(project_id=project.id), 1, 2)
    for milestone in page.milestones:
        if project.home:
            arm.announce_card(uow, milestone, project.home, project.lead_id, now)


def _later(uow: UnitOfWork, made: Milestone, plan: Plan, owner: Person, now: datetime) -> Milestone:
    """What happened to it since."""
    if plan.blocked:
        since = now - timedelta(days=2)
        return _changed(
            uow, made, lifecycle.blocked(made, plan.blocked, owner.id, since), Action.BLOCKED, since
        )
    if plan.done:
        done_on = made.due - timedelta(days=1)
        achieved = lifecycle.achieved(made, done_on, local_date(now, ZONE))
        return _changed(uow, made, replace(achieved, version=2), Action.ACHIEVED, now - timedelta(days=1))
    return made


def _changed(uow: UnitOfWork, old: Milestone, new: Milestone, action: Action, at: datetime) -> Milestone:
    uow.milestones.save(new)
    _remember(uow, new, old, new.owner_id, action, at)
    return new


def _remember(
    uow: UnitOfWork, new: Milestone, old: Milestone | None, actor: str, action: Action, at: datetime
) -> None:
    before, after = difference(old, new) if old else ({"withdrawn": True}, facts(new))
    uow.histories.add(
        History(
            id=uow.new_id(),
            workspace_id=new.workspace_id,
            milestone_id=new.id,
            at=at,
            actor_id=actor,
            action=action,
            before=before,
            after=after,
            version=new.version,
        )
    )


def _criteria(uow: UnitOfWork, plan: Plan, owner: Person, now: datetime) -> tuple[Criterion, ...]:
    done = len(plan.needs) if plan.done else plan.ticked
    return tuple(
        Criterion(uow.new_id(), text, owner.id if n < done else "", now if n < done else None)
        for n, text in enumerate(plan.needs)
    )


def _in_working_days(project: Project, today: date, days: int) -> date:
    return project.calendar.add(today, days) if days else project.calendar.following(today)
