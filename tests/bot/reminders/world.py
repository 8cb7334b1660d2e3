"""The engine on a real store, with a clock that stands still and platforms in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from bot.domain.milestone import Milestone
from bot.domain.outbox import LEASE, SETTLE
from bot.domain.people import Identity, Person, Project, Workspace
from bot.ports import KnownPlace, Store, UnitOfWork
from bot.refs import ConversationRef, PersonRef
from bot.reminders import arm
from bot.reminders.engine import Engine
from storage.database import SqlStore
from tests.bot.reminders.stage import ANA, APEX, BORIS, CHEN, HOME, MILESTONE
from tests.fakes.adapter import Accepted, FakeAdapter
from tests.fakes.clock import FakeClock

T = TypeVar("T")
W = "w"
MINUTE = timedelta(minutes=1)


def account(person: Person | str, platform: str = "slack") -> PersonRef:
    return PersonRef(
        platform, "T1" if platform == "slack" else "", person if isinstance(person, str) else person.id
    )


@dataclass
class World:
    """Ana owns, Boris leads, Chen heads; all in Slack unless a test says otherwise."""

    store: SqlStore
    clock: FakeClock
    slack: FakeAdapter
    telegram: FakeAdapter
    engine: Engine

    async def do(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self.store.write(work)

    async def at(self, instant: datetime) -> None:
        """It is now this instant, and everything due by then happened when it was due."""

        async def forward(to: datetime) -> None:
            self.clock.jump_to(to)

        await self.engine.travel(instant, forward)

    async def jump(self, instant: datetime) -> None:
        """The process slept until then: only now does it look."""
        self.clock.jump_to(instant)
        await self.engine.run_until_quiet()

    async def settle(self) -> None:
        """Leases run out and doubts are settled."""
        self.clock.jump_to(self.clock.now() + LEASE + SETTLE + timedelta(seconds=1))
        await self.engine.reconcile()
        self.clock.jump_to(self.clock.now() + timedelta(seconds=1))
        await self.engine.reconcile()
        await self.engine.run_until_quiet()

    async def make(self, milestone: Milestone = MILESTONE) -> Milestone:
        def work(uow: UnitOfWork) -> None:
            uow.milestones.add(milestone)
            arm.rearm(uow, milestone, self.clock.now())

        await self.do(work)
        return milestone

    async def change(self, milestone: Milestone, **changes: object) -> Milestone:
        new = milestone.next(**changes)

        def work(uow: UnitOfWork) -> None:
            uow.milestones.save(new)
            arm.rearm(uow, new, self.clock.now(), before=milestone)
            arm.refresh_anchors(uow, new, self.clock.now())

        await self.do(work)
        return new

    async def post_card(self, milestone: Milestone, place: ConversationRef = HOME, by: str = "boris") -> None:
        await self.do(lambda uow: arm.announce_card(uow, milestone, place, by, self.clock.now()))

    async def assign(self, milestone: Milestone, owner: str = "ana", by: str = "boris") -> Milestone:
        """Somebody makes ``owner`` the owner, who is told."""
        new = milestone.next(owner_id=owner)

        def work(uow: UnitOfWork) -> None:
            uow.milestones.save(new)
            arm.rearm(uow, new, self.clock.now(), before=milestone)
            arm.announce_assignment(uow, new, by, self.clock.now())

        await self.do(work)
        return new

    async def make_many(self, count: int, **changes: object) -> list[Milestone]:
        """Each with its number, told to its owner as an assignment."""
        many = [replace(MILESTONE, id=f"n{n}", number=100 + n, **changes) for n in range(count)]  # type: ignore[arg-type]

        def work(uow: UnitOfWork) -> None:
            for milestone in many:
                uow.milestones.add(milestone)
                arm.announce_assignment(uow, milestone, "somebody else", self.clock.now())

        await self.do(work)
        return many

    async def reach_on_telegram(self, person: Person) -> PersonRef:
        """From now on this person is written to on Telegram only."""
        there = account(person, "telegram")

        def work(uow: UnitOfWork) -> None:
            uow.people.save_identity(Identity(person.id, W, account(person), reachable=False))
            uow.people.add_identity(Identity(person.id, W, there), self.clock.now())

        await self.do(work)
        return there

    async def states(self) -> dict[str, int]:
        """How many rows the outbox has in each state, empty ones left out."""
        counts = await self.do(lambda uow: dict(uow.outbox.counts()))
        return {state: n for state, n in counts.items() if n}

    async def everyone(self, **changes: object) -> None:
        """Change every person."""

        def work(uow: UnitOfWork) -> None:
            for person in uow.people.all(W):
                uow.people.save(replace(person, **changes))  # type: ignore[arg-type]

        await self.do(work)


def numbered(owner: str) -> Milestone:
    """A milestone of each owner's own."""
    return replace(MILESTONE, id=f"of-{owner}", number=50 + len(owner) * 7 + ord(owner[0]))


def told(messages: list[Accepted]) -> list[tuple[datetime, str]]:
    return [(m.at, m.ref.conversation.id) for m in messages]


def furnish(uow: UnitOfWork, now: datetime, project: Project = APEX) -> None:
    uow.workspaces.add(Workspace(W, "Acme"))
    uow.workspaces.install("slack", "T1", W, now)
    for person in (ANA, BORIS, CHEN):
        uow.people.add(person)
        uow.people.add_identity(Identity(person.id, W, account(person)), now)
    uow.projects.add(project)
    uow.places.put(KnownPlace(W, HOME, "#apex", is_direct=False))


def new_engine(
    store: Store,
    clock: FakeClock,
    *adapters: FakeAdapter,
    name: str = "one",
    elapsed: Callable[[], float] | None = None,
) -> Engine:
    platforms = {adapter.name: adapter for adapter in adapters}
    ticking = elapsed or (lambda: clock.now().timestamp())
    return Engine(store, platforms, clock, Random(7), name, elapsed=ticking)
