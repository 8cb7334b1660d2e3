"""A channel is not told the same twice in one morning, and who was asked is told with the right day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.reminders import arm
from tests.bot.reminders.stage import APEX, HOME, MILESTONE, utc
from tests.bot.reminders.world import World
from tests.fakes.adapter import Accepted


async def without_a_head(world: World) -> None:
    """The last step of the ladder goes to the channel."""
    project = replace(APEX, head_id="")
    await world.do(lambda uow: uow.projects.save(project))
    await world.do(lambda uow: arm.rearm_project(uow, project, world.clock.now()))


def in_the_channel(world: World) -> list[Accepted]:
    return [m for m in world.slack.sent if m.ref.conversation == HOME]


async def test_what_a_message_of_its_own_asks_about_is_not_repeated_by_the_digest(world: World) -> None:
    await without_a_head(world)
    await world.make()
    await world.make(replace(MILESTONE, id="m8", number=8, title="Permit issued", due=date(2026, 3, 20)))
    await world.at(utc(20))
    mornings = [m for m in in_the_channel(world) if m.at.day == 19]
    asked = [m for m in mornings if "Overdue" in m.first_line]
    digests = [m for m in mornings if "1 overdue" in m.first_line]
    assert len(asked) == 1
    assert len(digests) == 1
    assert "Prototype tested" in asked[0].text
    assert "Prototype tested" not in digests[0].text
    assert "Permit issued" in digests[0].text


async def test_with_nothing_else_to_say_the_digest_stays_out(world: World) -> None:
    await without_a_head(world)
    await world.make()
    await world.at(utc(20))
    assert [m.first_line for m in in_the_channel(world) if m.at.day == 19 and "Apex," in m.first_line] == []


async def test_on_other_mornings_the_digest_names_it(world: World) -> None:
    await without_a_head(world)
    await world.make()
    await world.at(utc(21))
    named = [m.at.day for m in in_the_channel(world) if "Apex," in m.first_line and "Prototype" in m.text]
    assert named == [6, 9, 10, 11, 12, 13, 16, 17, 18, 20]


async def test_a_repeat_names_the_day_a_person_was_asked_not_the_day_the_channel_was(world: World) -> None:
    await without_a_head(world)
    await world.make()
    await world.at(utc(25))
    repeats = [m for m in in_the_channel(world) if "asked" in m.text]
    assert len(repeats) >= 2
    assert all("Boris Kern: asked Tue 17 Mar" in m.text for m in repeats)
