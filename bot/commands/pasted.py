"""Pasted rows to milestones: each row is understood or says, by row and column, what is not."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from bot.commands.context import Context
from bot.commands.when import habits
from bot.commands.who import can_own, known_as
from bot.domain.local_time import local
from bot.domain.milestone import CRITERIA_LIMIT, TITLE_LIMIT
from bot.domain.people import DateOrder, Project
from bot.domain.phases import named
from bot.language.dates import PHRASE_LIMIT, Doubt, Reading, read
from bot.language.rows import Field, Sheet, sheet
from bot.ports import Filter
from bot.views.pasting import Problem, Row

_HORIZON = timedelta(days=365 * 30)
_PAGE, _MOST_READ = 200, 1000
_NOBODY = frozenset({"", "-", "–", "me", "?"})
_DIVIDERS = (";", "\n", "+")


@dataclass(frozen=True, slots=True)
class Understood:
    """What became of a paste.  ``doubles`` are rows whose name is taken; ``ambiguous``: a date in figures
    that could be read in two orders, as typed, when nothing in the file settles it; ``unknown`` column
    numbers."""

    rows: tuple[Row, ...] = ()
    doubles: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    ambiguous: str = ""
    unknown: tuple[int, ...] = ()
    has_due: bool = True
    on_days_off: int = 0


class _Wrong(Exception):
    """A cell that cannot be used.  ``column`` by its field."""

    def __init__(self, column: Field, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message


def understood(ctx: Context, project: Project, text: str, order: DateOrder) -> Understood:
    """Every row of ``text`` for ``project``; ``order`` of dates in figures, UNKNOWN to find out or ask."""
    dated = _reader_of_dates(ctx, project, order or ctx.reader.date_order)
    people = _reader_of_people(ctx)
    table = sheet(text, lambda cell: _is_date(dated(cell)), lambda cell: bool(cell) and bool(people(cell)))
    known = order or ctx.reader.date_order or _order_in(table)
    if not known and (doubtful := _doubtful(table, dated)):
        return Understood(ambiguous=doubtful)
    reads = _Rows(ctx, project, table, _reader_of_dates(ctx, project, known), people)
    return reads.all()


@dataclass(frozen=True)
class _Rows:
    """One table being read."""

    ctx: Context
    project: Project
    table: Sheet
    date_of: Callable[[str], Reading]
    people_named: Callable[[str], tuple[str, ...]]

    def all(self) -> Understood:
        rows: list[Row] = []
        problems: list[Problem] = []
        for number, cells in self.table.rows:
            try:
                rows.append(self._row(number, cells))
            except _Wrong as wrong:
                problems.append(Problem(number, str(wrong.column), wrong.message))
        fresh, doubles = _without_doubles(rows, _titles(self.ctx, self.project))
        calendar = self.project.calendar
        return Understood(
            rows=tuple(fresh),
            doubles=tuple(doubles),
            problems=tuple(problems),
            unknown=tuple(at for at, field in enumerate(self.table.columns, 1) if field is None),
            has_due=Field.DUE in self.table.columns,
            on_days_off=sum(not calendar.is_working(row.due) for row in fresh),
        )

    def _row(self, number: int, cells: Sequence[str]) -> Row:
        said = {f: cells[at] for at, f in enumerate(self.table.columns) if f and at < len(cells)}
        return Row(
            number=number,
            title=self._title(said.get(Field.TITLE, "")),
            owner_id=self._owner(said.get(Field.OWNER, "")),
            due=self._due(said.get(Field.DUE, "")),
            phase_id=self._phase(said.get(Field.PHASE, "")),
            needs=_criteria(said.get(Field.CRITERIA, "")),
        )

    def _title(self, cell: str) -> str:
        title, reader = " ".join(cell.split()), self.ctx.reader
        if not title:
            raise _Wrong(Field.TITLE, reader.say("no name"))
        if len(title) > TITLE_LIMIT:
            raise _Wrong(Field.TITLE, reader.say("longer than 200 characters"))
        return title

    def _owner(self, cell: str) -> str:
        if cell.strip().casefold() in _NOBODY:
            return self.ctx.person.id
        found = self.people_named(cell)
        if len(found) == 1:
            return found[0]
        words = cell[:30]
        if found:
            raise _Wrong(
                Field.OWNER, self.ctx.reader.say("“{words}” could be more than one person", words=words)
            )
        raise _Wrong(Field.OWNER, self.ctx.reader.say("I don't know “{words}”", words=words))

    def _due(self, cell: str) -> date:
        reader = self.ctx.reader
        if not cell.strip():
            raise _Wrong(Field.DUE, reader.say("no date"))
        reading = self.date_of(cell)
        if reading.date is None:
            raise _Wrong(Field.DUE, reader.say("can't read “{words}”", words=cell[:30]))
        if reading.date < reader.today:
            raise _Wrong(Field.DUE, reader.say("{day} is past", day=reader.day(reading.date)))
        if reading.date - reader.today > _HORIZON:
            raise _Wrong(Field.DUE, reader.say("{day} is too far away", day=reader.day(reading.date)))
        return reading.date

    def _phase(self, cell: str) -> str:
        if not cell.strip():
            return ""
        found = named(self.ctx.uow.phases.of(self.ctx.workspace.id, self.project.id), cell)
        if found is None:
            raise _Wrong(Field.PHASE, self.ctx.reader.say("no phase “{words}” here", words=cell[:30]))
        return found.id


def to_json(rows: Sequence[Row]) -> str:
    """What was shown, settled: names to ids and dates to days, so that nothing is read twice."""
    return json.dumps([[r.number, r.title, r.owner_id, r.due.isoformat(), r.phase_id, r.needs] for r in rows])


def from_json(raw: str) -> tuple[Row, ...]:
    """Raises `ValueError` for anything but `to_json`'s own."""
    return tuple(
        Row(number, title, owner_id, date.fromisoformat(due), phase_id, tuple(needs))
        for number, title, owner_id, due, phase_id, needs in json.loads(raw)
    )


