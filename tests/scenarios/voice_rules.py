"""The rules of the voice (docs/voice.md, 1-3) as what is held against a card."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.cards import Actions, Card, Text

LONGEST_FIRST_LINE = 90
MOST_LINES = 3
MOST_ROWS = 10
LONGEST_LINE = 350
ALONE = ("Link it to",)
"""Where one thing alone can be done."""
_TYPED = "<!channel>"
"""What people type in the gallery to ring everybody is theirs to say."""
_COUNTED = re.compile(r"\b\d+ (?:hit|file|note|invitation|proposal)s?\b")
_APOLOGY = re.compile(r"\b(sorry|oops|please|apolog\w+)\b", re.IGNORECASE)
_CODE = re.compile(r"\b(OVERDUE|BLOCKED|DUE_SOON|None(?! of)|planned_for|in_progress|in_review|on_hold)\b")


def lines(card: Card) -> list[str]:
    """What stands under the first line, before the first button."""
    found = []
    for block in card.blocks:
        if isinstance(block, Actions):
            break
        if isinstance(block, Text) and not block.quiet:
            found.append(block.body.text)
    return found


def is_a_list(card: Card) -> bool:
    """A page of what was asked for, counted in the first line; a line for each is what it is there for."""
    return bool(_COUNTED.search(card.title.text))


def is_a_list_of_commands(card: Card) -> bool:
    return any("\n" in line for line in lines(card))


def misshapen(card: Card) -> list[str]:
    """What is wrong with its shape, whatever people typed into it."""
    found = (*_first_line(card.title.text), *_lines(card), *_buttons(card))
    return [f"{fault}: {card.title.text!r} {lines(card)} {_labels(card)}" for fault in found]


def faults(card: Card) -> list[str]:
    """Everything that is wrong with how this card speaks; empty for a good one."""
    return [f"{fault}: {card.title.text!r} {lines(card)} {_labels(card)}" for fault in _faults(card)]


def _faults(card: Card) -> Iterator[str]:
    yield from _first_line(card.title.text)
    yield from _lines(card)
    yield from _buttons(card)
    said = "\n".join((card.title.text, *lines(card), *_labels(card))).replace(_TYPED, "channel")
    for name, found in (
        ("exclamation mark", "!" in said),
        ("apology", _APOLOGY.search(said)),
        ("code", _CODE.search(said)),
        ("gap", "  " in said.replace("x  ", "")),
        ("unfilled", "{" in said),
        ("space before a stop", re.search(r" [.,:;](?:\s|$)", said)),
    ):
        if found:
            yield name


def _first_line(line: str) -> Iterator[str]:
    if not 0 < len(line) <= LONGEST_FIRST_LINE:
        yield f"first line of {len(line)} characters"
    if "\n" in line or not re.search(r"\w{2}", line):
        yield "first line says nothing alone"


def _lines(card: Card) -> Iterator[str]:
    told = lines(card)
    if len(told) > (MOST_ROWS if is_a_list(card) else MOST_LINES):
        yield f"{len(told)} lines"
    if any(not line.strip() for line in told):
        yield "empty line"
    if not is_a_list_of_commands(card) and any(len(line) > LONGEST_LINE for line in told):
        yield "a line that is no line"
    if not told and not card.buttons:
        yield "dead end"


def _buttons(card: Card) -> Iterator[str]:
    for block in card.blocks:
        if isinstance(block, Actions):
            alone = len(block.buttons) == 1 and block.buttons[0].label.startswith(ALONE)
            if not alone and not 2 <= len(block.buttons) <= 4:
                yield f"{len(block.buttons)} buttons"
    labels = _labels(card)
    if len(set(labels)) < len(labels):
        yield "two buttons that say the same"
    if any(not 0 < len(label) <= 75 or label != label.strip() for label in labels):
        yield "a label that does not fit"


def _labels(card: Card) -> list[str]:
    return [button.label for button in card.buttons]
