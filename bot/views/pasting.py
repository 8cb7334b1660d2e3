"""Rows that were pasted: what they would add, what is wrong with which cell, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.cards import Actions, Card, Column, RichText, Style, Table, Text, Tone, code, plain, strong
from bot.domain.people import Project
from bot.views.milestone import NAME_ROOM, listed, shortened
from bot.views.offers import Offers
from bot.views.questions import leave_button
from bot.wording import N_, Reader

ROWS = 20
_FEW = 3
_TITLE_ROOM = 40
_COLUMNS: Mapping[str, str] = {
    "title": N_("name"),
    "owner": N_("owner"),
    "due": N_("date"),
    "phase": N_("phase"),
    "criteria": N_("standards"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row understood.  ``number`` is its line in the paste; ``same_as`` the key of the open milestone
    that is called so already, empty when an earlier row is."""

    number: int
    title: str
    owner_id: str
    due: date
    phase_id: str = ""
    needs: tuple[str, ...] = ()
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that cannot be used.  ``column`` as in `bot.language.rows.Field`, ``message`` in words."""

    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What a paste would come to; ``names`` of owners by id."""

    project: Project
    rows: tuple[Row, ...]
    doubles: tuple[Row, ...]
    problems: tuple[Problem, ...]
    unknown: tuple[int, ...]
    on_days_off: int
    names: Mapping[str, str]


def preview_card(
    pasted: Pasted, add: Mapping[str, Any], with_doubles: Mapping[str, Any], reader: Reader,
    offers: Offers,
) -> Card:  # fmt: skip
    """Nothing is saved yet.  ``add`` and ``with_doubles`` are what the buttons would add."""
    n = len(pasted.rows)
    name = strong(shortened(pasted.project.name, NAME_ROOM))
    title = reader.filled(
        reader.many("{n} milestone would be added to {project}.",
                    "{n} milestones would be added to {project}.", n, project="{project}"),
        project=name,
    )  # fmt: skip
    buttons = []
    if n:
        label = reader.many("Add it", "Add all {n}", n)
        buttons.append(offers.button(label, "paste", style=Style.PRIMARY, **add))
    if pasted.doubles:
        label = reader.many("Add the double too", "Add {n} doubles too", len(pasted.doubles))
        buttons.append(offers.button(label, "paste", **with_doubles))
    table = (_table(pasted, reader),) if n else ()
    actions = Actions((*buttons, leave_button(reader, offers)))
    return Card(title, (*_lines(pasted, reader), *table, actions), Tone.WARNING)


def added_card(rows: Sequence[str], name: str, history_id: str, reader: Reader, offers: Offers) -> Card:
    """``rows``: key and name of each."""
    project = strong(shortened(name, NAME_ROOM))
    title = reader.filled(
        reader.many("Added {n} milestone to {project}.", "Added {n} milestones to {project}.", len(rows),
                    project="{project}"),
        project=project,
    )  # fmt: skip
    undo = offers.button(reader.say("Undo"), "undo", history_id=history_id, choice="all")
    everything = offers.button(reader.say("All milestones"), "status")
    return Card(title, (Text(RichText(listed(rows, reader, _FEW))), Actions((undo, everything))), Tone.GOOD)


def too_many_rows_card(rows: int, most: int, reader: Reader, offers: Offers) -> Card:
    """Refused before a single row is read."""
    title = reader.rich("That is {n} rows; I take at most {most} at once.", n=f"{rows:,}", most=most)
    note = reader.say("Paste them in parts of {most}, the header line on top of each part.", most=most)
    return Card(title, (Text(RichText(note)), _onward(reader, offers)))


def too_large_card(limit: int, most: int, reader: Reader, offers: Offers) -> Card:
    title = reader.rich("That paste is longer than {limit} characters.", limit=f"{limit:,}")
    note = reader.say("Paste fewer rows at once, at most {most}, or leave long columns out.", most=most)
    return Card(title, (Text(RichText(note)), _onward(reader, offers)))


def no_dates_card(reader: Reader, offers: Offers) -> Card:
    title = RichText(reader.say("I see rows, but no column of dates, so nothing was added."))
    return Card(title, (Text(_example(reader)), _onward(reader, offers)))


def how_to_paste(reader: Reader) -> tuple[RichText, RichText]:
    note = _example(reader) + " " + reader.say("Or type “leave it”.")
    return RichText(reader.say("Paste the rows from your spreadsheet here.")), note


def which_order(words: str, reader: Reader) -> RichText:
    return reader.rich("“{words}” and other dates: which figure comes first?", words=shortened(words, 30))


def already_added_card(history_id: str, reader: Reader, offers: Offers) -> Card:
    title = RichText(reader.say("These rows were added already."))
    undo = offers.button(reader.say("Undo"), "undo", history_id=history_id, choice="all")
    return Card(title, (Actions((undo, offers.button(reader.say("All milestones"), "status"))),))


def _example(reader: Reader) -> RichText:
    example = code(reader.say("Milestone, Owner, Due, Phase, Done when"))
    return reader.rich("A first line helps: {example}.", example=example)


def _lines(pasted: Pasted, reader: Reader) -> tuple[Text, ...]:
    """At most three: what is wrong, what is there already, what else to know."""
    wrong = [
        reader.say("row {row}, {column}: {message}", row=p.row, column=reader.say(_COLUMNS[p.column]),
                   message=p.message)
        for p in pasted.problems
    ]  # fmt: skip
    told = (
        reader.say("Left out: {list}.", list=listed(wrong, reader, _FEW)) if wrong else "",
        _doubled(pasted.doubles, reader),
        " ".join(filter(None, (_days_off(pasted, reader), _unknown(pasted, reader)))),
    )
    return tuple(Text(RichText(line)) for line in told if line)


def _doubled(doubles: Sequence[Row], reader: Reader) -> str:
    if not doubles:
        return ""
    same = [
        f"{shortened(row.title, 30)} ({row.same_as or reader.say('twice in the rows')})" for row in doubles
    ]
    return reader.say("There already: {list}.", list=listed(same, reader, _FEW))


def _days_off(pasted: Pasted, reader: Reader) -> str:
    n = pasted.on_days_off
    if not n:
        return ""
    return reader.many(
        "{n} date is no working day; it is kept.", "{n} dates are no working days; they are kept.", n
    )


def _unknown(pasted: Pasted, reader: Reader) -> str:
    if not pasted.unknown:
        return ""
    return reader.say("Not used: column {list}.", list=", ".join(map(str, pasted.unknown[:10])))


def _table(pasted: Pasted, reader: Reader) -> Table:
    columns = (
        Column(reader.say("Row"), 4),
        Column(reader.say("Milestone"), 1),
        Column(reader.say("Owner"), 2),
        Column(reader.say("Due"), 1),
    )
    left = len(pasted.rows) - ROWS
    footer = reader.many("and {n} more", "and {n} more", left) if left > 0 else ""
    rows = tuple(
        (
            plain(str(row.number)),
            plain(shortened(row.title, _TITLE_ROOM)),
            plain(pasted.names.get(row.owner_id, "–")),
            plain(reader.day(row.due)),
        )
        for row in pasted.rows[:ROWS]
    )
    return Table(columns, rows, footer)


def _onward(reader: Reader, offers: Offers) -> Actions:
    add = offers.button(reader.say("Add one"), "new")
    return Actions((add, offers.button(reader.say("All milestones"), "status")))
