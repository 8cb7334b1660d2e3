"""`Timeline` → SVG, written by hand: one line of markup per thing that is seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.domain.timeline import MOST_ROWS, Timeline, TimelineRow
from bot.pictures.axis import Axis, axis_over
from bot.pictures.marks import RADIUS, Mark, colour_of, draw, mark_of
from bot.pictures.palette import DAY, NIGHT, Palette
from bot.pictures.text import attributes, fitted, text_element, width
from bot.wording import Reader
from bot.wording.days import month_words

WIDTH = 840.0
_EDGE = 26.0
_LABELS = 300.0
_DATES = 128.0
_HEAD = 84.0
_ROW = 34.0
_FOOT = 70.0
_MONTH = 58.0
_SIZE = 13.5
_FAMILY = "'DejaVu Sans', 'Noto Emoji', sans-serif"


def svg(timeline: Timeline, reader: Reader | None = None) -> str:
    """The whole drawing, `WIDTH` pixels wide; words in the reader's language, English without one."""
    reader = reader or Reader("en", "UTC", timeline.today)
    return "".join(_Drawing(timeline, reader).parts())


class _Drawing:
    def __init__(self, timeline: Timeline, reader: Reader) -> None:
        self._timeline = timeline
        self._reader = reader
        self._rows = timeline.rows[:MOST_ROWS]
        self._palette: Palette = NIGHT if timeline.dark else DAY
        self._bottom = _HEAD + max(1, len(self._rows)) * _ROW
        self._height = self._bottom + _FOOT
        self._axis: Axis = axis_over(self._days(), _EDGE + _LABELS, WIDTH - _EDGE - _DATES)

    def _days(self) -> Iterator[date]:
        yield self._timeline.today
        for row in self._rows:
            yield from (row.start, row.due, row.baseline or row.due)

    def parts(self) -> Iterator[str]:
        size = attributes(width=WIDTH, height=self._height, viewBox=f"0 0 {WIDTH:.0f} {self._height:.0f}")
        style = attributes(font_family=_FAMILY, font_size=_SIZE, fill=self._palette.ink)
        yield f'<svg xmlns="http://www.w3.org/2000/svg"{size}{style}>'
        yield self._box(0, 0, WIDTH, self._height, 0, self._palette.paper)
        yield self._title()
        yield from self._stripes()
        yield from self._months()
        yield from self._today()
        for number, row in enumerate(self._rows):
            yield from self._row(row, _HEAD + (number + 0.5) * _ROW)
        yield from self._legend()
        yield "</svg>"

    def _title(self) -> str:
        words = fitted(self._timeline.title, 19, WIDTH - 2 * _EDGE)
        return text_element(_EDGE, 40, words, font_size=19, font_weight="700")

    def _stripes(self) -> Iterator[str]:
        left, across = _EDGE - 12, WIDTH - 2 * _EDGE + 24
        for number in range(0, len(self._rows), 2):
            yield self._box(left, _HEAD + number * _ROW, across, _ROW, 5, self._palette.stripe)

    def _months(self) -> Iterator[str]:
        year = self._timeline.today.year
        for day in self._axis.months(_MONTH):
            x = self._axis.x(day)
            words = month_words(day, self._reader.language, day.month == 1 or day.year != year)
            yield self._upright(x, _HEAD - 12, self._palette.grid, 1)
            yield text_element(x + 4, _HEAD - 12, words, font_size=11.5, fill=self._palette.soft)

    def _today(self) -> Iterator[str]:
        x = self._axis.x(self._timeline.today)
        yield self._upright(x, _HEAD - 6, self._palette.today, 2)
        y, colour = self._bottom + 16, self._palette.today
        yield text_element(
            x,
            y,
            self._reader.say("Today"),
            font_size=12,
            font_weight="700",
            text_anchor="middle",
            fill=colour,
        )

    def _row(self, row: TimelineRow, y: float) -> Iterator[str]:
        yield text_element(_EDGE, y + 4.5, fitted(row.label, _SIZE, _LABELS - 24))
        mark, due = mark_of(row), self._axis.x(row.due)
        yield self._span(self._axis.x(row.start), due, y, mark)
        if row.baseline is not None and row.baseline != row.due:
            ghost = self._axis.x(row.baseline)
            yield self._level(ghost, due, y)
            yield draw(Mark.BASELINE, ghost, y, self._palette)
        yield draw(mark, due, y, self._palette)
        yield self._date(row, mark, y)

    def _date(self, row: TimelineRow, mark: Mark, y: float) -> str:
        return text_element(
            WIDTH - _EDGE,
            y + 4.5,
            self._reader.day(row.due),
            font_size=13,
            text_anchor="end",
            font_weight="700" if mark is Mark.OVERDUE else "400",
            fill=self._palette.soft if mark is Mark.DONE else self._palette.ink,
        )

    def _legend(self) -> Iterator[str]:
        """Only the signs that are there; and how many rows are not."""
        y, x = self._bottom + 48, _EDGE + RADIUS
        for mark in self._marks():
            words = self._reader.say(mark.value)
            yield draw(mark, x, y - 4, self._palette)
            yield text_element(x + RADIUS + 8, y, words, font_size=12, fill=self._palette.soft)
            x += RADIUS * 2 + 30 + width(words, 12)
        if self._timeline.left_out:
            words = self._reader.many("and {n} more", "and {n} more", self._timeline.left_out)
            yield text_element(
                WIDTH - _EDGE, y, words, font_size=12, text_anchor="end", fill=self._palette.soft
            )

    def _marks(self) -> tuple[Mark, ...]:
        there = {mark_of(row) for row in self._rows}
        ghosts = {Mark.BASELINE for row in self._rows if row.baseline not in (None, row.due)}
        return tuple(mark for mark in Mark if mark in there | ghosts)

    def _span(self, start: float, due: float, y: float, mark: Mark) -> str:
        if due - start < 1:
            return ""
        fill = colour_of(mark, self._palette)
        style = attributes(x=start, y=y - 3, width=due - start, height=6, rx=3, fill=fill, fill_opacity=0.28)
        return f"<rect{style}/>"

    def _level(self, x1: float, x2: float, y: float) -> str:
        style = attributes(stroke=self._palette.soft, stroke_width=1.2, stroke_dasharray="2 3")
        return f"<line{attributes(x1=x1, x2=x2, y1=y, y2=y)}{style}/>"

    def _upright(self, x: float, top: float, colour: str, thickness: float) -> str:
        style = attributes(stroke=colour, stroke_width=thickness)
        return f"<line{attributes(x1=x, x2=x, y1=top, y2=self._bottom)}{style}/>"

    def _box(self, x: float, y: float, across: float, down: float, round_by: float, fill: str) -> str:
        return f"<rect{attributes(x=x, y=y, width=across, height=down, rx=round_by, fill=fill)}/>"
