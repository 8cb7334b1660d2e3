"""A stranger's workspace never matches, whatever ids they know."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot import ports
from bot.domain.alerts import Alert
from bot.domain.feedback import Feedback
from bot.domain.ledger import Deed, Entry, Kind, Subject
from bot.domain.milestone import Task
from bot.domain.notices import NoticeKind
from bot.domain.people import Person, Project
from bot.domain.phases import Phase
from bot.domain.policy import NORMAL
from bot.domain.proposal import Proposal
from bot.domain.snooze import Snooze
from bot.ports import Anchor, Dialog, Filter, UnitOfWork
from bot.refs import MessageRef
from tests.contracts.storage_contract.belongings import ABOUT_BELONGINGS, add_belongings
from tests.contracts.storage_contract.cast import (
    ANA,
    ANA_IN_SLACK,
    BO,
    CAUSE,
    CHANNEL,
    OURS,
    PROJECT,
    START,
    THEIRS,
    Team,
    milestone,
    moved,
    notice,
)

APEX = Subject(Kind.PROJECT, PROJECT)
OURS_ONLY = milestone(id="secret", number=900, approver_id=ANA, tasks=(Task("t1", "Call the mayor", ANA),))
MESSAGE = MessageRef(CHANNEL, "1.1")


def _everything(unit: UnitOfWork) -> None:
    unit.milestones.add(OURS_ONLY)
    _ways_on(unit)
    _set_up(unit)
    add_belongings(unit, OURS_ONLY)
    unit.histories.add(moved(OURS_ONLY, "h1", batch_id="b1"))
    unit.anchors.put(Anchor(OURS, OURS_ONLY.id, MESSAGE))
    unit.dialogs.put(
        Dialog(
            workspace_id=OURS,
            person_id=ANA,
            conversation=str(CHANNEL),
            verb="new",
            asked={},
            field="due",
            asked_at=START,
        )
    )
    unit.outbox.add(notice(milestone_id=OURS_ONLY.id), str(CHANNEL), "slack", "slack:T1:C1")
    unit.alerts.put(
        Alert(
            id="a1",
            workspace_id=OURS,
            milestone_id=OURS_ONLY.id,
            due=date(2026, 3, 1),
            steps=NORMAL.overdue,
            repeat=3,
            repeat_every=2,
        )
    )


def _ways_on(unit: UnitOfWork) -> None:
    """Something of each that Ana may find."""
    wish = Proposal(
        id="p1",
        workspace_id=OURS,
        milestone_id=OURS_ONLY.id,
        verb="move",
        rule="move",
        by_id=ANA,
        to_id=ANA,
        made_at=START,
    )
    unit.proposals.add(wish)
    unit.snoozes.put(Snooze(OURS, OURS_ONLY.id, ANA, START))
    unit.feedback.add(Feedback("f1", OURS, ANA, START, "word"))


def _set_up(unit: UnitOfWork) -> None:
    """A phase, a change in the ledger, and a project that was put away."""
    unit.phases.add(Phase(id="ph1", workspace_id=OURS, project_id=PROJECT, name="Build", position=1))
    unit.projects.add(Project("old", OURS, "OLD", "Old", ANA, archived=True))
    unit.ledger.add(
        Entry(
            id="e1",
            workspace_id=OURS,
            subject=APEX,
            at=START,
            actor_id=ANA,
            deed=Deed.CHANGED,
            before={},
            after={},
            batch_id="b1",
        )
    )


def _wakes(unit: UnitOfWork, team: str) -> object:
    unit.snoozes.remove(team, OURS_ONLY.id, ANA)
    return not unit.snoozes.about(OURS, OURS_ONLY.id)


def _outbox_row(unit: UnitOfWork, team: str) -> object:
    """The row's id is random, so ask its owner for it first."""
    (row,) = unit.outbox.claim("worker", START, 1)
    unit.outbox.release("worker")
    return unit.outbox.get(team, row.id)


def _names_the_cause(unit: UnitOfWork, team: str) -> object:
    unit.histories.name_cause(team, "h1", CAUSE)
    entry = unit.histories.get(OURS, "h1")
    return entry.cause if entry else None


def _merges(unit: UnitOfWork, team: str) -> object:
    unit.people.merge(team, ANA, BO)
    person = unit.people.get(OURS, ANA)
    return person is not None and person.id == BO


def _takes_a_number(unit: UnitOfWork, team: str) -> object:
    try:
        return unit.projects.next_number(team, PROJECT)
    except LookupError:
        return None


def _id(found: Person | Project | None) -> str:
    return found.id if found else ""


