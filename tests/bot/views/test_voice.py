"""Every card the core can answer with is held to the voice: one line that says it, three that explain, two to
four buttons.  What Milepost says of its own accord has its own test beside this one."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

import bot.views
from bot.cards import Card, Picture
from bot.domain.scannable import Scannable
from tests.bot.views.tour import furnish_at_length, tour
from tests.fakes.clock import FakeClock
from tests.scenarios.cast import furnish
from tests.scenarios.conversation import a_stage
from tests.scenarios.voice_rules import faults

ELSEWHERE = {"bot.views.reminders", "bot.views.digest"}
SAID_WHEN_ALL_BREAKS = {"failed", "slow_down"}
IN_THEIR_OWN_STORY = {"_nothing", "evidence_stays", "too_early_card", "too_long_note"}
"""Met by the stories of notes, files and copies, which are held to the same shape."""


@pytest.fixture(params=[furnish, furnish_at_length], ids=["ordinary", "longest"])
async def cards(request: pytest.FixtureRequest, sqlite_url: str, clock: FakeClock) -> list[Card]:
    async with a_stage(sqlite_url, clock, request.param) as stage:
        await tour(stage)
        answered = [a.reply.body for a in stage.answers if a.reply and isinstance(a.reply.body, Card)]
        unreachable = [a.reply.unreachable for a in stage.answers if a.reply and a.reply.unreachable]
        posted = [m.card for adapter in stage.adapters.values() for m in adapter.sent]
    return [*answered, *unreachable, *posted]


def test_every_card_speaks_with_the_voice(cards: list[Card]) -> None:
    assert [fault for card in cards for fault in faults(card)] == []


def test_buttons_are_told_apart_by_their_tokens(cards: list[Card]) -> None:
    for card in cards:
        tokens = [button.token for button in card.buttons]
        assert len(set(tokens)) == len(tokens), card.title.text
        assert all(token.isascii() and len(token) <= 43 for token in tokens)


def test_a_picture_has_its_facts_in_words(cards: list[Card]) -> None:
    pictures = [block for card in cards for block in card.blocks if isinstance(block, Picture)]
    assert pictures
    for picture in pictures:
        assert picture.alt
        if isinstance(picture.subject, Scannable):
            assert picture.text == picture.subject.address
        else:
            assert all(row.label in picture.text for row in picture.subject.rows)


def makers() -> Iterator[tuple[ModuleType, str, Callable[..., Any]]]:
    """Every function of the views that makes a whole card."""
    for info in pkgutil.iter_modules(bot.views.__path__, "bot.views."):
        if info.name in ELSEWHERE:
            continue
        module = importlib.import_module(info.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            returns = inspect.signature(function).return_annotation
            if function.__module__ == module.__name__ and returns == "Card":
                yield module, name, function


async def test_the_tour_meets_every_card(
    sqlite_url: str, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A card that is added is shown here, too, or this fails."""
    met: set[str] = set()
    everything = {name for _, name, _ in makers()}
    for _, name, function in makers():
        _watch(monkeypatch, name, function, met)
    async with a_stage(sqlite_url, clock) as stage:
        await tour(stage)
    assert everything - met <= SAID_WHEN_ALL_BREAKS | IN_THEIR_OWN_STORY


def _watch(monkeypatch: pytest.MonkeyPatch, name: str, function: Callable[..., Any], met: set[str]) -> None:
    """Note the call wherever the function was imported to."""
    import sys

    def watched(*args: Any, **kwargs: Any) -> Any:
        met.add(name)
        return function(*args, **kwargs)

    for module_name, module in list(sys.modules.items()):
        if module_name.startswith("bot.") and getattr(module, name, None) is function:
            monkeypatch.setattr(module, name, watched)
