"""Lists of milestones as tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.cards import (
    Actions,
    Align,
    Button,
    Card,
    Column,
    Picture,
    RichText,
    Table,
    Text,
    Tone,
    code,
    joined,
    plain,
    strong,
)
from bot.domain.health import AT_REST, Health, Light, Reason
from bot.domain.milestone import Milestone, State
from bot.domain.timeline import Timeline
from bot.ports import Filter
from bot.views.milestone import NAME_ROOM, light_words, shortened
from bot.views.offers import Offers
from bot.wording import Reader

ALL = "all"
_TITLE_ROOM = 60
SOON = 10  # working days that "mine" looks ahead


@dataclass(frozen=True, slots=True)
class Row:
    milestone: Milestone
    owner: str
    health: Health
    phase: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page; ``total`` counts all pages, ``last`` is the number of the last one."""

    rows: tuple[Row, ...]
    total: int
    number: int = 1
    last: int = 1


def status_card(name: str, listing: Listing, which: Filter, reader: Reader, offers: Offers) -> Card:
    """The project's open milestones: the counts first, then the table, then pages."""
    title = joined((strong(shortened(name, NAME_ROOM)), _counts(listing, reader)), " · ")
    table = _by_phase(listing, reader, Table(_columns(reader, owner=True), _all_cells(listing, reader)))
    buttons = (*_pages("status", listing, which, reader, offers), *_status_buttons(which, reader, offers))
    return Card(title, (_counted(table, listing, reader), Actions(buttons)), _tone(listing))


def mine_card(listing: Listing, reader: Reader, offers: Offers) -> Card:
    """One person's own list, without the owner column."""
    soonest = listing.rows[0].milestone
    title = _mine_title(listing, reader, soonest)
    table = Table(_columns(reader, owner=False), tuple(_cells(r, reader, owner=False) for r in listing.rows))
    show = offers.button(reader.say("Show {key}", key=soonest.key), "show", milestone_id=soonest.id)
    pages = _pages("mine", listing, Filter(), reader, offers)
    add = offers.button(reader.say("Add one"), "new")
    return Card(title, (_counted(table, listing, reader), Actions((*pages, show, add))), _tone(listing))


def nothing_card(name: str, reader: Reader, offers: Offers) -> Card:
    title = reader.rich("Nothing is open in {name}.", name=strong(shortened(name, NAME_ROOM)))
    note = Text(
        reader.rich("Add the first milestone: {example}", example=code("new Roof closed by 5 June me"))
    )
    add = offers.button(reader.say("Add one"), "new")
    everything = offers.button(reader.say("All projects"), "status", pointer=ALL)
    return Card(title, (note, Actions((add, everything))))


def nothing_mine_card(reader: Reader, offers: Offers) -> Card:
    title = RichText(reader.say("Nothing is yours right now."))
    buttons = (
        offers.button(reader.say("All milestones"), "status"),
        offers.button(reader.say("Add one"), "new"),
    )
    return Card(title, (Actions(buttons),))


def timeline_card(timeline: Timeline, which: Filter, reader: Reader, offers: Offers) -> Card:
    """The same milestones as a picture, with every fact of it in words."""
    title = reader.rich("{name}: timeline", name=strong(shortened(timeline.title, NAME_ROOM)))
    text = "\n".join(f"{row.label}: {reader.day_and_distance(row.due)}" for row in timeline.rows)
    left_out = reader.many("and {n} more", "and {n} more", timeline.left_out) if timeline.left_out else ""
    alt = reader.many("Timeline of {n} milestone", "Timeline of {n} milestones", len(timeline.rows))
    table = offers.button(reader.say("Table"), "status", **_again(which))
    picture = Picture(timeline, alt, "\n".join(filter(None, (text, left_out))))
    return Card(title, (picture, Actions((table, offers.button(reader.say("Mine"), "mine")))))


def _all_cells(listing: Listing, reader: Reader) -> tuple[tuple[RichText, ...], ...]:
    return tuple(_cells(row, reader, owner=True) for row in listing.rows)


def _by_phase(listing: Listing, reader: Reader, table: Table) -> Table:
    """With the phase in front, said once for all that is in it."""
    phases = [row.phase for row in listing.rows]
    if not any(phases):
        return table
    told = ["" if at and phase == phases[at - 1] else phase for at, phase in enumerate(phases)]
    rows = tuple((plain(shortened(phase, 24)), *row) for phase, row in zip(told, table.rows, strict=True))
    return replace(table, columns=(Column(reader.say("Phase"), 2), *table.columns), rows=rows)


