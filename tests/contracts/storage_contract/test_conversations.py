from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from functools import partial

from bot.domain.alerts import Alert, AlertState
from bot.domain.policy import NORMAL
from bot.ports import Anchor, Due, KnownPlace, Line, UnitOfWork
from bot.refs import ConversationRef, MessageRef
from storage.repositories.transcript import MOST_LINES, SWEPT_EVERY
from tests.contracts.storage_contract.cast import (
    ANA,
    CHANNEL,
    DAY,
    GROUP,
    OURS,
    SECOND,
    START,
    THEIRS,
    Team,
    milestone,
)

SUPERGROUP = ConversationRef("telegram", "", "-100200")
SITE = KnownPlace(OURS, SUPERGROUP, "site", False)
HERE = "web//lobby/"


class TestAnchors:
    async def test_a_message_points_at_the_milestone_it_shows(self, team: Team) -> None:
        shown = milestone()
        await team.has(shown)
        anchor = Anchor(OURS, shown.id, MessageRef(CHANNEL.in_thread("9"), "1.5"))
        await team.do(lambda unit: unit.anchors.put(anchor))
        assert await team.see(lambda unit: unit.anchors.at(OURS, anchor.message)) == anchor
        assert await team.see(lambda unit: unit.anchors.at(OURS, MessageRef(CHANNEL, "1.5"))) == anchor
        assert await team.see(lambda unit: unit.anchors.of(OURS, shown.id)) == (anchor,)
        assert await team.see(lambda unit: unit.anchors.at(OURS, MessageRef(GROUP, "1.5"))) is None

    async def test_a_message_shows_nothing_to_the_neighbours(self, team: Team) -> None:
        shown = milestone()
        await team.has(shown)
        message = MessageRef(CHANNEL, "1.5")
        await team.do(lambda unit: unit.anchors.put(Anchor(OURS, shown.id, message)))
        assert await team.see(lambda unit: unit.anchors.at(THEIRS, message)) is None

    async def test_a_message_shows_what_it_was_last_made_to_show(self, team: Team) -> None:
        one, other = milestone(), milestone()
        await team.has(one, other)
        message = MessageRef(CHANNEL, "1")
        for shown in (one, other):
            await team.do(lambda unit, shown=shown: unit.anchors.put(Anchor(OURS, shown.id, message)))
        assert await team.see(lambda unit: unit.anchors.of(OURS, one.id)) == ()
        await team.do(lambda unit: unit.anchors.remove(message))
        assert await team.see(lambda unit: unit.anchors.of(OURS, other.id)) == ()


class TestDue:
    async def test_what_is_due_comes_oldest_first_and_bounded(self, team: Team) -> None:
        entries = [Due(START + n * SECOND, OURS, f"m:{n}") for n in (3, 1, 2)]
        await team.do(lambda unit: [unit.due.put(entry) for entry in entries])
        first = await team.do(lambda unit: unit.due.take(START + 2 * SECOND, 9))
        assert [entry.subject for entry in first] == ["m:1", "m:2"]
        assert len(await team.do(lambda unit: unit.due.take(START + DAY, 1))) == 1
        assert await team.do(lambda unit: unit.due.take(START, 9)) == ()

    async def test_a_subject_has_one_entry(self, team: Team) -> None:
        await team.do(lambda unit: unit.due.put(Due(START, OURS, "m:1")))
        await team.do(lambda unit: unit.due.put(Due(START + DAY, OURS, "m:1")))
        assert await team.do(lambda unit: unit.due.take(START, 9)) == ()
        await team.do(lambda unit: unit.due.remove(THEIRS, "m:1"))
        assert len(await team.do(lambda unit: unit.due.take(START + 2 * DAY, 9))) == 1
        await team.do(lambda unit: unit.due.remove(OURS, "m:1"))
        assert await team.do(lambda unit: unit.due.take(START + 2 * DAY, 9)) == ()


class TestAlerts:
    async def test_the_newest_open_alert_is_found_as_written(self, team: Team) -> None:
        late = milestone()
        await team.has(late)
        old, new = (
            Alert(
                id=ident,
                workspace_id=OURS,
                milestone_id=late.id,
                due=due,
                steps=NORMAL.overdue,
                repeat=3,
                repeat_every=2,
                state=AlertState.SNOOZED,
                planned_level=2,
                sent_level=1,
                sent_at=START,
                round=1,
                told=(ANA, "bo"),
            )
            for ident, due in (("a1", date(2026, 3, 1)), ("a2", date(2026, 3, 2)))
        )
        await team.do(lambda unit: [unit.alerts.put(alert) for alert in (old, new)])
        assert await team.see(lambda unit: unit.alerts.open_for(OURS, late.id)) == new
        await team.do(lambda unit: unit.alerts.put(replace(new, state=AlertState.RESOLVED)))
        assert await team.see(lambda unit: unit.alerts.open_for(OURS, late.id)) == old
        await team.do(lambda unit: unit.alerts.put(replace(old, state=AlertState.RESOLVED)))
        assert await team.see(lambda unit: unit.alerts.open_for(OURS, late.id)) is None