QUESTIONS: dict[str, Callable[[UnitOfWork, str], object]] = {
    "Proposals.get": lambda u, team: u.proposals.get(team, "p1"),
    "Proposals.open_about": lambda u, team: u.proposals.open_about(team, OURS_ONLY.id),
    "Proposals.waiting_for": lambda u, team: u.proposals.waiting_for(team, ANA),
    "Proposals.open_of": lambda u, team: u.proposals.open_of(team, ANA),
    "Snoozes.about": lambda u, team: u.snoozes.about(team, OURS_ONLY.id),
    "Snoozes.of": lambda u, team: u.snoozes.of(team, ANA),
    "Snoozes.remove": _wakes,
    "FeedbackBox.get": lambda u, team: u.feedback.get(team, "f1"),
    "FeedbackBox.latest": lambda u, team: u.feedback.latest(team, 5),
    "FeedbackBox.said_since": lambda u, team: u.feedback.said_since(team, ANA, START),
    **ABOUT_BELONGINGS,
    "Milestones.with_tasks_of": lambda u, team: u.milestones.with_tasks_of(team, ANA),
    "Milestones.with_yes_of": lambda u, team: u.milestones.with_yes_of(team, ANA),
    "People.get": lambda u, team: u.people.get(team, ANA),
    "People.by_ref": lambda u, team: u.people.by_ref(team, ANA_IN_SLACK),
    "People.by_username": lambda u, team: (
        getattr(u.people.by_username(team, "slack", "ana"), "id", "") == ANA
    ),
    "People.all": lambda u, team: ANA in {person.id for person in u.people.all(team)},
    "People.names": lambda u, team: u.people.names(team, [ANA]),
    "People.everybody": lambda u, team: "Bo" in u.people.everybody(team),
    "People.identities": lambda u, team: u.people.identities(team, ANA),
    "People.merge": _merges,
    "Projects.get": lambda u, team: u.projects.get(team, PROJECT),
    "Projects.by_key": lambda u, team: _id(u.projects.by_key(team, "APX")) == PROJECT,
    "Projects.by_home": lambda u, team: u.projects.by_home(team, CHANNEL),
    "Projects.all": lambda u, team: PROJECT in {project.id for project in u.projects.all(team)},
    "Projects.keys_and_names": lambda u, team: ("APX", "Apex of ours") in u.projects.keys_and_names(team),
    "Projects.archived": lambda u, team: u.projects.archived(team),
    "Projects.keys": lambda u, team: "OLD" in u.projects.keys(team),
    "Phases.get": lambda u, team: u.phases.get(team, "ph1"),
    "Phases.of": lambda u, team: u.phases.of(team, PROJECT),
    "Ledger.get": lambda u, team: u.ledger.get(team, "e1"),
    "Ledger.of": lambda u, team: u.ledger.of(team, APEX),
    "Ledger.of_batch": lambda u, team: u.ledger.of_batch(team, "b1"),
    "Ledger.last_by": lambda u, team: u.ledger.last_by(team, ANA),
    "Projects.next_number": _takes_a_number,
    "Milestones.get": lambda u, team: u.milestones.get(team, OURS_ONLY.id),
    "Milestones.by_key": lambda u, team: u.milestones.by_key(team, "APX", OURS_ONLY.number),
    "Milestones.candidates": lambda u, team: u.milestones.candidates(team, "prototype"),
    "Milestones.page": lambda u, team: u.milestones.page(team, Filter(), 1, 20).milestones,
    "Histories.get": lambda u, team: u.histories.get(team, "h1"),
    "Histories.of": lambda u, team: u.histories.of(team, OURS_ONLY.id),
    "Histories.of_batch": lambda u, team: u.histories.of_batch(team, "b1"),
    "Histories.last_by": lambda u, team: u.histories.last_by(team, ANA),
    "Histories.name_cause": _names_the_cause,
    "Dialogs.take": lambda u, team: u.dialogs.take(team, ANA, str(CHANNEL)),
    "Anchors.of": lambda u, team: u.anchors.of(team, OURS_ONLY.id),
    "Anchors.at": lambda u, team: u.anchors.at(team, MESSAGE),
    "Outbox.get": _outbox_row,
    "Outbox.cancel": lambda u, team: u.outbox.cancel(team, OURS_ONLY.id, [NoticeKind.CARD]),
    "Alerts.open_for": lambda u, team: u.alerts.open_for(team, OURS_ONLY.id),
}
NOT_OF_ROWS = {"Workspaces.get", "Workspaces.install", "Places.choose"}
"""These name a workspace itself instead of looking something up inside one."""


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
async def test_the_owner_is_answered(team: Team, question: Callable[[UnitOfWork, str], object]) -> None:
    await team.do(_everything)
    assert await team.do(lambda unit: question(unit, OURS))


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
async def test_a_stranger_finds_nothing(team: Team, question: Callable[[UnitOfWork, str], object]) -> None:
    await team.do(_everything)
    assert not await team.do(lambda unit: question(unit, THEIRS))


def test_every_method_that_takes_a_workspace_is_asked() -> None:
    taking = {
        f"{name}.{method}"
        for name, protocol in vars(ports).items()
        if inspect.isclass(protocol) and getattr(protocol, "_is_protocol", False)
        for method, code in vars(protocol).items()
        if inspect.isfunction(code) and "workspace_id" in inspect.signature(code).parameters
    }
    assert taking - NOT_OF_ROWS == set(QUESTIONS)


@pytest.mark.parametrize(
    "mixed",
    [
        lambda u: u.milestones.add(milestone(workspace_id=THEIRS)),
        lambda u: u.milestones.add(milestone(owner_id="stranger")),
        lambda u: u.anchors.put(Anchor(THEIRS, OURS_ONLY.id, MESSAGE)),
        lambda u: u.histories.add(moved(OURS_ONLY, "h2", actor_id="stranger")),
    ],
    ids=["project of another", "owner of another", "anchor of another", "actor of another"],
)
async def test_the_database_itself_refuses_rows_that_mix_tenants(
    team: Team, mixed: Callable[[UnitOfWork], Any]
) -> None:
    await team.has(OURS_ONLY)
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await team.do(mixed)
