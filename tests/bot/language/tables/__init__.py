"""Tables of what people type. One row a line, cells parted by a bar; the first line names the columns."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def table(name: str) -> list[tuple[str, ...]]:
    """The rows of ``name``; a row with too few cells is a mistake in the table and raises."""
    heading, *lines = (_HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    rows = [tuple(cell.strip() for cell in line.split("|")) for line in lines]
    width = len(heading.split("|"))
    if any(len(row) != width for row in rows):
        raise ValueError(f"{name}: every row needs {width} cells")
    return rows
