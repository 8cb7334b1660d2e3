"""Reminders that rest for one person, and for nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.people import Person
from bot.domain.snooze import Snooze
from bot.ports import UnitOfWork
from tests.scenarios.cast import ANA, TEAM
from tests.scenarios.conversation import Stage


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


async def rests(stage: Stage, person: Person = ANA) -> tuple[Snooze, ...]:
    return await stage.do(lambda uow: uow.snoozes.of(TEAM, person.id))


def told(stage: Stage, who: str) -> list[tuple[int, str]]:
    """(day, first line) of everything sent straight to them."""
    sent = [m for a in stage.adapters.values() for m in a.sent if m.ref.conversation.id == f"D-{who}"]
    return [(m.at.day, m.card.title.text) for m in sent]


async def test_my_reminder_rests_until_the_day_and_comes_then(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.says("snooze APX-1 until Wednesday 11 March")
    assert answer.first_line == "APX-1 Prototype tested rests for you until Wed 11 Mar."
    assert "Should it be overdue, the lead hears of it as before." in answer.text
    await stage.at(at(11, 8, 59))
    assert not [line for _, line in told(stage, "ana") if "APX-1" in line]
    await stage.at(at(11, 9, 0))
    woken = stage.is_told("ana", "APX-1 Prototype tested is due Fri 13 Mar")
    assert "You let it rest until today." in woken.text
    assert await rests(stage) == ()
    await stage.at(at(13, 12))
    days = [day for day, line in told(stage, "ana") if "APX-1" in line]
    assert days == [11, 13]


async def test_without_it_the_reminders_come_as_planned(stage: Stage) -> None:
    await stage.at(at(13, 12))
    assert [day for day, line in told(stage, "ana") if "APX-1" in line] == [6, 11, 13]


async def test_it_hides_nothing_overdue_from_the_lead(stage: Stage) -> None:
    await stage.person("ana").says("snooze APX-1 until 25 March")
    await stage.at(at(24, 12))
    assert not [line for _, line in told(stage, "ana") if "APX-1" in line]
    overdue = [day for day, line in told(stage, "chen") if "APX-1" in line]
    assert overdue[0] == 17
    await stage.at(at(25, 12))
    assert "You let it rest until today." in stage.is_told("ana", "🔴 Overdue · APX-1").text


async def test_the_lead_hears_it_on_the_same_day_without_a_rest(stage: Stage) -> None:
    await stage.at(at(24, 12))
    assert next(day for day, line in told(stage, "chen") if "APX-1" in line) == 17


async def test_the_leads_own_rest_leaves_the_owner_and_the_channel_told(stage: Stage) -> None:
    await stage.at(at(16, 8))
    await stage.person("chen").says("snooze APX-1 until 27 March")
    await stage.at(at(24, 12))
    assert [day for day, line in told(stage, "ana") if "🔴" in line and "APX-1" in line] == [16]
    assert not [line for _, line in told(stage, "chen") if "APX-1" in line]
    stage.shows("APX-1")
    channel = [m for a in stage.adapters.values() for m in a.sent if m.ref.conversation.id == "C-apex"]
    assert any("nobody in" in m.text or "nobody answered" in m.text for m in channel)


async def test_the_button_of_a_reminder_asks_until_when(stage: Stage) -> None:
    await stage.at(at(6, 10))
    ana = stage.person("ana")
    asked = await ana.presses("Snooze", stage.is_told("ana", "Will it hold?"))
    assert asked.first_line == "Until when shall APX-1 rest?"
    assert asked.labels == ("Mon 9 Mar", "Mon 16 Mar", "Leave it")
    await ana.presses("Mon 9 Mar")
    assert [s.until for s in await rests(stage)] == [at(9)]


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("snooze APX-1 until Monday", at(9)),
        ("not until Monday APX-1", at(9)),
        ("snooze APX-1 for a week", at(9)),
        ("snooze APX-1 until saturday", at(9)),
        ("snooze APX-1 for 3 days", at(5)),
        ("snooze APX-1 tomorrow", at(3)),
    ],
)
async def test_it_ends_on_a_working_morning(stage: Stage, words: str, until: datetime) -> None:
    await stage.person("ana").says(words)
    assert [s.until for s in await rests(stage)] == [until]


async def test_it_ends_in_the_persons_own_morning(stage: Stage) -> None:
    await stage.do(lambda uow: uow.people.save(replace(ANA, zone="Asia/Tokyo")))
    await stage.person("ana").says("snooze APX-1 until Monday")
    assert [s.until for s in await rests(stage)] == [at(9, 0)]


async def test_it_skips_the_night_the_clocks_change(stage: Stage) -> None:
    await stage.do(lambda uow: uow.people.save(replace(ANA, zone="Europe/Berlin")))
    await stage.person("ana").says("snooze APX-1 until 30 March")
    assert [s.until for s in await rests(stage)] == [at(30, 7)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("snooze APX-1 until 1 June", "It may rest for 30 days at most. Until when?"),
        ("snooze APX-1 until today", "It can rest from tomorrow on. Until when?"),
        ("snooze APX-1 until 1 March 2026", "Sun 1 Mar is past. Which date did you mean?"),
        ("snooze APX-1 until whenever", "I can't read “whenever” as a date. Which date?"),
    ],
)
async def test_a_day_that_cannot_be_is_asked_about(stage: Stage, words: str, said: str) -> None:
    answer = await stage.person("ana").says(words)
    assert answer.first_line == said
    assert await rests(stage) == ()


async def test_off_wakes_it_at_once(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("snooze APX-1 until 12 March")
    await ana.says("snooze off")
    assert await rests(stage) == ()
    await stage.at(at(6, 10))
    stage.is_told("ana", "Will it hold?")


async def test_off_with_nothing_resting_says_so(stage: Stage) -> None:
    ana = stage.person("ana")
    assert (await ana.says("snooze off")).first_line == "Nothing rests for you."
    assert (await ana.says("snooze APX-1 off")).first_line == "Nothing rests for APX-1 Prototype tested."


async def test_whom_nothing_would_be_sent_needs_no_rest(stage: Stage) -> None:
    answer = await stage.person("boris").says("snooze APX-1 until Monday")
    assert answer.first_line == "No reminder of APX-1 Prototype tested comes to you."
    assert await stage.do(lambda uow: uow.snoozes.about(TEAM, "m1")) == ()


async def test_a_closed_milestone_has_nothing_to_rest(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("done APX-1")
    await ana.says("all")
    assert not (await stage.milestone()).is_open
    await ana.says("snooze APX-1 until Monday")
    assert await rests(stage) == ()


async def test_what_is_done_meanwhile_wakes_nobody(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("snooze APX-1 until 11 March")
    await ana.says("done APX-1")
    await ana.says("all")
    await stage.at(at(12))
    assert not [line for _, line in told(stage, "ana") if "APX-1" in line]


async def test_a_reminder_on_its_way_gives_way_to_it(stage: Stage) -> None:
    """Planned before the snooze, due after it: not sent."""

    def rests_since(uow: UnitOfWork) -> None:
        uow.snoozes.put(Snooze(TEAM, "m1", ANA.id, at(12)))

    await stage.do(rests_since)
    await stage.at(at(6, 12))
    assert not [line for _, line in told(stage, "ana") if "APX-1" in line]


async def test_a_stranger_rests_nothing(stage: Stage) -> None:
    answer = await stage.person("olaf", tenant="T2").says("snooze APX-1 until Monday")
    assert "I don't know a milestone" in answer.first_line
    assert await stage.do(lambda uow: uow.snoozes.about(TEAM, "m1")) == ()


async def test_an_outsider_rests_only_what_is_theirs(stage: Stage) -> None:
    answer = await stage.person("eve").says("snooze APX-1 until Monday")
    assert "I don't know a milestone" in answer.first_line
