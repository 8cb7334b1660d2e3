"""Buttons in rows: never more than four side by side, never one alone (docs/voice.md, rule 3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.cards import Actions, Button

IN_A_ROW = 4


def in_rows(buttons: Sequence[Button]) -> tuple[Actions, ...]:
    """As few rows as hold them all, as even as can be."""
    return tuple(Actions(tuple(row)) for row in _rows(buttons))


def _rows(buttons: Sequence[Button]) -> Iterator[Sequence[Button]]:
    rows = -(-len(buttons) // IN_A_ROW)
    start = 0
    for row in range(rows):
        end = start + -(-(len(buttons) - start) // (rows - row))
        yield buttons[start:end]
        start = end
