"""A doubt that cannot be settled holds up nobody else, and its own lane not for ever."""

from __future__ import annotations

import pytest

from bot.domain.notices import MANNERS, NoticeKind
from bot.errors import Delivery, DeliveryError
from tests.bot.reminders.world import World
from tests.fakes.adapter import answer_lost

LIFE = MANNERS[NoticeKind.ASSIGNED].life


async def test_a_row_that_breaks_the_asking_holds_up_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = await world.make_many(1)
    await world.post_card(many[0])
    world.slack.faults.extend([answer_lost(), answer_lost()])
    await world.engine.run_until_quiet()
    find, asked = world.slack.find, list[str]()

    async def breaking(to: object, oid: str, since: object) -> object:
        asked.append(oid)
        if oid == asked[0]:
            raise KeyError("messages")
        return await find(to, oid, since)  # type: ignore[arg-type]

    monkeypatch.setattr(world.slack, "find", breaking)
    await world.settle()
    assert await world.states() == {
        "uncertain": 1,
        "sent": 2,
    }  # the card, and its edit as nobody knew what it showed


async def test_a_platform_that_never_answers_ends_a_doubt_with_the_message_s_life(world: World) -> None:
    await world.make_many(1)
    world.slack.faults.append(answer_lost())
    world.slack.find_error = DeliveryError(Delivery.UNKNOWN, "too_many_messages")
    await world.engine.run_until_quiet()
    await world.settle()
    assert await world.states() == {"uncertain": 1}
    world.clock.jump_to(world.clock.now() + LIFE)
    await world.settle()
    assert await world.states() == {"unknown": 1}