def light_sign(row: Row) -> str:
    """The sign alone, where there is no room for the word; a dash for what rests."""
    if row.health.light is Light.RED:
        return "🔴"
    if Reason.BLOCKED in row.health.reasons:
        return "⛔"
    if row.milestone.state in AT_REST:
        return "–"
    return "🟢" if row.milestone.is_open else "✅"


def _columns(reader: Reader, *, owner: bool) -> tuple[Column, ...]:
    named = (Column(reader.say("Owner"), 3),) if owner else ()
    return (
        Column(reader.say("Light"), 4),
        Column(reader.say("Key"), 1),
        Column(reader.say("Milestone"), 1),
        *named,
        Column(reader.say("Due"), 1),
        Column(reader.say("Left"), 3),
        Column(reader.say("Progress"), 5, Align.END),
    )


def _cells(row: Row, reader: Reader, *, owner: bool) -> tuple[RichText, ...]:
    milestone = row.milestone
    named = (plain(row.owner or "–"),) if owner else ()
    return (
        plain(light_words(milestone, row.health, reader)),
        plain(milestone.key),
        plain(shortened(milestone.title, _TITLE_ROOM)),
        *named,
        plain(reader.day(milestone.due)),
        plain(reader.distance(milestone.due)),
        plain(_progress(milestone)),
    )


def _progress(milestone: Milestone) -> str:
    done, total = milestone.progress
    return f"{done}/{total}" if total else "–"


def _counts(listing: Listing, reader: Reader) -> str:
    overdue = sum(r.health.is_overdue for r in listing.rows)
    blocked = sum(Reason.BLOCKED in r.health.reasons for r in listing.rows)
    parts = [reader.many("{n} open", "{n} open", listing.total)]
    parts += [reader.many("{n} overdue", "{n} overdue", overdue)] if overdue else []
    parts += [reader.many("{n} blocked", "{n} blocked", blocked)] if blocked else []
    held = sum(r.milestone.state is State.ON_HOLD for r in listing.rows)
    parts += [reader.many("{n} on hold", "{n} on hold", held)] if held else []
    here = listing.last > 1 and (overdue or blocked or held)
    counts = ", ".join(parts)
    return reader.say("{counts} on this page", counts=counts) if here else counts


def _counted(table: Table, listing: Listing, reader: Reader) -> Table:
    if listing.last <= 1:
        return table
    footer = reader.say(
        "Page {number} of {last}, {total} in all",
        number=listing.number,
        last=listing.last,
        total=listing.total,
    )
    return Table(table.columns, table.rows, footer)


def _mine_title(listing: Listing, reader: Reader, soonest: Milestone) -> RichText:
    if reader.calendar.between(reader.today, soonest.due) > SOON:
        return reader.rich(
            "Nothing of yours is due in the next {n} working days. Next: {title}, {day}.",
            n=SOON,
            title=strong(shortened(soonest.title, 15)),
            day=reader.day(soonest.due),
        )
    return joined((strong(reader.say("Yours")), _counts(listing, reader)), " · ")


def _pages(verb: str, listing: Listing, which: Filter, reader: Reader, offers: Offers) -> tuple[Button, ...]:
    numbers = ((listing.number - 1, reader.say("‹ Back")), (listing.number + 1, reader.say("More ›")))
    return tuple(
        offers.button(label, verb, page=number, **_again(which))
        for number, label in numbers
        if 1 <= number <= listing.last
    )


def _again(which: Filter) -> dict[str, Any]:
    """The same list from wherever its button is pressed."""
    return {"project_id": which.project_id} if which.project_id else {"pointer": ALL}


def _status_buttons(which: Filter, reader: Reader, offers: Offers) -> tuple[Button, ...]:
    return (
        offers.button(reader.say("Timeline"), "status", choice="timeline", **_again(which)),
        offers.button(reader.say("Mine"), "mine"),
    )


def _tone(listing: Listing) -> Tone:
    lights = {r.health.light for r in listing.rows}
    if Light.RED in lights:
        return Tone.BAD
    return Tone.WARNING if Light.AMBER in lights else Tone.GOOD
