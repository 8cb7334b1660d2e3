"""Every block is shown, within the platform's limits, and what is left out is counted."""

from __future__ import annotations

import re

import pytest

from bot.cards import Actions, Button, Card, Column, Fields, Progress, Table, Text, code, plain
from bot.ports import Sending
from tests.contracts.adapter_contract import cards
from tests.contracts.adapter_contract.harness import Harness

LEFT_OUT = re.compile(r"…")
KEY_TITLE = (Column("Key"), Column("Title"))
LONG_WORD = "abcdefghij" * 1000


async def shown_text(on: Harness, card: Card) -> str:
    await on.adapter.send(on.group, card, Sending("row-1"))
    return "\n".join(shown.text for shown in await on.sees(on.ana, on.group))


@pytest.mark.parametrize("fact", cards.FACTS)
async def test_every_fact_of_a_card_is_there(on: Harness, fact: str) -> None:
    assert fact in await shown_text(on, cards.EVERYTHING)


async def test_buttons_stand_in_their_order(on: Harness) -> None:
    await on.adapter.send(on.group, cards.EVERYTHING, Sending("row-1"))
    [shown] = await on.sees(on.ana, on.group)
    assert shown.buttons == ("Done", "Open", "Undo")


async def test_a_picture_is_shown_and_its_words_stand_for_one_that_was_not_drawn(on: Harness) -> None:
    await on.adapter.send(on.group, cards.pictured(), Sending("row-1"))
    assert sum(shown.pictures for shown in await on.sees(on.ana, on.group)) == 1
    await on.adapter.send(on.group, cards.pictured(b""), Sending("row-2"))
    seen = await on.sees(on.ana, on.group)
    assert sum(shown.pictures for shown in seen) == 1
    assert "APX-7 on 13 Mar" in seen[-1].text


async def test_days_are_plain_words(on: Harness) -> None:
    await on.adapter.send(on.group, cards.DATED, Sending("row-1"))
    [shown] = await on.sees(on.ana, on.group)
    assert shown.moments == 0
    for day in ("Fri 13 Mar 2026", "2026-03-06", "Wed 18 Mar"):
        assert day in shown.text


async def test_an_instant_says_at_least_its_words(on: Harness) -> None:
    assert "13 Mar 16:30 UTC" in await shown_text(on, cards.TIMED)


LONG = {
    "words": Text(plain("word " * 20_000)),
    "quiet words": Text(plain("<&> " * 20_000), quiet=True),
    "one word": Text(plain(LONG_WORD)),
    "code": Text(code(LONG_WORD)),
    "fields": Fields(tuple((f"Label {n}", plain(f"value {n}")) for n in range(200))),
    "a field": Fields((("Label", plain("<&> " * 5_000)),)),
    "rows": Table(KEY_TITLE, tuple((plain(f"APX-{n}"), plain("x" * 60)) for n in range(400))),
    "columns": Table(tuple(Column(f"C{n}", n + 1) for n in range(40)), ((plain("v"),) * 40,)),
    "a cell": Table(KEY_TITLE, ((plain("APX-1"), plain("y" * 20_000)),)),
    "nothing": Text(plain("")),
    "no rows": Table((Column("Key"),), ()),
    "progress": Progress(3, 0, "no parts " * 1_000),
}  # fmt: skip


@pytest.mark.parametrize("block", LONG.values(), ids=LONG)
async def test_a_card_too_long_for_a_platform_still_arrives_with_title_and_buttons(
    on: Harness, block: object
) -> None:
    card = Card(plain("The title"), (block, *cards.DONE.blocks))  # type: ignore[arg-type]
    await on.adapter.send(on.group, card, Sending("row-1"))
    seen = await on.sees(on.ana, on.group)
    assert seen[0].text.startswith("The title")
    assert seen[-1].buttons == ("Done", "Move")


@pytest.mark.parametrize("name", ["words", "quiet words", "one word", "rows", "a field", "a cell"])
async def test_what_does_not_fit_is_said_to_be_missing(on: Harness, name: str) -> None:
    whole = Card(plain("The title"), (LONG[name],))
    text = await shown_text(on, whole)
    ends = {"words": 20_000 * 4, "quiet words": 20_000 * 3, "one word": 10_000, "rows": 400 * 60,
            "a field": 5_000 * 3, "a cell": 20_000}  # fmt: skip
    all_there = len("".join(text.split())) >= ends[name]
    assert all_there or LEFT_OUT.search(text)


async def test_what_fits_is_said_whole(on: Harness) -> None:
    assert not LEFT_OUT.search(await shown_text(on, cards.EVERYTHING))


async def test_a_label_too_long_for_a_button_ends_in_a_sign_that_it_does(on: Harness) -> None:
    long = "Blocked by " + "something " * 30
    card = Card(plain("The title"), (Actions((Button(long, "token"),)),))
    await on.adapter.send(on.group, card, Sending("row-1"))
    [shown] = await on.sees(on.ana, on.group)
    [label] = shown.buttons
    assert label == long or label.endswith("…")


async def test_a_crowd_of_buttons_can_all_be_pressed_or_is_counted(on: Harness) -> None:
    buttons = tuple(Button(f"Take {n}", f"token-{n}") for n in range(120))
    await on.adapter.send(on.group, Card(plain("The title"), (Actions(buttons),)), Sending("row-1"))
    seen = await on.sees(on.ana, on.group)
    pressable = sum(len(shown.buttons) for shown in seen)
    assert pressable == 120 or LEFT_OUT.search("\n".join(shown.text for shown in seen))
