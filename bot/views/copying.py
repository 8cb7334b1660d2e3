"""A project about to be copied, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.cards import Actions, Button, Card, Column, RichText, Style, Table, Text, Tone, code, plain, strong
from bot.domain.milestone import Milestone
from bot.domain.people import Project
from bot.views.milestone import NAME_ROOM, shortened
from bot.views.offers import Offers
from bot.views.questions import leave_button
from bot.wording import Reader

ROWS = 20
_TITLE_ROOM = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One milestone as it would be: its new date, and whose it is."""

    milestone: Milestone
    due: date
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """``left``: how many change hands because their owner is here no more."""

    name: str
    starts: date
    counted_from: date
    rows: tuple[Row, ...]
    phases: int
    left: int
    has_changed: bool


def preview_card(
    shown: Preview,
    given: Mapping[str, Any],
    all_mine: Mapping[str, Any] | None,
    reader: Reader,
    offers: Offers,
) -> Card:
    """Nothing is made yet."""
    n = len(shown.rows)
    words = reader.many(
        "{name} would get {n} milestone, from {day}.",
        "{name} would get {n} milestones, from {day}.",
        n, name="{name}", day="{day}",
    )  # fmt: skip
    title = reader.filled(words, name=strong(shortened(shown.name, NAME_ROOM)), day=reader.day(shown.starts))
    label = reader.many("Copy it", "Copy all {n}", n) if n else reader.say("Copy it")
    buttons = [offers.button(label, "copy", style=Style.PRIMARY, **given)]
    if all_mine:
        buttons.append(offers.button(reader.say("All to me"), "copy", **all_mine))
    table = (_table(shown, reader),) if n else ()
    return Card(
        title,
        (*_lines(shown, reader), *table, Actions((*buttons, leave_button(reader, offers)))),
        Tone.WARNING,
    )


def copied_card(project: Project, many: int, history_id: str, reader: Reader, offers: Offers) -> Card:
    words = reader.many(
        "{name} ({key}) is planned: {n} milestone.",
        "{name} ({key}) is planned: {n} milestones.",
        many, name="{name}", key=project.key,
    )  # fmt: skip
    title = reader.filled(words, name=strong(shortened(project.name, NAME_ROOM)))
    note = Text(RichText(reader.say("It has no channel yet, and nothing of the original was changed.")))
    return Card(
        title, (note, Actions((_undo(history_id, reader, offers), _show(project, reader, offers)))), Tone.GOOD
    )


def copied_already_card(history_id: str, reader: Reader, offers: Offers) -> Card:
    title = RichText(reader.say("This copy was made already."))
    everything = offers.button(reader.say("All milestones"), "status")
    return Card(title, (Actions((_undo(history_id, reader, offers), everything)),))


def too_many_card(many: int, most: int, reader: Reader, offers: Offers) -> Card:
    title = reader.rich(
        "That project has {n} milestones; at most {most} are copied at once.", n=many, most=most
    )
    note = Text(RichText(reader.say("Copy single milestones, or paste rows from a spreadsheet.")))
    return Card(title, (note, _onward(reader, offers)))


def too_early_card(first: date, name: str, reader: Reader, offers: Offers) -> Card:
    title = reader.rich("The first date would be {day}, which is past.", day=reader.day(first))
    example = code(reader.say("starting next Monday"))
    note = Text(reader.rich("Let {name} begin later, for example {example}.", name=shortened(name, NAME_ROOM),
                            example=example))  # fmt: skip
    return Card(title, (note, _onward(reader, offers)))


def unknown_project_card(words: str, reader: Reader, offers: Offers) -> Card:
    title = reader.rich("I don't know a project “{words}” here.", words=shortened(words, NAME_ROOM))
    return Card(title, (_onward(reader, offers),))


def _lines(shown: Preview, reader: Reader) -> tuple[Text, ...]:
    changed = reader.say("Something changed since I showed this. Here it is as it stands now.")
    counted = reader.say("Dates are as many working days after the start as they were, counted from {day}.",
                         day=reader.day(shown.counted_from))  # fmt: skip
    phases = (
        reader.many("{n} phase comes along.", "{n} phases come along.", shown.phases) if shown.phases else ""
    )
    left = reader.many(
        "{n} owner is here no more; the lead takes over.",
        "{n} owners are here no more; the lead takes over.",
        shown.left,
    )
    left = left if shown.left else ""
    said = (changed if shown.has_changed else "", counted, " ".join(filter(None, (phases, left))))
    return tuple(Text(RichText(line)) for line in said if line)


def _table(shown: Preview, reader: Reader) -> Table:
    columns = (
        Column(reader.say("Milestone"), 1),
        Column(reader.say("Was"), 3),
        Column(reader.say("Would be"), 1),
        Column(reader.say("Owner"), 2),
    )
    left = len(shown.rows) - ROWS
    rows = tuple(
        (
            plain(shortened(row.milestone.title, _TITLE_ROOM)),
            plain(reader.day(row.milestone.due)),
            plain(reader.day(row.due)),
            plain(row.owner or "–"),
        )
        for row in shown.rows[:ROWS]
    )
    return Table(columns, rows, reader.many("and {n} more", "and {n} more", left) if left > 0 else "")


def _undo(history_id: str, reader: Reader, offers: Offers) -> Button:
    return offers.button(reader.say("Undo"), "undo", history_id=history_id, choice="all")


def _show(project: Project, reader: Reader, offers: Offers) -> Button:
    return offers.button(reader.say("Show it"), "status", project_id=project.id)


def _onward(reader: Reader, offers: Offers) -> Actions:
    everything = offers.button(reader.say("All milestones"), "status")
    return Actions((everything, offers.button(reader.say("Add one"), "new")))
