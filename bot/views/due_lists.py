"""What is over its date, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.cards import Actions, Button, Card, Column, RichText, Table, Text, Tone, plain, strong
from bot.domain.milestone import Milestone
from bot.views.lists import Row
from bot.views.milestone import HEADLINE_LIMIT, NAME_ROOM, light_words, shortened
from bot.views.offers import Offers
from bot.wording import Reader

_TITLE_ROOM = 60


def late_card(name: str, rows: Sequence[Row], total: int, reader: Reader, offers: Offers) -> Card:
    """``rows`` the longest over first, of ``total``; ``name`` is empty for the reader's own."""
    worst = rows[0].milestone
    over = reader.calendar.between(worst.due, reader.today)
    count = reader.many("{n} overdue", "{n} overdue", total)
    longest = reader.many("the longest by {n} working day", "the longest by {n} working days", over)
    whose = strong(shortened(name, NAME_ROOM) or reader.say("Yours"))
    title = reader.rich("{whose} · {count}, {longest}", whose=whose, count=count, longest=longest)
    buttons = (*_show(worst, reader, offers), *_elsewhere(reader, offers))
    return Card(title, (_table(rows, total, reader), Actions(buttons)), Tone.BAD)


def nothing_late_card(name: str, following: Milestone | None, reader: Reader, offers: Offers) -> Card:
    """Good news, and what to look at instead."""
    if name:
        title = reader.rich("Nothing is overdue in {name}.", name=strong(shortened(name, NAME_ROOM)))
    else:
        title = RichText(reader.say("Nothing of yours is overdue."))
    if following is None:
        add = offers.button(reader.say("Add one"), "new")
        return Card(title, (Actions((add, *_elsewhere(reader, offers))),), Tone.GOOD)
    note = reader.rich("Next: {title}, {day}.", title=_name(following), day=_when(following, reader))
    buttons = (*_show(following, reader, offers), *_elsewhere(reader, offers))
    return Card(title, (Text(note), Actions(buttons)), Tone.GOOD)


def next_card(rows: Sequence[Row], total: int, reader: Reader, offers: Offers) -> Card:
    """The soonest in the first line, the ones after it below."""
    first = rows[0].milestone
    when = _when(first, reader)
    room = HEADLINE_LIMIT - len(reader.say("Next: {title}, {day}.", title=f"{first.key} ", day=when))
    name = strong(f"{first.key} {shortened(first.title, room)}")
    title = reader.rich("Next: {title}, {day}.", title=name, day=when)
    buttons = (*_show(first, reader, offers), *_elsewhere(reader, offers))
    return Card(title, (_table(rows, total, reader), Actions(buttons)))


def nothing_next_card(name: str, late: int, again: dict[str, Any], reader: Reader, offers: Offers) -> Card:
    """Nothing lies ahead; ``late`` of those behind are still open."""
    if name:
        title = reader.rich("Nothing is due next in {name}.", name=strong(shortened(name, NAME_ROOM)))
    else:
        title = RichText(reader.say("Nothing of yours is due next."))
    first = (
        offers.button(reader.many("{n} overdue", "{n} overdue", late), "late", **again)
        if late
        else offers.button(reader.say("Add one"), "new")
    )
    return Card(title, (Actions((first, *_elsewhere(reader, offers))),))


def _table(rows: Sequence[Row], total: int, reader: Reader) -> Table:
    columns = (
        Column(reader.say("Light"), 4),
        Column(reader.say("Key"), 1),
        Column(reader.say("Milestone"), 1),
        Column(reader.say("Owner"), 3),
        Column(reader.say("Due"), 1),
        Column(reader.say("Left"), 2),
    )
    left = total - len(rows)
    footer = reader.many("and {n} more", "and {n} more", left) if left > 0 else ""
    return Table(columns, tuple(_cells(row, reader) for row in rows), footer)


def _cells(row: Row, reader: Reader) -> tuple[RichText, ...]:
    milestone = row.milestone
    return (
        plain(light_words(milestone, row.health, reader)),
        plain(milestone.key),
        plain(shortened(milestone.title, _TITLE_ROOM)),
        plain(row.owner or "–"),
        plain(reader.day(milestone.due)),
        plain(reader.distance(milestone.due)),
    )


def _name(milestone: Milestone) -> RichText:
    return strong(f"{milestone.key} {shortened(milestone.title, NAME_ROOM)}")


def _when(milestone: Milestone, reader: Reader) -> str:
    return reader.day_and_distance(milestone.due)


def _show(milestone: Milestone, reader: Reader, offers: Offers) -> tuple[Button, ...]:
    label = reader.say("Show {key}", key=milestone.key)
    return (offers.button(label, "show", milestone_id=milestone.id),)


def _elsewhere(reader: Reader, offers: Offers) -> tuple[Button, ...]:
    return (
        offers.button(reader.say("All milestones"), "status"),
        offers.button(reader.say("Mine"), "mine"),
    )
