"""What was found, each with the place it was found in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.cards import Actions, Button, Card, RichText, Text, joined, strong
from bot.domain.finding import Found, FoundKind
from bot.domain.milestone import TITLE_LIMIT
from bot.views.files import OPEN, short_name
from bot.views.milestone import HEADLINE_LIMIT, ITEM_ROOM, NAME_ROOM, shortened
from bot.views.offers import Offers
from bot.views.rows import in_rows
from bot.wording import Reader

_NOTE_ROOM = 160
_MOST_BUTTONS = 4
ENOUGH = 100
"""So many hits of a kind are read at most: where that is reached, there may be more."""


def found_card(
    query: str,
    found: Sequence[Found],
    place: tuple[int, int, int],
    names: Mapping[str, str],
    reader: Reader,
    offers: Offers,
) -> Card:
    """One page, best first; ``place`` is (this page, the last, how many hits), ``names`` people's by id."""
    number, last, total = place
    count = reader.say("over {n}", n=ENOUGH) if total >= ENOUGH else str(total)
    counted = reader.many("{count} hit", "{count} hits", total, count=count)
    words = strong(shortened(" ".join(query.split()), HEADLINE_LIMIT - len(counted) - 5))
    title = joined((_quoted(words), counted), " · ")
    numbered = tuple(enumerate(found, 1))
    lines = tuple(Text(RichText(f"{at}. ") + _line(hit, names, reader)) for at, hit in numbered)
    opening = tuple(_opening(at, hit, reader, offers) for at, hit in numbered)
    opening = tuple({button.token: button for button in opening}.values())[:_MOST_BUTTONS]
    pages = tuple(
        offers.button(label, "find", page=to, reason=query[:TITLE_LIMIT])
        for to, label in ((number - 1, reader.say("‹ Back")), (number + 1, reader.say("More ›")))
        if 1 <= to <= last
    )
    again = offers.button(reader.say("Find…"), "find")
    return Card(title, (*lines, *in_rows((*opening, *pages, again))))


def nothing_found_card(query: str, reader: Reader, offers: Offers) -> Card:
    """Nothing, and what else could be tried."""
    words = shortened(" ".join(query.split()), NAME_ROOM)
    title = reader.rich("I found nothing with “{words}”.", words=words)
    note = reader.say("Try one word, or the beginning of one: I look in names, standards, notes and files.")
    buttons = (
        offers.button(reader.say("Find…"), "find"),
        offers.button(reader.say("All milestones"), "status"),
        offers.button(reader.say("All files"), "files", pointer="all"),
    )
    return Card(title, (Text(RichText(note)), Actions(buttons)))


def _quoted(words: RichText) -> RichText:
    return RichText("“") + words + "”"


def _line(hit: Found, names: Mapping[str, str], reader: Reader) -> RichText:
    name = strong(hit.key) + " " + shortened(hit.title, ITEM_ROOM)
    if hit.kind is FoundKind.MILESTONE:
        return name if hit.is_open else joined((name, reader.say("closed")), " · ")
    who = joined((names.get(hit.by_id, ""), reader.since(hit.at)), ", ")
    if hit.kind is FoundKind.FILE:
        return joined((RichText("📎 ") + short_name(hit.words, ITEM_ROOM), strong(hit.key), who), " · ")
    said = shortened(" ".join(hit.words.split()), _NOTE_ROOM)
    return joined((strong(hit.key) + " " + reader.say("note"), who), " · ") + f": {said}"


def _opening(at: int, hit: Found, reader: Reader, offers: Offers) -> Button:
    if hit.kind is FoundKind.FILE:
        return offers.button(f"{at} · {short_name(hit.words, 24)}", "files", choice=OPEN, item=hit.item_id)
    if hit.kind is FoundKind.NOTE:
        label = reader.say("Notes on {key}", key=hit.key)
        return offers.button(label, "note", milestone_id=hit.milestone_id)
    label = reader.say("Show {key}", key=hit.key)
    return offers.button(label, "show", milestone_id=hit.milestone_id)
