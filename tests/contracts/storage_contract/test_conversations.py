from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from bot.domain.alerts import Alert, AlertState
from bot.domain.people import Identity
from bot.domain.policy import NORMAL
from bot.ports import Anchor, Dialog, Due, Invitation, KnownPlace, Line, StoredAction, UnitOfWork
from bot.refs import ConversationRef, MessageRef
from tests.contracts.storage_contract.cast import (
    ANA,
    ANA_IN_TELEGRAM,
    CHANNEL,
    DAY,
    GROUP,
    OURS,
    PROJECT,
    SECOND,
    START,
    THEIRS,
    Team,
    milestone,
)
from tests.fakes.clock import FakeClock

SUPERGROUP = ConversationRef("telegram", "", "-100200")
SITE = KnownPlace(OURS, SUPERGROUP, "site", False)
HERE = "web//lobby/"


class TestArrivals:
    async def test_the_same_thing_arrives_once(self, team: Team) -> None:
        assert await team.do(lambda unit: unit.inbox.add("slack", "E1", START))
        assert not await team.do(lambda unit: unit.inbox.add("slack", "E1", START + SECOND))
        assert await team.do(lambda unit: unit.inbox.add("telegram", "E1", START))

    async def test_it_arrives_once_even_twice_at_once(self, team: Team) -> None:
        twice = (team.do(lambda unit: unit.inbox.add("slack", "E1", START)) for _ in range(4))
        assert sorted(await asyncio.gather(*twice)) == [False, False, False, True]

    async def test_what_failed_may_arrive_again(self, team: Team) -> None:
        def fail(unit: UnitOfWork) -> None:
            unit.inbox.add("slack", "E1", START)
            raise LookupError("the work failed")

        with pytest.raises(LookupError):
            await team.do(fail)
        assert await team.do(lambda unit: unit.inbox.add("slack", "E1", START))

    async def test_old_keys_are_forgotten(self, team: Team) -> None:
        await team.do(lambda unit: unit.inbox.add("slack", "old", START))
        await team.do(lambda unit: unit.inbox.add("slack", "new", START + DAY))
        assert await team.do(lambda unit: unit.inbox.forget_before(START + DAY)) == 1
        assert not await team.do(lambda unit: unit.inbox.add("slack", "new", START))


def action(**changes: object) -> StoredAction:
    values: dict[str, object] = {
        "workspace_id": OURS,
        "verb": "move",
        "asked": {"due": "2026-04-01", "why": "“☂”"},
        "conversation": str(CHANNEL),
        "milestone_id": "m1",
        "version": 3,
    }
    return StoredAction(**{**values, **changes})  # type: ignore[arg-type]


class TestButtons:
    async def test_a_button_shown_by_a_read_can_be_pressed(self, team: Team) -> None:
        token = await team.see(lambda unit: unit.actions.offer(action(), START))
        assert await team.see(lambda unit: unit.actions.get(token)) == action()

    async def test_a_button_of_a_change_that_failed_was_never_stored(self, team: Team) -> None:
        tokens: list[str] = []

        def fail(unit: UnitOfWork) -> None:
            tokens.append(unit.actions.offer(action(), START))
            raise LookupError("the work failed")

        with pytest.raises(LookupError):
            await team.do(fail)
        assert await team.see(lambda unit: unit.actions.get(tokens[0])) is None
        assert await team.do(lambda unit: unit.actions.offer(action(), START)) == tokens[0]
        assert await team.see(lambda unit: unit.actions.get(tokens[0])) == action()

    async def test_the_same_button_has_the_same_token_and_any_other_another(self, team: Team) -> None:
        def offer(**changes: object) -> asyncio.Future[str]:
            return asyncio.ensure_future(team.do(lambda unit: unit.actions.offer(action(**changes), START)))

        token = await offer()
        assert len(token) == 22
        assert token == await offer(asked={"why": "“☂”", "due": "2026-04-01"})
        others = [
            await offer(workspace_id=THEIRS),
            await offer(verb="done"),
            await offer(asked={}),
            await offer(conversation=str(GROUP)),
            await offer(milestone_id="m2"),
            await offer(version=4),
        ]
        assert len({token, *others}) == 7

    async def test_a_guess_finds_nothing(self, team: Team) -> None:
        assert await team.see(lambda unit: unit.actions.get("A" * 22)) is None

    async def test_a_button_lives_ninety_days_after_it_was_last_shown(
        self, team: Team, clock: FakeClock
    ) -> None:
        token = await team.see(lambda unit: unit.actions.offer(action(), START))
        clock.jump_to(START + 60 * DAY)
        await team.see(lambda unit: unit.actions.offer(action(), clock.now()))
        clock.jump_to(START + 149 * DAY)
        assert await team.see(lambda unit: unit.actions.get(token)) == action()
        clock.jump_to(START + 151 * DAY)
        assert await team.see(lambda unit: unit.actions.get(token)) is None
        assert await team.do(lambda unit: unit.actions.forget_expired()) == 1


