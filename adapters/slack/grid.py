"""A table drawn with characters, for where Slack shows no native one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from adapters.slack.markup import clean
from bot.cards import Align, Column, Table

_GAP: Final = "  "


def drawn(table: Table, width: int) -> str:
    """At most ``width`` display columns where leaving out columns of lesser importance can help."""
    kept = _kept(table, width)
    heading = [clean(table.columns[place].title) for place in kept]
    rows = [heading, *([clean(row[place].text) for place in kept] for row in table.rows)]
    widths = [min(width, max(display_width(row[place]) for row in rows)) for place in range(len(kept))]
    aligns = [table.columns[place].align for place in kept]
    lines = (_line(row, widths, aligns) for row in rows)
    return "\n".join([*lines, clean(table.footer)] if table.footer else lines)


def _kept(table: Table, width: int) -> list[int]:
    kept = list(range(len(table.columns)))
    while len(kept) > 1 and _total(table, kept) > width:
        least = _least_important(table.columns, kept)
        if table.columns[least].priority <= 1:
            break
        kept.remove(least)
    return kept


def _least_important(columns: Sequence[Column], kept: Iterable[int]) -> int:
    return max(kept, key=lambda place: (columns[place].priority, place))


def _total(table: Table, kept: Sequence[int]) -> int:
    return sum(_column_width(table, place) for place in kept) + len(_GAP) * (len(kept) - 1)


def _column_width(table: Table, place: int) -> int:
    titles = [table.columns[place].title, *(row[place].text for row in table.rows)]
    return max(display_width(clean(title)) for title in titles)


def _line(cells: Sequence[str], widths: Sequence[int], aligns: Sequence[Align]) -> str:
    padded = (_padded(*each) for each in zip(cells, widths, aligns, strict=True))
    return _GAP.join(padded).rstrip()


def _padded(cell: str, width: int, align: Align) -> str:
    space = " " * (width - display_width(cell))
    return space + cell if align is Align.END else cell + space


def display_width(text: str) -> int:
    """Columns in a fixed-width font: wide characters take two, combining marks none."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
