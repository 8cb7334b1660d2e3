"""Two teams that must never meet, and the small values that tests are told with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from bot.domain.history import Action, Cause, History
from bot.domain.milestone import Criterion, Milestone
from bot.domain.notices import Notice, NoticeKind
from bot.domain.outbox import OutboxRow
from bot.domain.people import Identity, Person, Project, Workspace
from bot.ports import KnownPlace, Outbox, Store, UnitOfWork
from bot.refs import ConversationRef, PersonRef
from tests.fakes.clock import START

T = TypeVar("T")
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)

OURS, THEIRS = "ours", "theirs"
ANA, BO, STRANGER = "ana", "bo", "stranger"
PROJECT, THEIR_PROJECT = "apex", "apex-of-others"
CHANNEL = ConversationRef("slack", "T1", "C1")
THEIR_CHANNEL = ConversationRef("slack", "T2", "C1")
GROUP = ConversationRef("telegram", "", "-100")
ANA_IN_SLACK = PersonRef("slack", "T1", "U1")
ANA_IN_TELEGRAM = PersonRef("telegram", "", "501")
STRANGER_IN_SLACK = PersonRef("slack", "T2", "U1")
LANE = "slack:T1:C1"

_numbers = count(1)


def populate(unit: UnitOfWork) -> None:
    """Both teams have the same key, the same names and the same ids of their own platforms."""
    for team, tenant, person in ((OURS, "T1", ANA), (THEIRS, "T2", STRANGER)):
        unit.workspaces.add(Workspace(team, "Acme"))
        unit.workspaces.install("slack", tenant, team, START)
        unit.people.add(Person(person, team, "Ana"))
        unit.people.add_identity(Identity(person, team, PersonRef("slack", tenant, "U1"), "ana"), START)
    unit.people.add(Person(BO, OURS, "Bo"))
    unit.projects.add(Project(PROJECT, OURS, "APX", "Apex of ours", ANA, home=CHANNEL))
    unit.projects.add(Project(THEIR_PROJECT, THEIRS, "APX", "Apex", STRANGER, home=THEIR_CHANNEL))
    unit.places.put(KnownPlace(OURS, CHANNEL, "general", False))


def milestone(**changes: Any) -> Milestone:
    number = next(_numbers)
    values = {
        "id": f"m{number}",
        "workspace_id": OURS,
        "project_id": PROJECT,
        "project_key": "APX",
        "number": number,
        "title": "Prototype tested",
        "owner_id": ANA,
        "due": date(2026, 3, 20),
        "zone": "Europe/Berlin",
        "created_by": ANA,
        "created_at": START,
        "criteria": (Criterion("c1", "Signed off"),),
    }
    return Milestone(**{**values, **changes})


def moved(of: Milestone, ident: str, actor_id: str = ANA, **changes: Any) -> History:
    values = {
        "id": ident,
        "workspace_id": of.workspace_id,
        "milestone_id": of.id,
        "at": START,
        "actor_id": actor_id,
        "action": Action.MOVED,
        "before": {"due": "2026-03-20"},
        "after": {"due": "2026-04-01"},
        "version": of.version,
    }
    return History(**{**values, **changes})


def notice(occurrence: str = "1", **changes: Any) -> Notice:
    values: dict[str, Any] = {
        "kind": NoticeKind.CARD,
        "workspace_id": OURS,
        "occurrence": occurrence,
        "planned_for": START,
        "conversation": str(CHANNEL),
    }
    return Notice(**{**values, **changes})


def plan(unit: UnitOfWork, occurrence: str = "1", to: ConversationRef = CHANNEL, **changes: Any) -> bool:
    """One message in the lane of ``to``."""
    lane = f"{to.platform}:{to.workspace}:{to.id}"
    planned = notice(occurrence, conversation=str(to), **changes)
    return unit.outbox.add(planned, str(to), to.platform, lane)


@dataclass(frozen=True)
class Team:
    """A store with both teams in it."""

    store: Store

    async def do(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self.store.write(work)

    async def see(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self.store.read(work)

    async def has(self, *milestones: Milestone) -> None:
        await self.do(lambda unit: [unit.milestones.add(m) for m in milestones])

    async def plans(self, *occurrences: str, to: ConversationRef = CHANNEL, **changes: Any) -> None:
        await self.do(lambda unit: [plan(unit, occurrence, to, **changes) for occurrence in occurrences])

    async def claims(
        self, now: datetime = START, most: int = 10, worker: str = "one"
    ) -> tuple[OutboxRow, ...]:
        return await self.do(lambda unit: unit.outbox.claim(worker, now, most))

    async def sends(self, now: datetime = START) -> OutboxRow:
        """Claim the next row and commit the intent to send it."""
        (row,) = await self.claims(now, 1)
        assert await self.do(lambda unit: unit.outbox.intend(row, now))
        return row

    async def moves(self, change: Callable[[Outbox], bool]) -> bool:
        return await self.do(lambda unit: change(unit.outbox))

    async def row(self, ident: str) -> OutboxRow:
        found = await self.see(lambda unit: unit.outbox.get(OURS, ident))
        assert found is not None
        return found

    async def counts(self) -> dict[str, int]:
        counted = await self.see(lambda unit: unit.outbox.counts())
        return {state: number for state, number in counted.items() if number}


CAUSE = Cause.SCOPE