CODE = Invitation(code_hash="h", workspace_id=OURS, created_by=ANA, expires_at=START, for_chat=True)


class TestInvitations:
    async def test_a_code_works_once(self, team: Team) -> None:
        code = Invitation(
            code_hash="h", workspace_id=OURS, created_by=ANA, expires_at=START + DAY, project_id=PROJECT
        )
        await team.do(lambda unit: unit.invitations.add(code))
        at_once = (team.do(lambda unit: unit.invitations.use("h", START)) for _ in range(3))
        used = [found for found in await asyncio.gather(*at_once) if found]
        assert used == [replace(code, used_at=START)]

    async def test_an_expired_or_unknown_code_does_not(self, team: Team) -> None:
        await team.do(lambda unit: unit.invitations.add(replace(CODE, expires_at=START)))
        assert await team.do(lambda unit: unit.invitations.use("h", START)) is None
        assert await team.do(lambda unit: unit.invitations.use("x", START)) is None


class TestAnchors:
    async def test_a_message_points_at_the_milestone_it_shows(self, team: Team) -> None:
        shown = milestone()
        await team.has(shown)
        anchor = Anchor(OURS, shown.id, MessageRef(CHANNEL.in_thread("9"), "1.5"))
        await team.do(lambda unit: unit.anchors.put(anchor))
        assert await team.see(lambda unit: unit.anchors.at(anchor.message)) == anchor
        assert await team.see(lambda unit: unit.anchors.at(MessageRef(CHANNEL, "1.5"))) == anchor
        assert await team.see(lambda unit: unit.anchors.of(OURS, shown.id)) == (anchor,)
        assert await team.see(lambda unit: unit.anchors.at(MessageRef(GROUP, "1.5"))) is None

    async def test_a_message_shows_what_it_was_last_made_to_show(self, team: Team) -> None:
        one, other = milestone(), milestone()
        await team.has(one, other)
        message = MessageRef(CHANNEL, "1")
        for shown in (one, other):
            await team.do(lambda unit, shown=shown: unit.anchors.put(Anchor(OURS, shown.id, message)))
        assert await team.see(lambda unit: unit.anchors.of(OURS, one.id)) == ()
        await team.do(lambda unit: unit.anchors.remove(message))
        assert await team.see(lambda unit: unit.anchors.of(OURS, other.id)) == ()


