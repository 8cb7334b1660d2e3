"""A table on a phone: monospaced and fitted, or, when that would say too little, one stack of lines per row.

Widths are display columns: a Chinese character or an emoji takes two, an accent none.
"""

from __future__ import annotations

import unicodedata

from adapters.telegram.limits import NARROWEST_LAST, NARROWEST_WORDS, TABLE_COLUMNS
from bot.cards import Align, Column, RichText, Table, joined, strong

GAP = "  "
_WIDE = ("W", "F")
_NOTHING_WIDE = ("Mn", "Me", "Cf")


def fitted(table: Table) -> list[str] | None:
    """Lines at most `TABLE_COLUMNS` wide; None when the columns that matter do not fit."""
    kept = list(range(len(table.columns)))
    while kept:
        widths = _widths(table, kept)
        if widths:
            return _lines(table, kept, widths)
        least = max(kept, key=lambda at: (table.columns[at].priority, at))
        if table.columns[least].priority <= 1:
            return None
        table = _signs_kept(table, least)
        kept.remove(least)
    return None


def _signs_kept(table: Table, at: int) -> Table:
    """Before a column goes, its signs move in front of the next: 🔴 says enough where words do not fit."""
    signs = [_sign(row[at].text) for row in table.rows]
    if at + 1 == len(table.columns) or not all(signs):
        return table
    rows = tuple(
        (*row[: at + 1], RichText(f"{sign} ") + row[at + 1], *row[at + 2 :])
        for sign, row in zip(signs, table.rows, strict=True)
    )
    return Table(table.columns, rows, table.footer)


def _sign(text: str) -> str:
    """The sign in front of the words, if there is one."""
    sign, _, words = text.partition(" ")
    return sign if words and not any(c.isascii() or c.isalnum() for c in sign) else ""


def stacked(table: Table) -> list[RichText]:
    """Every row whole: its first cell stands out, the others follow."""
    return [joined(_row(row), " · ") for row in table.rows]


def display_width(text: str) -> int:
    return sum(_width(character) for character in text)


def _row(row: tuple[RichText, ...]) -> list[RichText]:
    """A sign in the first column stands out by itself; then the second cell is the name."""
    named = next((at for at, cell in enumerate(row) if any(c.isalnum() for c in cell.text)), 0)
    return [strong(cell.text) if at == named and not cell.spans else cell for at, cell in enumerate(row)]


def _widths(table: Table, kept: list[int]) -> list[int] | None:
    """Widths that fit, the widest column squeezed if that is enough."""
    widths = [_natural(table, at) for at in kept]
    spare = TABLE_COLUMNS - sum(widths) - len(GAP) * (len(kept) - 1)
    if spare >= 0:
        return widths
    widest = widths.index(max(widths))
    widths[widest] += spare
    all_matter = all(table.columns[at].priority <= 1 for at in kept)
    return widths if widths[widest] >= (NARROWEST_LAST if all_matter else NARROWEST_WORDS) else None


def _natural(table: Table, at: int) -> int:
    cells = (row[at].text for row in table.rows)
    return max((display_width(text) for text in (table.columns[at].title, *cells)), default=0)


def _lines(table: Table, kept: list[int], widths: list[int]) -> list[str]:
    titles = tuple(RichText(column.title) for column in table.columns)
    heading = [titles] if any(titles[at] for at in kept) else []
    return [_line(row, table.columns, kept, widths) for row in (*heading, *table.rows)]


def _line(row: tuple[RichText, ...], columns: tuple[Column, ...], kept: list[int], widths: list[int]) -> str:
    cells = (_padded(row[at].text, width, columns[at].align) for at, width in zip(kept, widths, strict=True))
    return GAP.join(cells).rstrip()


def _padded(text: str, width: int, align: Align) -> str:
    short = _shortened(" ".join(text.split()), width)
    gap = " " * (width - display_width(short))
    return gap + short if align is Align.END else short + gap


def _shortened(text: str, width: int) -> str:
    if display_width(text) <= width:
        return text
    used, end = 0, 0
    while used + _width(text[end]) <= width - 1:
        used, end = used + _width(text[end]), end + 1
    return text[:end].rstrip() + "…"


def _width(character: str) -> int:
    if unicodedata.category(character) in _NOTHING_WIDE:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1
