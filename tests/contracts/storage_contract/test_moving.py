"""A conversation gets a new address."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.people import Identity
from bot.ports import Anchor, Dialog, KnownPlace, UnitOfWork
from bot.refs import ConversationRef, MessageRef
from tests.contracts.storage_contract.cast import (
    ANA,
    ANA_IN_TELEGRAM,
    GROUP,
    OURS,
    PROJECT,
    START,
    THEIRS,
    Team,
    milestone,
)
from tests.contracts.storage_contract.test_buttons import action

SUPERGROUP = ConversationRef("telegram", "", "-100200")
SITE = KnownPlace(OURS, SUPERGROUP, "site", False)


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
