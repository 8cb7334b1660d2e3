"""The first thing Milepost says, once: what it is for and where to begin (docs/voice.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.cards import Actions, Button, Card, RichText, Style, Text
from bot.views.offers import Offers
from bot.wording import Reader

SETTINGS, EXAMPLE_DAYS = "settings", 10


@dataclass(frozen=True, slots=True)
class Welcome:
    """``can_set_up``: there is a form for it; ``rehearses``: nobody but the lead is written to so far;
    ``channel``: said because of a channel, not to one person alone."""

    can_set_up: bool
    rehearses: bool = False
    channel: bool = False


def welcome_card(welcome: Welcome, reader: Reader, offers: Offers) -> Card:
    title = RichText(reader.say("I keep your milestones: one owner, one date, one place."))
    begin = (
        reader.say("I ask before it is late. Start with the project this channel is about.")
        if welcome.channel
        else reader.say("I ask before it is late. Start with one milestone, or with a whole project.")
    )
    rehearsal = reader.say("Until you press Go live, everything I would send goes only to you.")
    lines = [Text(RichText(line)) for line in ((begin, rehearsal) if welcome.rehearses else (begin,))]
    return Card(title, (*lines, Actions(_buttons(welcome, reader, offers))))


def _buttons(welcome: Welcome, reader: Reader, offers: Offers) -> tuple[Button, ...]:
    example = offers.button(
        reader.say("Try an example"),
        "new",
        title=reader.say("Example: permit issued"),
        owner="me",
        due=_in_a_fortnight(reader).isoformat(),
    )
    return (_first(welcome, reader, offers), example, offers.button(reader.say("What can I type?"), "help"))


def _first(welcome: Welcome, reader: Reader, offers: Offers) -> Button:
    if not welcome.can_set_up:
        return offers.button(reader.say("Add the first one"), "new", style=Style.PRIMARY)
    label = reader.say("Set up this channel") if welcome.channel else reader.say("Set up a project")
    return offers.button(label, SETTINGS, style=Style.PRIMARY, choice="form")


def _in_a_fortnight(reader: Reader) -> date:
    return reader.calendar.add(reader.today, EXAMPLE_DAYS)
