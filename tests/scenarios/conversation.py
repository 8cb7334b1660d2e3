"""Stories as conversation: says, presses, submits, shows, is_told, nobody_is_told_anything_else, advance.

The real core on a real store; platforms in memory; time moves only when the story says so.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import TypeVar

from bot.app.parts import registry
from bot.cards import Card
from bot.dispatcher import Dispatcher
from bot.dispatcher.turn import Setting
from bot.domain.history import History
from bot.domain.milestone import Milestone
from bot.messages import (
    Incoming,
    Sender,
    Standing,
)
from bot.ports import Capabilities, UnitOfWork
from bot.refs import ConversationRef, MessageRef
from bot.reminders.engine import Engine
from storage.database import SqlStore, open_store
from tests.fakes.adapter import Accepted, FakeAdapter
from tests.fakes.clock import FakeClock
from tests.scenarios.answers import Answer
from tests.scenarios.cast import APEX_HOME, SLACK, TEAM, TELEGRAM, WEB, account, direct, furnish
from tests.scenarios.voice import Voice
from tests.scenarios.voice_rules import misshapen

T = TypeVar("T")
CAPABILITIES = {
    SLACK: Capabilities(forms=True, private_replies=True, can_find=True),
    TELEGRAM: Capabilities(forms=False, private_replies=False, can_find=False, deep_links=True),
    WEB: Capabilities(forms=True, private_replies=True, can_find=True, signs_in=True),
}


@dataclass
class Stage:
    """The core between two stores and two platforms."""

    store: SqlStore
    clock: FakeClock
    adapters: Mapping[str, FakeAdapter]
    dispatcher: Dispatcher
    engine: Engine
    answers: list[Answer] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=lambda: count(1))
    _heard: set[tuple[MessageRef, int]] = field(default_factory=set)
    _looked_at: int = 0

    def person(
        self,
        who: str,
        platform: str = SLACK,
        tenant: str = "T1",
        standing: Standing = Standing.MEMBER,
        name: str = "",
    ) -> Voice:
        ref = account(who, platform, tenant)
        return Voice(self, Sender(ref, name or who.title(), who, standing=standing))

    async def receive(self, incoming: Incoming) -> Answer:
        answer = Answer(await self.dispatcher.receive(incoming))
        self.answers.append(answer)
        await self.engine.run_until_quiet()
        self._keeps_its_shape(answer)
        return answer

    def _keeps_its_shape(self, answer: Answer) -> None:
        """Whatever story is told, no card of it breaks the rules of the voice."""
        told = [message.card for message in self._messages()[self._looked_at :]]
        self._looked_at += len(told)
        body = answer.reply.body if answer.reply else None
        faults = [fault for card in (*told, body) if isinstance(card, Card) for fault in misshapen(card)]
        assert not faults, "\n".join(faults)

    def key(self) -> str:
        return f"key-{next(self._numbers)}"

    async def do(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self.store.write(work)

    async def milestone(self, key: str = "APX-1", workspace: str = TEAM) -> Milestone:
        project, _, number = key.partition("-")
        found = await self.do(lambda uow: uow.milestones.by_key(workspace, project, int(number)))
        assert found is not None, f"no {key}"
        return found

    async def has(self, key: str) -> bool:
        project, _, number = key.partition("-")
        found = await self.do(lambda uow: uow.milestones.by_key(TEAM, project, int(number)))
        return found is not None and not found.withdrawn

    async def history(self, key: str = "APX-1") -> tuple[History, ...]:
        """Oldest first."""
        found = await self.milestone(key)
        return (await self.do(lambda uow: uow.histories.of(found.workspace_id, found.id, 1000)))[::-1]

    async def advance(self, by: timedelta) -> None:
        await self.at(self.clock.now() + by)

    async def at(self, instant: datetime) -> None:
        """Live through everything until then."""

        async def forward(to: datetime) -> None:
            self.clock.jump_to(to)

        await self.engine.travel(instant, forward)

    def shows(self, words: str, where: ConversationRef = APEX_HOME) -> Accepted:
        """The newest message in ``where`` that holds ``words``, as it is now."""
        here = [m for m in self._messages() if m.ref.conversation.root == where.root and words in m.text]
        assert here, f"nothing in {where.id} shows {words!r}: {[m.text for m in self._messages()]}"
        self._heard.add((here[-1].ref, here[-1].edits))
        return here[-1]

    def is_told(self, who: str, words: str, platform: str = SLACK) -> Accepted:
        """A message straight to this person that holds ``words``."""
        return self.shows(words, direct(account(who, platform)))

    def nobody_is_told_anything_else(self) -> None:
        """Every message, and every edit of one, was asked for by the story so far."""
        unheard = [m.text for m in self._messages() if (m.ref, m.edits) not in self._heard]
        assert unheard == []

    def hear_everything(self) -> None:
        """What was said so far is of no matter to the story."""
        self._heard = {(m.ref, m.edits) for m in self._messages()}

    def _messages(self) -> list[Accepted]:
        return [message for adapter in self.adapters.values() for message in adapter.sent]


@asynccontextmanager
async def a_stage(
    database_url: str, clock: FakeClock, dress: Callable[[UnitOfWork, datetime], None] = furnish
) -> AsyncIterator[Stage]:
    """``dress`` puts people and milestones on the stage."""
    store = open_store(database_url, clock)
    await store.write(lambda uow: dress(uow, clock.now()))
    adapters = {name: _adapter(clock, name) for name in CAPABILITIES}
    engine = Engine(store, adapters, clock, Random(7), "one", elapsed=lambda: clock.now().timestamp())
    setting = Setting(registry=registry(), capabilities=CAPABILITIES, new_code=_codes())
    references = count(1)
    dispatcher = Dispatcher(store, setting, clock, lambda: f"ref-{next(references)}")
    stage = Stage(store, clock, adapters, dispatcher, engine)
    await engine.run_until_quiet()
    stage.hear_everything()
    try:
        yield stage
    finally:
        await engine.stop()
        await store.close()


def _adapter(clock: FakeClock, name: str) -> FakeAdapter:
    adapter = FakeAdapter(clock, name)
    adapter.capabilities = CAPABILITIES[name]
    return adapter


def _codes() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"code-{next(numbers):0>15}"
