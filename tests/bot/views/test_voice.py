"""Every card the core can answer with is held to the voice: one line that says it, three that explain, two to
four buttons.  What Milepost says of its own accord has its own test beside this one."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

import bot.views
from bot.cards import Actions, Card, Picture, Text
from bot.domain.scannable import Scannable
from tests.bot.views.tour import furnish_at_length, tour
from tests.fakes.clock import FakeClock
from tests.scenarios.cast import furnish
from tests.scenarios.conversation import a_stage

LONGEST_FIRST_LINE = 90
MOST_LINES = 3
LONGEST_LINE = 350
ALONE = ("Link it to",)
"""Where one thing alone can be done."""
ELSEWHERE = {"bot.views.reminders", "bot.views.digest"}
SAID_WHEN_ALL_BREAKS = {"failed", "invalid", "slow_down"}


@pytest.fixture(params=[furnish, furnish_at_length], ids=["ordinary", "longest"])
async def cards(request: pytest.FixtureRequest, sqlite_url: str, clock: FakeClock) -> list[Card]:
    async with a_stage(sqlite_url, clock, request.param) as stage:
        await tour(stage)
        answered = [a.reply.body for a in stage.answers if a.reply and isinstance(a.reply.body, Card)]
        unreachable = [a.reply.unreachable for a in stage.answers if a.reply and a.reply.unreachable]
        posted = [m.card for adapter in stage.adapters.values() for m in adapter.sent]
    return [*answered, *unreachable, *posted]


def lines(card: Card) -> list[str]:
    """What stands under the first line, before the first button."""
    found = []
    for block in card.blocks:
        if isinstance(block, Actions):
            break
        if isinstance(block, Text) and not block.quiet:
            found.append(block.body.text)
    return found


def is_a_list_of_commands(card: Card) -> bool:
    return any("\n" in line for line in lines(card))


def test_the_first_line_says_it_in_ninety_characters(cards: list[Card]) -> None:
    for card in cards:
        line = card.title.text
        assert 0 < len(line) <= LONGEST_FIRST_LINE, line
        assert "\n" not in line
        assert re.search(r"\w{2}", line), line


def test_at_most_three_lines_explain(cards: list[Card]) -> None:
    for card in cards:
        told = lines(card)
        assert len(told) <= MOST_LINES, (card.title.text, told)
        assert all(line.strip() for line in told)
        if not is_a_list_of_commands(card):
            assert not any("\n" in line for line in told), told


def test_a_line_stays_a_line(cards: list[Card]) -> None:
    for card in cards:
        told = [line for line in lines(card) if "\n" not in line]
        assert all(len(line) <= LONGEST_LINE for line in told), (card.title.text, told)


def test_buttons_come_in_groups_of_two_to_four(cards: list[Card]) -> None:
    for card in cards:
        groups = [block.buttons for block in card.blocks if isinstance(block, Actions)]
        for group in groups:
            alone = len(group) == 1 and group[0].label.startswith(ALONE)
            assert alone or 2 <= len(group) <= 4, (card.title.text, [b.label for b in group])


def test_buttons_differ_and_fit(cards: list[Card]) -> None:
    for card in cards:
        labels = [button.label for button in card.buttons]
        assert len(set(labels)) == len(labels), labels
        assert all(0 < len(label) <= 75 and label == label.strip() for label in labels), labels
        tokens = [button.token for button in card.buttons]
        assert len(set(tokens)) == len(tokens), labels
        assert all(token.isascii() and len(token) <= 43 for token in tokens)


def test_every_question_and_refusal_leads_on(cards: list[Card]) -> None:
    """A card without a button says in words what to type or whom to ask."""
    for card in cards:
        if not card.buttons and not lines(card):
            raise AssertionError(f"a dead end: {card.title.text}")


def test_no_exclamation_no_apology_no_code(cards: list[Card]) -> None:
    for card in cards:
        said = "\n".join((card.title.text, *lines(card), *(b.label for b in card.buttons)))
        assert "!" not in said, said
        assert not re.search(r"\b(sorry|oops|please)\b", said, re.IGNORECASE), said
        assert not re.search(r"\b(OVERDUE|BLOCKED|DUE_SOON|None|planned_for)\b", said), said
        assert "  " not in said.replace("x  ", ""), said
        assert "{" not in said, said
        assert not re.search(r" [.,:;]", said), said


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
    assert everything - met == SAID_WHEN_ALL_BREAKS


def _watch(monkeypatch: pytest.MonkeyPatch, name: str, function: Callable[..., Any], met: set[str]) -> None:
    """Note the call wherever the function was imported to."""
    import sys

    def watched(*args: Any, **kwargs: Any) -> Any:
        met.add(name)
        return function(*args, **kwargs)

    for module_name, module in list(sys.modules.items()):
        if module_name.startswith("bot.") and getattr(module, name, None) is function:
            monkeypatch.setattr(module, name, watched)
