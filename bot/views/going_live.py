"""Rehearsal and going live: what will be sent to whom, before anything is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards import Actions, Card, Column, RichText, Style, Table, Text, plain
from bot.domain.milestone import Milestone
from bot.domain.notices import NoticeKind
from bot.views.milestone import NAME_ROOM, shortened
from bot.views.offers import Offers
from bot.wording import Reader

_MOST_ROWS = 15


@dataclass(frozen=True, slots=True)
class Line:
    """One message to come.  ``whom`` a person's or a channel's name; ``about`` the project's, or of somebody
    who cannot be reached; ``unreachable``: no account takes it,
    so the lead hears it instead."""

    at: datetime
    whom: str
    kind: NoticeKind
    milestone: Milestone | None
    about: str
    unreachable: bool = False


def live_card(lines: Sequence[Line], reader: Reader, offers: Offers) -> Card:
    """Before the switch: how many messages, when and to whom."""
    title = RichText(
        reader.many(
            "Live, I would send {n} message in the next three days.",
            "Live, I would send {n} messages in the next three days.",
            len(lines),
        )
    )
    if not lines:
        title = RichText(reader.say("Live, I would send nothing in the next three days."))
    note = Text(RichText(reader.say("Until then everything comes to the lead alone.")))
    buttons = (
        offers.button(reader.say("Go live"), "live", None, Style.PRIMARY, choice="sure"),
        offers.button(reader.say("What is unfinished?"), "plan"),
    )
    return Card(title, (note, *_table(lines, reader), *_unreachable(lines, reader), Actions(buttons)))


def live_now_card(lines: Sequence[Line], undo: str, reader: Reader, offers: Offers) -> Card:
    title = RichText(
        reader.many(
            "You are live: {n} message goes out in the next three days.",
            "You are live: {n} messages go out in the next three days.",
            len(lines),
        )
    )
    if not lines:
        title = RichText(reader.say("You are live. Nothing is to be sent in the next three days."))
    buttons = (
        offers.button(reader.say("All milestones"), "status"),
        offers.button(reader.say("Back to rehearsal"), "live", choice="rehearse"),
        offers.button(reader.say("Undo"), "undo", history_id=undo),
    )
    return Card(title, (*_table(lines, reader), *_unreachable(lines, reader), Actions(buttons)))


def live_already_card(reader: Reader, offers: Offers) -> Card:
    title = RichText(reader.say("You are live: everybody hears what is theirs."))
    buttons = (
        offers.button(reader.say("All milestones"), "status"),
        offers.button(reader.say("Back to rehearsal"), "live", choice="rehearse"),
    )
    return Card(title, (Actions(buttons),))


def rehearsing_card(undo: str, reader: Reader, offers: Offers) -> Card:
    """``undo`` empty: it was so already."""
    title = RichText(reader.say("This is a rehearsal: everything I would send goes to the lead alone."))
    last = (
        offers.button(reader.say("Undo"), "undo", history_id=undo)
        if undo
        else offers.button(reader.say("Settings"), "settings")
    )
    return Card(title, (Actions((offers.button(reader.say("Go live…"), "live"), last)),))


def not_live_card(names: Sequence[str], reader: Reader, offers: Offers) -> Card:
    """Who can decide it."""
    first, *others = [shortened(name, 20) for name in dict.fromkeys(names)][:2] or [reader.say("an admin")]
    who = reader.say("{one} or {other}", one=first, other=others[0]) if others else first
    title = reader.rich("Only {who} can decide when this team is live.", who=who)
    buttons = (
        offers.button(reader.say("All milestones"), "status"),
        offers.button(reader.say("Mine"), "mine"),
    )
    return Card(title, (Text(reader.rich("Ask {who}.", who=first)), Actions(buttons)))


def _table(lines: Sequence[Line], reader: Reader) -> tuple[Table, ...]:
    if not lines:
        return ()
    columns = (Column(reader.say("When")), Column(reader.say("To")), Column(reader.say("About")))
    rows = tuple(
        (plain(reader.clock(line.at)), plain(shortened(line.whom, 24)), plain(_about(line, reader)))
        for line in lines[:_MOST_ROWS]
    )
    left = len(lines) - len(rows)
    return (Table(columns, rows, reader.many("and {n} more", "and {n} more", left) if left else ""),)


def _about(line: Line, reader: Reader) -> str:
    if line.kind is NoticeKind.CANNOT_DELIVER:
        return reader.say("{name} cannot be reached", name=shortened(line.about, NAME_ROOM))
    if line.milestone is None:
        return reader.say("{project}: morning summary", project=shortened(line.about, NAME_ROOM))
    name = f"{line.milestone.key} {shortened(line.milestone.title, NAME_ROOM)}"
    if line.kind is NoticeKind.OVERDUE:
        return reader.say("{milestone} is overdue", milestone=name)
    return reader.say("{milestone} is due {day}", milestone=name, day=reader.day(line.milestone.due))


def _unreachable(lines: Sequence[Line], reader: Reader) -> tuple[Text, ...]:
    names = list(dict.fromkeys(line.whom for line in lines if line.unreachable))
    if not names:
        return ()
    said = reader.rich(
        "Not joined yet, so it comes to the lead: {names}.", names=shortened(", ".join(names), 200)
    )
    return (Text(said, quiet=True),)