class TestAMovedConversation:
    async def test_every_row_follows(self, team: Team) -> None:
        shown = milestone()
        await team.has(shown)
        topic = GROUP.in_thread("7")
        project = await team.see(lambda unit: unit.projects.get(OURS, PROJECT))
        assert project is not None

        def settle(unit: UnitOfWork) -> None:
            unit.places.put(KnownPlace(OURS, GROUP, "site", False))
            unit.projects.save(replace(project, home=topic))
            unit.people.add_identity(Identity(ANA, OURS, ANA_IN_TELEGRAM, direct=GROUP), START)
            unit.anchors.put(Anchor(OURS, shown.id, MessageRef(topic, "5")))
            unit.dialogs.put(_question(str(topic)))

        await team.do(settle)
        token = await team.see(lambda unit: unit.actions.offer(action(conversation=str(GROUP)), START))
        await team.plans("1", "2", to=topic)
        row = await team.sends()
        await team.do(lambda unit: unit.places.move(GROUP, SUPERGROUP))

        new = SUPERGROUP.in_thread("7")
        assert await team.see(lambda unit: unit.places.get(GROUP)) is None
        assert await team.see(lambda unit: unit.places.get(new)) == KnownPlace(
            OURS, SUPERGROUP, "site", False
        )
        assert (await team.see(lambda unit: unit.projects.by_home(OURS, new))) == replace(project, home=new)
        (identity,) = [i for i in await team.see(lambda unit: unit.people.identities(OURS, ANA)) if i.direct]
        assert identity.direct == SUPERGROUP
        assert [a.message for a in await team.see(lambda unit: unit.anchors.of(OURS, shown.id))] == [
            MessageRef(new, "5")
        ]
        assert await team.do(lambda unit: unit.dialogs.take(OURS, ANA, str(new))) == _question(str(new))
        assert await team.see(lambda unit: unit.actions.get(token)) == action(conversation=str(SUPERGROUP))
        assert (await team.row(row.id)).to == str(new)

        assert await team.claims() == (), "the new lane is occupied by the row that is on its way"
        await team.moves(lambda outbox: outbox.retry(row, START, "moved", is_try=False))
        (again,) = await team.claims()
        assert (again.id, again.to, again.lane) == (row.id, str(new), "telegram::-100200")

    async def test_a_new_address_that_was_seen_before_takes_over_what_was_set_up(self, team: Team) -> None:
        await team.do(lambda unit: unit.places.put(KnownPlace(OURS, GROUP, "site", False)))
        await team.do(lambda unit: unit.places.put(KnownPlace(THEIRS, SUPERGROUP, "?", False)))
        await team.do(lambda unit: unit.places.move(GROUP, SUPERGROUP))
        assert await team.see(lambda unit: unit.places.get(SUPERGROUP)) == KnownPlace(
            OURS, SUPERGROUP, "site", False
        )

    async def test_moving_an_unknown_one_leaves_the_new_one_alone(self, team: Team) -> None:
        await team.do(lambda unit: unit.places.put(SITE))
        await team.do(lambda unit: unit.places.move(GROUP, SUPERGROUP))
        assert await team.see(lambda unit: unit.places.get(SUPERGROUP)) == SITE

    async def test_rows_that_wait_in_the_new_lane_and_rows_on_their_way_in_the_old_get_along(
        self, team: Team
    ) -> None:
        await team.plans("old", to=GROUP)
        await team.plans("new", to=SUPERGROUP)
        both = await team.claims()
        assert len(both) == 2
        await team.do(lambda unit: unit.places.move(GROUP, SUPERGROUP))
        for row in both:
            assert await team.moves(lambda outbox, row=row: outbox.intend(row, START))
            assert await team.moves(lambda outbox, row=row: outbox.sent(row, "m", START))
        assert await team.counts() == {"sent": 2}

    async def test_no_other_conversation_moves(self, team: Team) -> None:
        alike = ConversationRef("telegram", "", "-1001")
        await team.do(lambda unit: unit.places.put(KnownPlace(OURS, alike, "alike", False)))
        await team.do(lambda unit: unit.dialogs.put(_question(str(alike))))
        await team.do(lambda unit: unit.places.move(GROUP, SUPERGROUP))
        assert await team.see(lambda unit: unit.places.get(alike)) is not None
        assert await team.do(lambda unit: unit.dialogs.take(OURS, ANA, str(alike))) is not None


def _question(conversation: str) -> Dialog:
    return Dialog(
        workspace_id=OURS,
        person_id=ANA,
        conversation=conversation,
        verb="new",
        asked={},
        field="due",
        asked_at=START,
    )


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
        await team.do(lambda unit: unit.due.remove("m:1"))
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
        edited = await team.do(lambda unit: unit.transcript.edit(one.id, {"text": "uno"}))
        assert edited is not None
        assert edited.payload == {"text": "uno"}
        assert await team.see(lambda unit: unit.transcript.since(HERE, two.seq, 9)) == (edited,)
        assert await team.see(lambda unit: unit.transcript.latest(HERE, 9)) == (edited, two)

    async def test_editing_what_is_not_there_is_nothing(self, team: Team) -> None:
        assert await team.do(lambda unit: unit.transcript.edit("x", {})) is None

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
