"""Rows of a spreadsheet pasted as text: tabs, semicolons, commas, or a table of bars.

Cells are text and nothing else: a formula is a name that begins with "=".
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

PASTE_LIMIT = 64 * 1024
"""Characters of a paste that are read; the only messages that may be longer than a sentence."""
MOST_ROWS = 100
MOST_COLUMNS = 50
CELL_LIMIT = 4_000
_LOOKED_AT = 30  # lines that decide whether it is a table at all
_ENOUGH = 0.8  # of them
_PASTE = re.compile(
    r"\s*/?(?:ms\s+|milestone\s+)?(?:paste|rows)\b[ :]*(?:(?:rows|this|these)\b[ :]*)?\n", re.IGNORECASE
)
_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")


class Field(StrEnum):
    """What a column holds."""

    TITLE = "title"
    OWNER = "owner"
    DUE = "due"
    PHASE = "phase"
    CRITERIA = "criteria"


ALIASES: Mapping[Field, frozenset[str]] = {
    Field.TITLE: frozenset(
        ("title", "milestone", "name", "task", "deliverable", "what", "description", "summary", "item",
         "milestone name", "task name", "titel", "meilenstein", "aufgabe", "bezeichnung")
    ),
    Field.OWNER: frozenset(
        ("owner", "responsible", "assignee", "assigned to", "assigned", "who", "person", "lead",
         "verantwortlich", "zuständig", "wer")
    ),
    Field.DUE: frozenset(
        ("due", "due date", "date", "deadline", "end", "end date", "finish", "when", "by", "until",
         "finish date", "target date", "fällig", "termin", "datum", "ende", "bis")
    ),
    Field.PHASE: frozenset(("phase", "stage", "section", "abschnitt")),
    Field.CRITERIA: frozenset(
        ("criteria", "criterion", "needs", "done when", "standards", "proof", "acceptance",
         "acceptance criteria", "definition of done", "kriterien", "nachweis")
    ),
}  # fmt: skip
_FIELDS = {alias: field for field, aliases in ALIASES.items() for alias in aliases}


@dataclass(frozen=True, slots=True)
class Sheet:
    """``columns``: what each holds, None for one nobody knows; ``rows`` as (line number from 1, cells)."""

    columns: tuple[Field | None, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    has_header: bool


def pasted(text: str) -> str:
    """The rows in a message; empty when it is a sentence."""
    asked = _PASTE.match(text)
    body = (text[asked.end() :] if asked else text).strip("\n\r ")
    if "\n" not in body and not asked:
        return ""
    return body if _delimiter(body, lenient=bool(asked)) else ""


def count_rows(text: str) -> int:
    """How many lines, without reading any."""
    return text.count("\n") + 1


def read_rows(text: str) -> list[tuple[int, tuple[str, ...]]]:
    """Every line that holds something, cut into cells."""
    delimiter = _delimiter(text, lenient=True) or "\t"
    lines = _bars(text) if delimiter == "|" else _separated(text, delimiter)
    cells = [(n, tuple(cell.strip()[:CELL_LIMIT] for cell in row[:MOST_COLUMNS])) for n, row in lines]
    return [(n, row) for n, row in cells if any(row)]


def sheet(text: str, is_date: Callable[[str], bool], is_person: Callable[[str], bool]) -> Sheet:
    """Columns by their header, else guessed from what most of their cells are."""
    rows = read_rows(text)
    named = _header(rows[0][1]) if rows else ()
    if any(named):
        return Sheet(named, tuple(rows[1:]), has_header=True)
    return Sheet(_guessed([cells for _, cells in rows], is_date, is_person), tuple(rows), has_header=False)


def _header(cells: Sequence[str]) -> tuple[Field | None, ...]:
    """All None unless the name and one more column, or every column, is called what we know."""
    found: list[Field | None] = []
    for cell in cells:
        field = _FIELDS.get(" ".join(cell.strip(" *_:").casefold().split()))
        found.append(None if field in found else field)
    known = [field for field in found if field]
    is_header = Field.TITLE in known and (len(known) > 1 or len(cells) == 1)
    return tuple(found) if is_header else (None,) * len(cells)


def _guessed(
    rows: Sequence[Sequence[str]], is_date: Callable[[str], bool], is_person: Callable[[str], bool]
) -> tuple[Field | None, ...]:
    width = max(map(len, rows), default=0)
    columns = [[row[at] for row in rows[:_LOOKED_AT] if at < len(row) and row[at]] for at in range(width)]
    found: list[Field | None] = [None] * width
    for field, fits in ((Field.DUE, is_date), (Field.OWNER, is_person)):
        shares = [_share(column, fits) if found[at] is None else 0.0 for at, column in enumerate(columns)]
        if shares and max(shares) > 0.5:
            found[shares.index(max(shares))] = field
    lengths = [_length(column) if found[at] is None else 0.0 for at, column in enumerate(columns)]
    if lengths and max(lengths) > 0:
        found[lengths.index(max(lengths))] = Field.TITLE
    return tuple(found)


def _share(column: Sequence[str], fits: Callable[[str], bool]) -> float:
    return sum(map(fits, column)) / len(column) if column else 0.0


def _length(column: Sequence[str]) -> float:
    return sum(map(len, column)) / len(column) if column else 0.0


# --- cutting ----------------------------------------------------------------------------------------


def _delimiter(text: str, *, lenient: bool) -> str:
    """What divides the cells; empty when nothing does plainly enough.  Only the first lines are looked at."""
    start = text[: PASTE_LIMIT // 4]
    whole_lines = start if len(start) == len(text) else start.rpartition("\n")[0]
    lines = [line for line in whole_lines.splitlines() if line.strip()][:_LOOKED_AT]
    if _holds("\t", lines):
        return "\t"
    if _holds("|", lines) and (
        lenient or lines[0].lstrip().startswith("|") or any(map(_RULE.fullmatch, lines[1:2]))
    ):
        return "|"
    for mark in (";", ","):
        if _holds(mark, lines) and (lenient or any(_header(_cells(lines[0], mark)))):
            return mark
    return ""


def _holds(mark: str, lines: Sequence[str]) -> bool:
    return bool(lines) and sum(mark in line for line in lines) >= _ENOUGH * len(lines)


def _cells(line: str, mark: str) -> Sequence[str]:
    return next(csv.reader([line], delimiter=mark), [])


def _separated(text: str, mark: str) -> list[tuple[int, Sequence[str]]]:
    """As spreadsheets write it: quoted cells may hold anything, line breaks too."""
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    try:
        return [(reader.line_num, [" ".join(cell.split()) for cell in row]) for row in reader]
    except csv.Error:
        return [(n, line.split(mark)) for n, line in enumerate(text.splitlines(), 1)]


def _bars(text: str) -> list[tuple[int, Sequence[str]]]:
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if not _RULE.fullmatch(line)]
    return [(n, [cell.replace("\\|", "|") for cell in _BAR.split(_unframed(line))]) for n, line in lines]


def _unframed(line: str) -> str:
    bare = line.strip().removeprefix("|")
    return bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
