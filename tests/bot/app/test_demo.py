"""The demo: seeded once, acted in by anybody on it, its clock moved forward and kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.app.boards import next_morning
from bot.app.parts import Parts, build
from bot.config import Settings
from bot.domain.people import Role
from bot.errors import NotUnderstood
from bot.ports import Filter
from bot.refs import PersonRef
from tests.fakes.clock import FakeClock


def settings(database_url: str, **more: object) -> Settings:
    return Settings(_env_file=None, database_url=database_url, **more)


@pytest.fixture
async def demo(database_url: str, clock: FakeClock) -> AsyncIterator[Parts]:
    parts = await build(settings(database_url), clock, migrate=False)
    yield parts
    await parts.close()


async def test_an_empty_database_gets_a_workspace_to_try(demo: Parts) -> None:
    view = await demo.desk.view(None)
    assert view.demo
    assert {place.name for place in view.places} == {"Riverside", "Apex release", "Spring campaign"}
    assert len(view.people) == 5
    ana = await demo.desk.view(PersonRef("web", "demo", "ana"))
    assert ana.me
    assert (ana.me.name, ana.me.role) == ("Ana Costa", Role.ADMIN)


async def test_it_shows_every_light(demo: Parts) -> None:
    def lights(uow):  # type: ignore[no-untyped-def]
        from bot.domain.calendar import Calendar
        from bot.domain.health import health

        team = uow.workspaces.all()[0]
        page = uow.milestones.page(team.id, Filter(), 1, 50)
        return {health(m, demo.clock.now().date(), Calendar()).light for m in page.milestones}

    assert {str(light) for light in await demo.store.read(lights)} == {"green", "amber", "red"}


async def test_every_seeded_milestone_has_a_history_that_adds_up(demo: Parts) -> None:
    from bot.domain.history import facts, restored

    def check(uow) -> int:  # type: ignore[no-untyped-def]
        team = uow.workspaces.all()[0]
        page = uow.milestones.page(team.id, Filter(open_only=False), 1, 50)
        for milestone in page.milestones:
            lines = uow.histories.of(team.id, milestone.id)[::-1]
            assert lines
            replayed = milestone
            for line in lines:
                replayed = restored(replayed, line.after)
            assert facts(replayed) == facts(milestone)
            assert lines[-1].version == milestone.version
        return page.total

    assert await demo.store.read(check) == 12


async def test_starting_again_seeds_nothing_twice(database_url: str, clock: FakeClock) -> None:
    for _ in range(2):
        parts = await build(settings(database_url), clock, migrate=False)
        teams = await parts.store.read(lambda uow: uow.workspaces.all())
        await parts.close()
    assert len(teams) == 1


async def test_without_the_demo_there_is_a_team_without_people(database_url: str, clock: FakeClock) -> None:
    real = settings(database_url, host="0.0.0.0", workspace_name="Harbour", workspace_zone="Europe/Berlin")
    parts = await build(real, clock, migrate=False)
    [team] = await parts.store.read(lambda uow: uow.workspaces.all())
    view = await parts.desk.view(PersonRef("web", "", "ana"))
    with pytest.raises(NotUnderstood):
        await parts.desk.move_clock("day")
    await parts.close()
    assert (team.name, team.zone, team.demo) == ("Harbour", "Europe/Berlin", False)
    assert (view.people, view.places, view.me, view.demo) == ((), (), None, False)


async def test_the_clock_moves_forward_and_is_kept(demo: Parts, database_url: str, clock: FakeClock) -> None:
    before = demo.clock.now()
    assert await demo.desk.move_clock("hour") == before + timedelta(hours=1)
    assert await demo.desk.move_clock("day") == before + timedelta(hours=25)
    again = await build(settings(database_url), clock, migrate=False)
    assert again.clock.now() == demo.clock.now()
    await again.close()


async def test_a_step_nobody_knows_moves_nothing(demo: Parts) -> None:
    before = demo.clock.now()
    with pytest.raises(NotUnderstood):
        await demo.desk.move_clock("year")
    assert demo.clock.now() == before


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        (datetime(2026, 3, 2, 7, 0, tzinfo=UTC), datetime(2026, 3, 2, 8, 0, tzinfo=UTC)),
        (datetime(2026, 3, 2, 8, 0, tzinfo=UTC), datetime(2026, 3, 3, 8, 0, tzinfo=UTC)),
        (datetime(2026, 3, 6, 12, 0, tzinfo=UTC), datetime(2026, 3, 9, 8, 0, tzinfo=UTC)),
        (datetime(2026, 3, 27, 12, 0, tzinfo=UTC), datetime(2026, 3, 30, 7, 0, tzinfo=UTC)),
    ],
)
def test_the_next_working_morning_is_nine_where_they_are(now: datetime, morning: datetime) -> None:
    assert next_morning(now, "Europe/Berlin") == morning