class TestTranscript:
    async def _says(self, team: Team, *words: str, where: str = HERE) -> list[Line]:
        lines = [Line("", where, "ana", {"text": word}, START, oid=f"o-{word}") for word in words]
        return await team.do(lambda unit: [unit.transcript.add(line) for line in lines])

    async def test_lines_are_numbered_and_read_back(self, team: Team) -> None:
        one, two = await self._says(team, "one", "two")
        assert one.seq < two.seq
        assert await team.see(lambda unit: unit.transcript.latest(HERE, 9)) == (one, two)
        assert await team.see(lambda unit: unit.transcript.latest(HERE, 1)) == (two,)
        assert await team.see(lambda unit: unit.transcript.since(HERE, one.seq, 9)) == (two,)
        assert await team.see(lambda unit: unit.transcript.latest("web//other/", 9)) == ()

    async def test_an_edit_is_news_but_keeps_its_place(self, team: Team) -> None:
        one, two = await self._says(team, "one", "two")
        edited = await team.do(lambda unit: unit.transcript.edit(HERE, one.id, {"text": "uno"}))
        assert edited is not None
        assert edited.payload == {"text": "uno"}
        assert await team.see(lambda unit: unit.transcript.since(HERE, two.seq, 9)) == (edited,)
        assert await team.see(lambda unit: unit.transcript.latest(HERE, 9)) == (edited, two)

    async def test_editing_what_is_not_there_is_nothing(self, team: Team) -> None:
        assert await team.do(lambda unit: unit.transcript.edit(HERE, "x", {})) is None

    async def test_a_line_is_edited_in_its_own_conversation_only(self, team: Team) -> None:
        (one,) = await self._says(team, "one")
        assert await team.do(lambda unit: unit.transcript.edit("web//other/", one.id, {})) is None
        assert await team.see(lambda unit: unit.transcript.latest(HERE, 9)) == (one,)

    async def test_only_the_newest_lines_are_kept(self, team: Team) -> None:
        def much(unit: UnitOfWork) -> None:
            for number in range(MOST_LINES + SWEPT_EVERY):
                unit.transcript.add(Line("", HERE, "ana", {"n": number}, START))

        (other,) = await self._says(team, "one", where="web//other/")
        await team.do(much)
        kept = await team.see(lambda unit: unit.transcript.latest(HERE, 2 * MOST_LINES))
        assert len(kept) <= MOST_LINES + SWEPT_EVERY
        assert len(kept) >= MOST_LINES
        assert kept[-1].payload == {"n": MOST_LINES + SWEPT_EVERY - 1}
        assert await team.see(lambda unit: unit.transcript.latest("web//other/", 9)) == (other,)

    async def test_a_line_is_found_by_its_outbox_row(self, team: Team) -> None:
        (one,) = await self._says(team, "one")
        assert await team.see(lambda unit: unit.transcript.by_oid(HERE, "o-one")) == one
        assert await team.see(lambda unit: unit.transcript.by_oid("web//other/", "o-one")) is None
        assert await team.see(lambda unit: unit.transcript.by_oid(HERE, "")) is None

    async def test_numbers_are_not_shared_even_at_once(self, team: Team) -> None:
        said = await asyncio.gather(*(self._says(team, str(n)) for n in range(6)))
        assert len({line.seq for (line,) in said}) == 6


async def test_the_demo_clock_only_moves_forward(team: Team) -> None:
    assert await team.see(lambda unit: unit.demo_time.ahead()) == 0
    for seconds in (60.5, 30.0):
        await team.do(partial(_set_ahead, seconds=seconds))
    assert await team.see(lambda unit: unit.demo_time.ahead()) == 60.5


def _set_ahead(unit: UnitOfWork, seconds: float) -> None:
    unit.demo_time.set_ahead(seconds)


async def test_a_place_is_replaced_and_threads_belong_to_it(team: Team) -> None:
    assert await team.see(lambda unit: unit.places.get(GROUP)) is None
    for name in ("site", "building site"):
        await team.do(lambda unit, name=name: unit.places.put(KnownPlace(OURS, GROUP, name, False, "kicked")))
    found = await team.see(lambda unit: unit.places.get(GROUP.in_thread("4")))
    assert found == KnownPlace(OURS, GROUP, "building site", False, "kicked")


async def test_the_same_tenant_id_on_another_platform_is_another_tenant(team: Team) -> None:
    assert (await team.see(lambda unit: unit.workspaces.of_tenant("slack", "T1"))) is not None
    assert await team.see(lambda unit: unit.workspaces.of_tenant("teams", "T1")) is None
    assert [w.id for w in await team.see(lambda unit: unit.workspaces.all())] == [OURS, THEIRS]


async def test_ids_are_new_and_in_order(team: Team) -> None:
    made = await team.do(lambda unit: [unit.new_id() for _ in range(100)])
    assert made == sorted(set(made))
    assert await team.do(lambda unit: unit.new_id()) > made[-1]
