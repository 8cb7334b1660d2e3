"""Any order of plans, claims, answers, lost answers, crashes and clock moves, against the model."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine
from sqlalchemy import create_engine, select

from bot.domain.notices import NoticeKind
from bot.domain.outbox import OutboxRow, OutboxState
from bot.ports import Outbox, UnitOfWork
from bot.refs import ConversationRef
from storage.database import open_store
from storage.tables import outbox as outbox_table
from tests.contracts.storage_contract.cast import OURS, START, notice, populate
from tests.contracts.storage_contract.outbox_model import Model, Row
from tests.fakes.clock import FakeClock
from tests.fakes.databases import Databases

T = TypeVar("T")
S = OutboxState
PLACES = [
    ConversationRef("slack", "T1", "C1"),
    ConversationRef("slack", "T1", "C2"),
    ConversationRef("telegram", "", "7"),
]
TENANTS = {"slack": "T1", "telegram": ""}
KINDS = [NoticeKind.CARD, NoticeKind.OVERDUE, NoticeKind.DIGEST]
EXAMPLES = {"sqlite": 150, "postgresql": 20}
ROWS = select(
    outbox_table.c.key, outbox_table.c.state, outbox_table.c.epoch, outbox_table.c.sends, outbox_table.c.lane
)

spans = st.sampled_from([1, 30, 61, 3600, 90_000]).map(lambda number: timedelta(seconds=number))
platforms = st.sampled_from(sorted(TENANTS))
plans = st.tuples(
    st.integers(1, 12), st.sampled_from(PLACES), st.sampled_from(KINDS), st.sampled_from([0, 0, 45])
)


def lane_of(place: ConversationRef) -> str:
    return f"{place.platform}:{place.workspace}:{place.id}"


class OutboxMachine(RuleBasedStateMachine):
    """``handles`` are rows that some worker holds, or believes to hold: it may have crashed long ago."""

    databases: Databases

    handles = Bundle("handles")

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        self.loop = asyncio.new_event_loop()
        self.clock = FakeClock()
        self.model = Model()
        url = self._stack.enter_context(self.databases.migrated())
        self.store = open_store(url, self.clock)
        self.engine = create_engine(url)
        self.do(populate)
        self.do(lambda unit: unit.workspaces.install("telegram", "", OURS, START))

    def do(self, work: Callable[[UnitOfWork], T]) -> T:
        return self.loop.run_until_complete(self.store.write(work))

    def moves(self, change: Callable[[Outbox], T]) -> T:
        return self.do(lambda unit: change(unit.outbox))

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def teardown(self) -> None:
        self.engine.dispose()
        self.loop.run_until_complete(self.store.close())
        self.loop.close()
        self._stack.close()

    # --- what happens --------------------------------------------------------------------------

    @rule(several=st.lists(plans, min_size=1, max_size=4))
    def plan(self, several: list[tuple[int, ConversationRef, NoticeKind, int]]) -> None:
        for number, place, kind, later in several:
            planned_for = self.now + timedelta(seconds=later)
            planned = notice(str(number), kind=kind, conversation=str(place), planned_for=planned_for)
            row = Row(
                planned.key,
                lane_of(place),
                place.platform,
                planned.manner.priority,
                planned.planned_for,
                planned.expires_at,
            )
            added = self.moves(lambda outbox: outbox.add(planned, str(place), place.platform, row.lane))  # noqa: B023
            assert added == self.model.plan(row)

    @rule(target=handles, intends=st.booleans())
    def claim(self, intends: bool) -> object:
        wanted = self.model.ready(self.now)
        rows = self.moves(lambda outbox: outbox.claim("worker", self.now, 100))
        assert {row.key for row in rows} == wanted
        for row in rows:
            self.model.claim(row.key, self.now)
            assert row.epoch == self.model.rows[row.key].epoch
            if intends:
                self.intend(row)
        return multiple(*rows)

    @rule(row=handles)
    def intend_late(self, row: OutboxRow) -> None:
        self.intend(row)

    def intend(self, row: OutboxRow) -> None:
        mine = self._mine(row, S.LEASED)
        assert self.moves(lambda outbox: outbox.intend(row, self.now)) == mine
        if mine:
            model = self.model.rows[row.key]
            model.become(S.SENDING)
            model.sends += 1
            model.send_started_at = self.now

    @rule(row=handles)
    def answer(self, row: OutboxRow) -> None:
        mine = self._mine(row, S.SENDING)
        assert self.moves(lambda outbox: outbox.sent(row, "m", self.now)) == mine
        self._become(row, S.SENT, mine)

    @rule(row=handles, wait=st.sampled_from([0, 30]))
    def refuse_for_now(self, row: OutboxRow, wait: int) -> None:
        mine = self._mine(row, S.LEASED, S.SENDING)
        later = self.now + timedelta(seconds=wait)
        assert self.moves(lambda outbox: outbox.retry(row, later, "busy", is_try=True)) == mine
        if mine:
            model = self.model.rows[row.key]
            model.sends -= model.state is S.SENDING
            model.not_before = later
        self._become(row, S.PENDING, mine)

    @rule(row=handles)
    def lose_the_answer(self, row: OutboxRow) -> None:
        mine = self._mine(row, S.SENDING)
        assert self.moves(lambda outbox: outbox.doubt(row, "timeout")) == mine
        self._become(row, S.UNCERTAIN, mine)

    @rule(row=handles, closed=st.booleans())
    def refuse(self, row: OutboxRow, closed: bool) -> None:
        """The destination is closed, or the message can never be accepted."""
        mine = self._mine(row, S.LEASED, S.SENDING)
        if closed:
            assert self.moves(lambda outbox: outbox.park(row, "is_archived")) == mine
            self.model.rows[row.key].sends -= mine and self.model.rows[row.key].state is S.SENDING
        else:
            assert self.moves(lambda outbox: outbox.bury(row, "no_text")) == mine
        self._become(row, S.BLOCKED if closed else S.DEAD, mine)

    @rule(row=handles, expired=st.booleans())
    def drop(self, row: OutboxRow, expired: bool) -> None:
        mine = self._mine(row, S.LEASED)
        assert self.moves(lambda outbox: outbox.drop(row, expired=expired)) == mine
        self._become(row, S.EXPIRED if expired else S.CANCELLED, mine)

    @rule()
    def stop_orderly(self) -> None:
        leased = [row for row in self.model.rows.values() if row.state is S.LEASED]
        assert self.moves(lambda outbox: outbox.release("worker")) == len(leased)
        for row in leased:
            row.become(S.PENDING)

    @rule(target=handles, outcomes=st.lists(st.sampled_from(["found", "again", "hold", "die"]), max_size=3))
    def reconcile(self, outcomes: list[str]) -> object:
        wanted = self.model.in_doubt(self.now)
        rows = self.moves(lambda outbox: outbox.uncertain(self.now, 100))
        assert {row.key for row in rows} == wanted
        for row in rows:
            self.model.rows[row.key].epoch += 1
            self.model.rows[row.key].lease_until = self.now + timedelta(seconds=60)
        for row, outcome in zip(rows, outcomes, strict=False):
            self.resolve(row, outcome)
        return multiple(*rows)

    @rule(row=handles, outcome=st.sampled_from(["found", "again", "hold"]))
    def resolve_late(self, row: OutboxRow, outcome: str) -> None:
        self.resolve(row, outcome)

    def resolve(self, row: OutboxRow, outcome: str) -> None:
        mine = self._mine(row, S.UNCERTAIN)
        if outcome == "found":
            assert self.moves(lambda outbox: outbox.found(row, "m", self.now)) == mine
            self._become(row, S.SENT, mine)
        elif outcome == "hold":
            assert self.moves(lambda outbox: outbox.hold(row)) == mine
            self._become(row, S.UNKNOWN, mine)
        elif outcome == "again":
            assert self.moves(lambda outbox: outbox.resend(row, self.now)) == mine
            self.model.rows[row.key].resends += mine
            self._become(row, S.PENDING, mine)
            if mine:
                self.model.rows[row.key].not_before = self.now

    @rule(by=spans, back=st.booleans())
    def move_the_clock(self, by: timedelta, back: bool) -> None:
        self.clock.jump_to(self.now - timedelta(seconds=61) if back else self.now + by)

    @rule(by=spans)
    def reap(self, by: timedelta) -> None:
        self.clock.jump_to(self.now + by)
        assert self.moves(lambda outbox: outbox.reap(self.now)) == self.model.reap(self.now)

    @rule()
    def expire(self) -> None:
        assert self.moves(lambda outbox: outbox.expire(self.now, 1000)) == self.model.expire(self.now)

    @rule(name=st.sampled_from([*map(lane_of, PLACES), *TENANTS]), by=spans)
    def pause(self, name: str, by: timedelta) -> None:
        until = self.now + by
        self.moves(lambda outbox: outbox.pause(name, until))
        self.model.pauses[name] = max(until, self.model.pauses.get(name, until))

    @rule(platform=platforms)
    def revoke(self, platform: str) -> None:
        self.do(lambda unit: unit.workspaces.suspend(platform, TENANTS[platform], "token_revoked"))
        self.model.suspend(platform)

    @rule(platform=platforms)
    def reinstall(self, platform: str) -> None:
        self.do(lambda unit: unit.workspaces.resume(platform, TENANTS[platform]))
        self.model.resume(platform)

    # --- what always holds ---------------------------------------------------------------------

    @invariant()
    def both_agree(self) -> None:
        self.model.check()
        with self.engine.connect() as connection:
            stored = {key: tuple(rest) for key, *rest in connection.execute(ROWS)}
        assert stored == {
            row.key: (row.state.value, row.epoch, row.sends, row.lane) for row in self.model.rows.values()
        }

    def _mine(self, row: OutboxRow, *states: OutboxState) -> bool:
        model = self.model.rows[row.key]
        return model.epoch == row.epoch and model.state in states

    def _become(self, row: OutboxRow, state: OutboxState, mine: bool) -> None:
        if mine:
            self.model.rows[row.key].become(state)


def test_both_stores_do_what_the_model_does(databases: Databases, shared_url: str) -> None:
    machine = type("Machine", (OutboxMachine,), {"databases": databases})
    run_machine(
        machine,
        settings=settings(
            max_examples=EXAMPLES[shared_url.partition("+")[0].partition(":")[0]],
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
