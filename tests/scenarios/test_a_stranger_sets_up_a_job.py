"""A stranger sets up a job on the page; it is answered with a photo, handed over, and found again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from bot.app.first_admin import invite_first_admin
from bot.ports import Filter, UnitOfWork
from tests.fakes.clock import FakeClock
from tests.fakes.telegram_server import Message, User
from tests.scenarios.world import Line, Visitor, World, a_world

ROWS = """Milestone\tOwner\tDue\tPhase\tDone when
Foundation poured\tme\t8 May\tBuild\tinspection report
Roof closed\tme\t26 June\tBuild\tphotos
Shell closed and inspected\tme\t24 July\tBuild\t
Defects list empty\tme\t18 September\tHandover\t
Keys handed over\tme\t30 September\tHandover\tclient signed"""


@pytest.fixture
async def world(database_url: str, clock: FakeClock) -> AsyncIterator[World]:
    async with a_world(database_url, clock) as made:
        yield made


class AtThePage:
    """Somebody at the page who is left standing by no answer: each has a way on."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor

    async def says(self, text: str) -> Line:
        return self._led_on(await self.visitor.says(text))

    async def presses(self, label: str) -> Line:
        return self._led_on(await self.visitor.presses(label))

    def _led_on(self, line: Line) -> Line:
        is_question = "leave it" in line.text  # one to be answered by typing
        assert line.labels or is_question, f"a dead end: {line.text}"
        return line


class InTelegram:
    """Somebody outside, who only ever sees the bot's messages."""

    def __init__(self, world: World, user: User) -> None:
        self.world, self.user = world, user

    async def is_told(self, words: str) -> Message:
        """Of all that was said, the newest with these words; it has a way on."""
        await self.world.telegram.until(lambda: words in self.world.told(self.user))
        await self.world.settle()
        found = [m for m in self.world.telegram.told(self.user) if words in m.words][-1]
        assert found.buttons, f"a dead end: {found.words}"
        return found


async def the_first_to_come(world: World, name: str = "Ana Costa") -> AtThePage:
    """With the line that is printed when Milepost starts."""
    said = list[str]()
    await invite_first_admin(world.parts, said.append)
    (line,) = said
    return AtThePage(await world.signs_in(line.split()[-1], name))


async def a_colleague(world: World, ana: AtThePage, name: str) -> None:
    letter = await ana.says(f"invite {name} as member")
    colleague = world.telegram.user(name)
    world.telegram.starts(colleague, code_in(letter))
    there = InTelegram(world, colleague)
    world.telegram.presses(colleague, await there.is_told("invites you"), "Start")
    await there.is_told("Here you are")


async def owners(world: World) -> Counter[str]:
    """How many milestones each has."""

    def count(uow: UnitOfWork) -> Counter[str]:
        team = uow.workspaces.all()[0].id
        names = {person.id: person.name for person in uow.people.all(team)}
        return Counter(names[m.owner_id] for m in uow.milestones.page(team, Filter(), 1, 50).milestones)

    return await world.parts.store.read(count)


def code_in(letter: Line) -> str:
    found = re.search(r"start=([\w-]+)", letter.text)
    assert found, letter.text
    return found[1]


async def test_a_job_is_set_up_given_away_and_its_photo_found_again(world: World) -> None:
    ana = await the_first_to_come(world)

    # A project, its phases and holidays.
    assert "Riverside is started" in (await ana.says("project new Riverside")).first_line
    assert "3 phases" in (await ana.says("phase add Design, Build, Handover")).first_line
    assert "Riverside" in (await ana.says("settings holidays DE Bavaria")).first_line

    # Eight milestones: three typed, five pasted from a spreadsheet.
    for line in (
        "new Plans approved by the city by 2 April me in phase Design",
        "new Soil report filed by 13 March me in phase Design",
        "new Tender awarded by 27 March me in phase Design",
    ):
        assert "On track" in (await ana.says(line)).first_line
    await ana.says("paste")
    preview = await ana.says(ROWS)
    assert "5 milestones would be added" in preview.first_line
    assert "Added 5 milestones" in (await ana.presses("Add all 5")).first_line
    assert await owners(world) == {"Ana Costa": 8}
    assert "not said yet" in (await ana.says("phase")).text
    assert "I would send nothing" in (await ana.says("go live")).first_line
    await ana.presses("Go live")

    # A subcontractor gets a link, opens it in Telegram and hears what is theirs.
    letter = await ana.says("invite Eve as external for RVR-2")
    eve = world.telegram.user("Eve")
    world.telegram.starts(eve, code_in(letter))
    there = InTelegram(world, eve)
    world.telegram.presses(eve, await there.is_told("invites you to keep dates for Riverside"), "Start")
    assert "Yours: RVR-2 Soil report filed, Fri 13 Mar." in (await there.is_told("Here you are")).words
    assert "Eve joined" in (await ana.visitor.reads()).first_line
    await a_colleague(world, ana, "Boris")

    # Two days before, the reminder is answered with a photo.
    await world.morning_of(11, hour=9)
    reminder = await there.is_told("Will it hold?")
    world.telegram.sends_photo(eve, b"pixels", caption="report of the lab", reply_to=reminder)
    kept = await there.is_told("Kept: photo")
    assert "RVR-2 Soil report filed" in kept.words

    # Boris leaves for another site: one preview, one confirmation, and all of his is Ana's.
    await ana.says("RVR-4 and 5 to @boris")
    await ana.presses("Do all 2")
    assert await owners(world) == {"Ana Costa": 5, "Boris": 2, "Eve": 1}
    preview = await ana.says("handover @boris to me")
    assert "2 milestones" in preview.first_line
    assert await owners(world) == {"Ana Costa": 5, "Boris": 2, "Eve": 1}
    assert "Undo all of it" in (await ana.presses("Hand over")).labels
    assert await owners(world) == {"Ana Costa": 7, "Eve": 1}

    # The photo is found again: by what was said with it, by its milestone, among all files, by its kind.
    assert "report of the lab" in (await ana.says("find lab")).text
    for line in ("files RVR-2", "files", "find photo", "photos of RVR-2"):
        assert "photo 2026-03-11" in (await ana.says(line)).text
    assert "RVR-2" in (await ana.presses("1 · photo")).first_line


async def test_who_leaves_the_name_out_is_called_something_short_and_can_say_it_later(world: World) -> None:
    nobody_yet = await the_first_to_come(world, "")
    called = (await nobody_yet.visitor.reads()).first_line
    assert max(map(len, called.split())) <= 20, called
    await nobody_yet.says("set my name to Ana Costa")
    assert "You are Ana Costa" in (await nobody_yet.says("whoami")).first_line
