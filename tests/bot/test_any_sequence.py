"""Any sequence of verbs, buttons, answers, undos and days: the history tells the record, and every state
was reached by a legal move."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from bot.cards import Card
from bot.domain.history import Action, Facts, History, facts
from bot.domain.lifecycle import CAN_BE_BLOCKED, LEGAL, next_states
from bot.domain.milestone import Kind, Milestone, State
from bot.ports import UnitOfWork
from bot.refs import ConversationRef
from bot.views.moves import way
from tests.fakes.clock import START, FakeClock
from tests.fakes.databases import Databases, SqliteDatabases
from tests.scenarios.cast import ANA, APEX_HOME, PEOPLE, TEAM, add_milestone, furnish, milestone
from tests.scenarios.conversation import Stage, Voice, a_stage

T = TypeVar("T")
S = State
KEYS = ("APX-1", "APX-3")
WHO = ("ana", "ana", "chen", "chen", "boris", "dora", "eve", "vic")
LINES = (
    *("begin {key}", "submit {key} to @boris", "submit {key} to @chen", "submit {key}", "approve {key}"),
    *("send back {key} because the photos are missing", "send back {key}", "done {key}", "confirm {key}"),
    *("hold {key} until in 5 working days because of the client", "hold {key}", "resume {key}"),
    *("drop {key} because of the budget", "drop {key}", "reopen {key} because they want it", "reopen {key}"),
    *("rename {key} to Roof closed", "rename {key}", "block {key} waiting on legal", "unblock {key}"),
    *("move {key} to in 10 working days", "assign {key} to @boris", "assign {key} to @ana"),
    *("criteria add {key} photos taken", "show {key}", "late", "next", "status", "undo", "undo", "undo"),
)
FITTING = {
    "confirm": "confirm {key}",
    "begin": "begin {key}",
    "submit": "submit {key} to @boris",
    "approve": "approve {key}",
    "send-back": "send back {key} because the photos are missing",
    "done": "done {key}",
    "hold": "hold {key} until in 5 working days because of the client",
    "resume": "resume {key}",
    "drop": "drop {key} because of the budget",
    "reopen": "reopen {key} because they want it",
}
ANSWERS = (
    "yes",
    "tomorrow",
    "in 10 working days",
    "because of the client",
    "boris",
    "me",
    "never mind",
    "move",
)
SPANS = (timedelta(hours=1), timedelta(hours=1), timedelta(days=1), timedelta(days=8))
WALKS = {(S.PLANNED, S.IN_REVIEW), (S.PLANNED, S.ACHIEVED)}
"""Two legal moves in one commit: begun and handed in, begun and done."""
GOES_BACK = {Action.UNDONE, Action.RESTORED}


class AnySequence(RuleBasedStateMachine):
    """``known``: what was stored at each version, as it was when it was first seen."""

    databases: Databases

    def __init__(self) -> None:
        super().__init__()
        self._stack, self.loop = ExitStack(), asyncio.new_event_loop()
        url = self._stack.enter_context(self.databases.migrated())
        self._staged = a_stage(url, FakeClock(), furnish_with_an_event)
        self.stage: Stage = self.run(self._staged.__aenter__())
        self.voices = {who: self.stage.person(who) for who in set(WHO)}
        self.seen: list[tuple[Card, ConversationRef]] = []
        self.known: dict[tuple[str, int], dict[str, object]] = {}

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def teardown(self) -> None:
        self.run(self._staged.__aexit__(None, None, None))
        self.loop.close()
        self._stack.close()

    # --- what happens --------------------------------------------------------------------------

    @rule(
        who=st.sampled_from(WHO), line=st.sampled_from(LINES), key=st.sampled_from(KEYS), here=st.booleans()
    )
    def say(self, who: str, line: str, key: str, here: bool) -> None:
        voice, words = self.voices[who], line.format(key=key)
        self.run(voice.commands(words) if here else voice.says(words))
        self._hear(voice, APEX_HOME if here else voice.home)

    @rule(key=st.sampled_from(KEYS), number=st.integers(0, 5), who=st.sampled_from(["chen", "chen", "dora"]))
    def go_on(self, key: str, number: int, who: str) -> None:
        """A move the table allows, by somebody who may make it."""
        found, _ = self._stored(key)
        ways = [w for to in next_states(found) if (w := way(found.state, to))]
        ways.sort(key=lambda w: w.verb in ("drop", "hold"))  # the first ones are tried most
        if ways:
            voice = self.voices[who]
            self.run(voice.commands(FITTING[ways[number % len(ways)].verb].format(key=key)))
            self._hear(voice, APEX_HOME)
            self._confirm(voice)

    def _confirm(self, voice: Voice) -> None:
        """What is asked before it is done is there."""
        if voice.answer.text.startswith(("What proves", "“")):
            self.run(voice.presses_token(voice.answer.card.buttons[0].token, APEX_HOME))
            self._hear(voice, APEX_HOME)

    @rule(who=st.sampled_from(WHO), words=st.sampled_from(ANSWERS), here=st.booleans())
    def answer(self, who: str, words: str, here: bool) -> None:
        voice = self.voices[who]
        self.run(voice.commands(words) if here else voice.says(words))
        self._hear(voice, APEX_HOME if here else voice.home)

    @precondition(lambda self: self.seen)
    @rule(who=st.sampled_from(WHO), back=st.integers(0, 6), number=st.integers(0, 3))
    def press(self, who: str, back: int, number: int) -> None:
        """A button of something shown lately, old or new, one's own or somebody else's."""
        card, where = self.seen[-1 - back % len(self.seen)]
        if card.buttons:
            voice = self.voices[who]
            self.run(voice.presses_token(card.buttons[number % len(card.buttons)].token, where))
            self._hear(voice, where)

    @rule(span=st.sampled_from(SPANS))
    def wait(self, span: timedelta) -> None:
        self.run(self.stage.advance(span))
        self.seen += [(m.card, m.ref.conversation) for m in self.stage.adapters["slack"].sent[-3:]]

    def _hear(self, voice: Voice, where: ConversationRef) -> None:
        assert "Something went wrong" not in voice.answer.text, voice.answer.text
        reply = voice.answer.reply
        if reply and isinstance(reply.body, Card):
            self.seen.append((reply.body, where))

    # --- what holds ----------------------------------------------------------------------------

    @invariant()
    def history_tells_the_record(self) -> None:
        for key in KEYS:
            found, entries = self._stored(key)
            told = _replayed(entries)
            self.known[key, found.version] = facts(found)
            assert len(told) == found.version
            for version, record in enumerate(told, start=1):
                assert self.known.get((key, version), record) == record, (key, version)

    @invariant()
    def every_move_is_legal(self) -> None:
        for key in KEYS:
            _, entries = self._stored(key)
            _moves_are_legal(entries)
            _went_back_to_what_was(entries)

    @invariant()
    def the_record_makes_sense(self) -> None:
        for key in KEYS:
            found, _ = self._stored(key)
            _makes_sense(found)

    def _stored(self, key: str) -> tuple[Milestone, list[History]]:
        found = self.run(self.stage.milestone(key))
        entries = self.run(self.stage.history(key))
        return found, sorted(entries, key=lambda entry: entry.version)


def furnish_with_an_event(uow: UnitOfWork, now: datetime) -> None:
    furnish(uow, now)
    event = milestone(3, "Tender handed over", ANA, date(2026, 3, 10), now)
    add_milestone(uow, replace(event, kind=Kind.EVENT), now)


def _replayed(entries: list[History]) -> list[dict[str, object]]:
    """The record at each version, told by history alone; what a change replaced is what stood there."""
    assert entries[0].action is Action.CREATED
    assert [entry.version for entry in entries] == list(range(1, len(entries) + 1))
    told = [dict(entries[0].after)]
    for entry in entries[1:]:
        assert {name: told[-1][name] for name in entry.before} == entry.before, entry
        told.append({**told[-1], **entry.after})
    return told


def _moves_are_legal(entries: list[History]) -> None:
    states = [(entry, State(str(entry.after["state"]))) for entry in entries if "state" in entry.after]
    for (_, start), (entry, to) in pairwise(states):
        assert entry.action in GOES_BACK or to in LEGAL[start] or (start, to) in WALKS, entry


def _went_back_to_what_was(entries: list[History]) -> None:
    """An undo restores a state that was recorded before, never a new one."""
    so_far: set[object] = set()
    for entry in entries:
        if entry.action in GOES_BACK and "state" in entry.after:
            assert entry.after["state"] in so_far, entry
        so_far.add(entry.after.get("state"))


def _makes_sense(found: Milestone) -> None:
    owners = [person for person in PEOPLE if person.id == found.owner_id]
    assert len(owners) == 1
    assert owners[0].active
    assert (found.hold is not None) == (found.state is S.ON_HOLD)
    assert (found.actual_done is not None) == (found.state is S.ACHIEVED)
    assert found.blocked is None or found.state in CAN_BE_BLOCKED | {S.ON_HOLD}
    assert found.state is not S.IN_REVIEW or found.approver_id
    assert found.state is not S.MISSED or found.kind is Kind.EVENT
    if found.state in (S.IN_PROGRESS, S.IN_REVIEW, S.ACHIEVED):
        assert found.actual_start
    if found.state is S.ACHIEVED:
        assert found.criteria
        assert not found.missing
        assert found.actual_start
        assert found.actual_done
        assert found.actual_start <= found.actual_done


def test_any_sequence_keeps_the_history_and_the_states_true(databases: Databases) -> None:
    class Machine(AnySequence):
        pass

    Machine.databases = databases
    examples, steps = (25, 30) if isinstance(databases, SqliteDatabases) else (5, 20)
    patient = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    run_machine(
        Machine,
        settings=settings(max_examples=examples, stateful_step_count=steps, suppress_health_check=patient),
    )


def _entry(version: int, action: Action, before: Facts, after: Facts) -> History:
    return History(
        id=str(version),
        workspace_id=TEAM,
        milestone_id="m1",
        at=START,
        actor_id=ANA.id,
        action=action,
        before=before,
        after=after,
        version=version,
    )


MADE = milestone(1, "Prototype tested", ANA, START.date(), START)
BEGINNING = _entry(1, Action.CREATED, {"withdrawn": True}, facts(MADE))


@pytest.mark.parametrize(
    "broken",
    [
        _entry(2, Action.STARTED, {"state": "draft"}, {"state": "in_progress"}),
        _entry(3, Action.STARTED, {"state": "planned"}, {"state": "in_progress"}),
    ],
    ids=["what it replaced was not there", "a version is missing"],
)
def test_the_check_notices_a_history_that_tells_another_story(broken: History) -> None:
    with pytest.raises(AssertionError):
        _replayed([BEGINNING, broken])


def test_the_check_notices_a_move_that_no_rule_allows() -> None:
    with pytest.raises(AssertionError):
        _moves_are_legal([BEGINNING, _entry(2, Action.APPROVED, {"state": "planned"}, {"state": "draft"})])