def _criteria(cell: str) -> tuple[str, ...]:
    parts = [cell]
    for mark in _DIVIDERS:
        parts = [piece for part in parts for piece in part.split(mark)]
    texts = dict.fromkeys(" ".join(part.split())[:TITLE_LIMIT] for part in parts)
    return tuple(text for text in texts if text)[:CRITERIA_LIMIT]


def _without_doubles(rows: Sequence[Row], taken: Mapping[str, str]) -> tuple[list[Row], list[Row]]:
    """(new ones, those whose name an open milestone or an earlier row has)."""
    fresh: list[Row] = []
    doubles: list[Row] = []
    seen = dict(taken)
    for row in rows:
        name = row.title.casefold()
        if name in seen:
            doubles.append(replace(row, same_as=seen[name]))
        else:
            seen[name] = ""
            fresh.append(row)
    return fresh, doubles


def _titles(ctx: Context, project: Project) -> dict[str, str]:
    """Key by folded title of what is open in the project, the first thousand."""
    found: dict[str, str] = {}
    for number in range(1, _MOST_READ // _PAGE + 1):
        page = ctx.uow.milestones.page(ctx.workspace.id, Filter(project_id=project.id), number, _PAGE)
        found |= {m.title.casefold(): m.key for m in page.milestones}
        if number * _PAGE >= page.total:
            break
    return found


# --- cells ------------------------------------------------------------------------------------------


def _reader_of_dates(ctx: Context, project: Project, order: DateOrder) -> Callable[[str], Reading]:
    now = local(ctx.now, ctx.reader.zone)
    habit = replace(habits(ctx, project.calendar), date_order=order)

    @lru_cache(maxsize=256)
    def read_cell(cell: str) -> Reading:
        return read(_day_part(cell)[: PHRASE_LIMIT + 1], now, habit)

    return read_cell


def _day_part(cell: str) -> str:
    """ "2026-05-03 00:00:00", as spreadsheets export a day."""
    bare = cell.strip()
    return bare.removesuffix(" 00:00:00").removesuffix("T00:00:00").removesuffix(" 00:00")


def _is_date(reading: Reading) -> bool:
    return reading.is_understood or reading.doubt is Doubt.DAY_ORDER


def _reader_of_people(ctx: Context) -> Callable[[str], tuple[str, ...]]:
    @lru_cache(maxsize=256)
    def ids_of(cell: str) -> tuple[str, ...]:
        return tuple(person.id for person in known_as(ctx, cell.strip()) if can_own(person))

    return ids_of


def _order_in(table: Sheet) -> DateOrder:
    """13/6 settles the order for all of them."""
    orders = {order for cell in _dates(table) if (order := _order_of(cell))}
    return orders.pop() if len(orders) == 1 else DateOrder.UNKNOWN


def _order_of(cell: str) -> DateOrder | None:
    first, _, rest = cell.strip().replace("-", "/").partition("/")
    second = rest.partition("/")[0]
    if not (first.isdecimal() and second.isdecimal() and len(first) <= 2 >= len(second)):
        return None
    if int(first) > 12 >= int(second):
        return DateOrder.DMY
    return DateOrder.MDY if int(second) > 12 >= int(first) else None


def _doubtful(table: Sheet, date_of: Callable[[str], Reading]) -> str:
    return next((cell for cell in _dates(table) if date_of(cell).doubt is Doubt.DAY_ORDER), "")


def _dates(table: Sheet) -> list[str]:
    if Field.DUE not in table.columns:
        return []
    at = table.columns.index(Field.DUE)
    return [cells[at] for _, cells in table.rows if at < len(cells) and cells[at]]
