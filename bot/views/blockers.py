"""What is stuck, the longest first."""

from __future__ import annotations

from bot.cards import Actions, Card, RichText, Text, Tone, joined, strong
from bot.views.lists import Row
from bot.views.milestone import ITEM_ROOM, NAME_ROOM, shortened
from bot.views.offers import Offers
from bot.wording import Reader

MOST_LINES = 3
_TITLE_ROOM = 50


def blockers_card(name: str, rows: tuple[Row, ...], reader: Reader, offers: Offers) -> Card:
    """``rows`` are the blocked ones, the longest stuck first; the first three in words, the rest counted."""
    count = reader.many("{n} blocked", "{n} blocked", len(rows))
    title = joined((strong(shortened(name, NAME_ROOM)), f"⛔ {count}"), " · ")
    lines = [_line(row, reader) for row in rows[:MOST_LINES]]
    if len(rows) > MOST_LINES:
        lines[-1] += " · " + reader.many("and {n} more", "and {n} more", len(rows) - MOST_LINES)
    shown = tuple(
        offers.button(reader.say("Show {key}", key=row.milestone.key), "show", milestone_id=row.milestone.id)
        for row in rows[:2]
    )
    everything = offers.button(reader.say("All milestones"), "status")
    return Card(title, (*map(Text, lines), Actions((*shown, everything))), Tone.WARNING)


def nothing_stuck_card(name: str, reader: Reader, offers: Offers) -> Card:
    title = reader.rich("Nothing is blocked in {name}.", name=strong(shortened(name, NAME_ROOM)))
    buttons = (
        offers.button(reader.say("All milestones"), "status"),
        offers.button(reader.say("Mine"), "mine"),
    )
    return Card(title, (Actions(buttons),))


def _line(row: Row, reader: Reader) -> RichText:
    milestone, flag = row.milestone, row.milestone.blocked
    since = reader.say("since {day}", day=reader.since(flag.since)) if flag else ""
    reason = shortened(" ".join(flag.reason.split()), ITEM_ROOM) if flag else ""
    name = strong(f"{milestone.key} {shortened(milestone.title, _TITLE_ROOM)}")
    return joined((name, reason, since, row.owner), " · ")
