"""R13: platforms deliver again, out of order and to two processes at once; people press twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count
from random import Random

import pytest

from bot.app.parts import registry
from bot.cards import RichText
from bot.dispatcher import Dispatcher
from bot.dispatcher.turn import Setting
from bot.domain.history import Action
from bot.messages import ButtonPress, Incoming, Place, PlaceKind, Reply, Sender, SlashCommand
from bot.ports import Filter
from storage.database import open_store
from tests.fakes.clock import FakeClock
from tests.scenarios.cast import APEX, APEX_HOME, TEAM, account
from tests.scenarios.conversation import CAPABILITIES, Stage, a_stage

CHANNEL = Place(APEX_HOME, PlaceKind.GROUP, "#apex")


@dataclass
class Workers:
    """Two front doors, as of two processes, over one database; each delivery takes one of them."""

    stage: Stage
    doors: tuple[Dispatcher, Dispatcher]
    random: Random

    async def deliver(self, *deliveries: Incoming) -> list[Reply | None]:
        return await asyncio.gather(*(self.random.choice(self.doors).receive(one) for one in deliveries))


@pytest.fixture
async def workers(database_url: str, clock: FakeClock) -> AsyncIterator[Workers]:
    async with AsyncExitStack() as stack:
        stage = await stack.enter_async_context(a_stage(database_url, clock))
        other = open_store(database_url, clock)
        stack.push_async_callback(other.close)
        codes = count()
        setting = Setting(registry=registry(), capabilities=CAPABILITIES, new_code=lambda: f"c{next(codes)}")
        second = Dispatcher(other, setting, clock, lambda: "reference")
        yield Workers(stage, (stage.dispatcher, second), Random(3))


def command(stage: Stage, text: str, key: str, who: str = "ana") -> SlashCommand:
    sender = Sender(account(who), who.title(), who)
    return SlashCommand(
        key=key, sender=sender, place=CHANNEL, received_at=stage.clock.now(), text=RichText(text)
    )


async def test_each_event_delivered_again_and_shuffled_has_one_effect(workers: Workers) -> None:
    stage, random = workers.stage, workers.random
    events = [
        command(stage, f'new "Roof {n} closed" by 5 June me', f"E{n}", who)
        for n in range(20)
        for who in ("ana", "boris", "chen")[n % 3 : n % 3 + 1]
    ]
    deliveries = [event for event in events for _ in range(random.randint(1, 4))]
    random.shuffle(deliveries)
    replies = await workers.deliver(*deliveries)

    page = await stage.do(lambda uow: uow.milestones.page(TEAM, Filter(project_id=APEX.id), 1, 100))
    titles = [m.title for m in page.milestones if m.title.startswith("Roof")]
    assert sorted(titles) == sorted(f"Roof {n} closed" for n in range(20))
    assert sum(reply is not None for reply in replies) == len(events)
    numbers = [m.number for m in page.milestones]
    assert len(set(numbers)) == len(numbers)

    stage.engine.wake()
    await stage.engine.run_until_quiet()
    cards = [m for m in stage.adapters["slack"].sent if "Roof" in m.text and m.ref.conversation == APEX_HOME]
    assert len(cards) == len(events)


async def test_two_people_completing_at_once_make_one_line_of_history(workers: Workers) -> None:
    stage = workers.stage
    done = [command(stage, "done APX-2", f"D{n}", who) for n, who in enumerate(("boris", "chen"))]
    first = await workers.deliver(*done)
    pressed = [press(stage, reply, f"P{n}") for n, reply in enumerate(first) if reply]
    await workers.deliver(*pressed, *pressed)
    achieved = [h for h in await stage.history("APX-2") if h.action is Action.ACHIEVED]
    assert len(achieved) == 1


async def test_a_button_pressed_twice_within_a_moment_acts_once(workers: Workers) -> None:
    stage = workers.stage
    stage.engine.wake()
    await stage.engine.run_until_quiet()
    [asked] = await workers.deliver(command(stage, "done APX-2", "D1", "boris"))
    assert asked is not None
    twice = [press(stage, asked, f"P{n}") for n in range(2)]
    await workers.deliver(*twice)
    achieved = [h for h in await stage.history("APX-2") if h.action is Action.ACHIEVED]
    assert len(achieved) == 1


async def test_a_move_and_its_echo_move_once(workers: Workers) -> None:
    stage = workers.stage
    moves = [command(stage, "move APX-1 to 27 March", f"M{n // 3}") for n in range(6)]
    await workers.deliver(*moves)
    moved = [h for h in await stage.history("APX-1") if h.action is Action.MOVED]
    assert len(moved) == 1


def press(stage: Stage, reply: Reply, key: str, who: str = "boris") -> ButtonPress:
    """The likeliest answer, taken."""
    from bot.cards import Card

    assert isinstance(reply.body, Card)
    return ButtonPress(
        key=key, sender=Sender(account(who), who.title(), who), place=CHANNEL,
        received_at=stage.clock.now(), token=reply.body.buttons[0].token,
    )  # fmt: skip
