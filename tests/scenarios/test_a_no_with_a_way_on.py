"""A subcontractor in Telegram may not move a date; the lead in Slack may, and both know what became of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.people import Identity
from bot.ports import KnownPlace, UnitOfWork
from tests.fakes.clock import FakeClock
from tests.scenarios.cast import EVE, TEAM, TELEGRAM, account, direct
from tests.scenarios.conversation import Stage, a_stage

HERE = account("eve-tg", TELEGRAM)


@pytest.fixture
async def stage(database_url: str, clock: FakeClock) -> AsyncIterator[Stage]:
    async with a_stage(database_url, clock) as made:
        yield made


async def eve_joins_in_telegram(stage: Stage) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.people.save(replace(EVE, preferred_platform=TELEGRAM))
        uow.people.add_identity(Identity(EVE.id, TEAM, HERE, "eve", direct(HERE)), stage.clock.now())
        uow.places.put(KnownPlace(TEAM, direct(HERE), EVE.name, is_direct=True))

    await stage.do(work)
    await stage.person("dora").commands("assign APX-1 to @eve")
    stage.hear_everything()


async def test_a_truck_breaks_down(stage: Stage) -> None:
    await eve_joins_in_telegram(stage)
    eve, chen = stage.person("eve-tg", TELEGRAM), stage.person("chen")

    no = await eve.says("move APX-1 to 20 March because the truck broke down")
    assert no.first_line == "Only Acme can move Prototype tested."
    assert no.labels == ("Propose", "Another date", "Leave it")
    await eve.presses("Propose")
    asked = stage.is_told("chen", "Eve Contractor proposes Fri 20 Mar")
    assert "“the truck broke down”" in asked.text

    await chen.presses("Ask why", asked)
    question = stage.is_told("eve-tg", "asks why", TELEGRAM)
    assert "Chen" not in question.text
    await eve.presses("Answer", question)
    await eve.says("the axle, a new one comes Wednesday")
    again = stage.is_told("chen", "the axle")

    await chen.presses("Other date", again)
    await chen.says("18 March")
    outcome = stage.is_told("eve-tg", "Acme decided otherwise about APX-1", TELEGRAM)
    assert "It is due Wed 18 Mar now" in outcome.text
    assert (await stage.milestone()).due == date(2026, 3, 18)
    stage.shows("APX-1")
    stage.nobody_is_told_anything_else()


async def test_what_is_not_hers_she_cannot_even_propose(stage: Stage) -> None:
    await eve_joins_in_telegram(stage)
    eve = stage.person("eve-tg", TELEGRAM)
    answer = await eve.says("propose APX-2 to 27 March")
    assert answer.first_line == "I don't know a milestone called “APX-2” here."
    stage.nobody_is_told_anything_else()


async def test_she_rests_and_is_woken_where_she_is(stage: Stage) -> None:
    await eve_joins_in_telegram(stage)
    eve = stage.person("eve-tg", TELEGRAM)
    await eve.says("snooze APX-1 until 11 March")
    await stage.at(stage.clock.now().replace(day=11, hour=9, minute=0))
    assert "You let it rest until today." in stage.is_told("eve-tg", "Will it hold?", TELEGRAM).text
