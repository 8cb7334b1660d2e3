"""How many taps it takes, counted where people have them: on the card, in every platform."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.domain.milestone import State
from bot.forms import Form
from bot.messages import Sender
from tests.bot.handlers.inviting import code_in, opens, with_links
from tests.fakes.clock import FakeClock
from tests.scenarios.conversation import CAPABILITIES, Stage, a_stage
from tests.scenarios.surfaces import SURFACES, Surface
from tests.scenarios.voice import Voice

GROUPS = [surface for surface in SURFACES if surface.in_group]
DONE, BLOCKED, MOVED, JOINED = 1, 2, 3, 3


@dataclass
class Thumb:
    """One person on one surface; typing is no tap, everything pressed is."""

    voice: Voice
    surface: Surface
    taps: int = 0

    @property
    def forms(self) -> bool:
        return CAPABILITIES[self.surface.platform].forms

    async def on_the_card(self, label: str) -> None:
        """The card that everybody sees."""
        card = self.voice.stage.shows("APX-1", self.surface.group)
        self.taps += 1
        await self.voice.presses(label, card, form=self.forms)

    async def presses(self, label: str) -> None:
        self.taps += 1
        await self.voice.presses(label, form=self.forms)

    async def answers(self, **values: str) -> None:
        """In the form that opened, else in words where the question was asked."""
        if self.voice.answer.reply and isinstance(self.voice.answer.reply.body, Form):
            self.taps += 1
            await self.voice.submits(**values)
        else:
            await self.voice.says(next(iter(values.values())), self.surface.group)


def thumb(stage: Stage, surface: Surface) -> Thumb:
    return Thumb(Voice(stage, Sender(surface.account("ana"), "Ana", "ana")), surface)


@pytest.mark.parametrize("surface", GROUPS, ids=str)
async def test_done_takes_one(sqlite_url: str, clock: FakeClock, surface: Surface) -> None:
    async with a_stage(sqlite_url, clock, surface.furnish) as stage:
        ana = thumb(stage, surface)
        await ana.voice.says("tick APX-1 report filed")
        await ana.on_the_card("Done")
        assert (await stage.milestone()).state is State.ACHIEVED
        assert ana.taps <= DONE


@pytest.mark.parametrize("surface", GROUPS, ids=str)
async def test_blocked_takes_two_at_most(sqlite_url: str, clock: FakeClock, surface: Surface) -> None:
    async with a_stage(sqlite_url, clock, surface.furnish) as stage:
        ana = thumb(stage, surface)
        await ana.on_the_card("Blocked")
        await ana.answers(reason="the city office")
        assert (await stage.milestone()).blocked
        assert ana.taps <= BLOCKED


@pytest.mark.parametrize("surface", GROUPS, ids=str)
async def test_moved_takes_three_at_most_and_the_reason_is_one_of_them(
    sqlite_url: str, clock: FakeClock, surface: Surface
) -> None:
    async with a_stage(sqlite_url, clock, surface.furnish) as stage:
        ana = thumb(stage, surface)
        await ana.on_the_card("Move")
        if ana.forms:
            await ana.answers(due="2026-03-20")
        else:
            await ana.presses(ana.voice.answer.labels[-2])
        assert (await stage.milestone()).version == 2
        await ana.presses("People")
        assert (await stage.history())[-1].cause
        assert ana.taps <= MOVED


async def test_joining_takes_three_at_most(stage: Stage) -> None:
    """The link, Telegram's Start, and what is theirs on the screen."""
    made = await with_links(stage).person("ana").says("invite Nina as external for APX-1")
    nina, welcome = await opens(stage, "nina", code_in(made), "Nina")
    taps = 2
    if "APX-1" not in welcome.text:
        taps += 1
        await nina.presses("Start")
    assert "APX-1" in nina.answer.text
    assert taps <= JOINED


@pytest.mark.parametrize("surface", GROUPS, ids=str)
async def test_what_is_not_proved_yet_takes_one_more_and_is_counted(
    sqlite_url: str, clock: FakeClock, surface: Surface
) -> None:
    async with a_stage(sqlite_url, clock, surface.furnish) as stage:
        ana = thumb(stage, surface)
        await ana.on_the_card("Done")
        assert (await stage.milestone()).is_open
        await ana.presses("report filed")
        assert (await stage.milestone()).state is State.ACHIEVED
        assert ana.taps == DONE + 1
