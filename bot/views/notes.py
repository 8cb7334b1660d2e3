"""Notes of milestones: kept without a word too many, and read again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.cards import Actions, Button, Card, RichText, Text, joined, link, strong
from bot.domain.files import KeptFile
from bot.domain.milestone import Milestone
from bot.domain.notes import Note
from bot.ports import NotePage
from bot.views.files import short_name
from bot.views.milestone import HEADLINE_LIMIT, NAME_ROOM, shortened
from bot.views.offers import Offers
from bot.wording import Reader

ADD, UNDO = "add", "undo"
NOTE_ROOM = 200  # characters of one note in a list


def noted(milestone: Milestone, note: Note, reader: Reader, offers: Offers) -> Card:
    """One line with Undo."""
    name = strong(f"{milestone.key} {shortened(milestone.title, NAME_ROOM)}")
    title = reader.rich("Noted on {milestone}.", milestone=name)
    buttons = (
        offers.button(reader.say("Undo"), "note", milestone_id=milestone.id, choice=UNDO, item=note.id),
        offers.button(reader.say("Notes"), "note", milestone_id=milestone.id),
    )
    return Card(title, (Actions(buttons),))


def notes_card(
    milestone: Milestone,
    page: NotePage,
    place: tuple[int, int],
    names: Mapping[str, str],
    reader: Reader,
    offers: Offers,
) -> Card:
    """Newest first; ``place`` is (this page, the last)."""
    number, last = place
    about: dict[str, Any] = {"milestone_id": milestone.id}
    add = offers.button(reader.say("Add a note"), "note", choice=ADD, **about)
    show = offers.button(reader.say("Show it"), "show", **about)
    if not page.notes:
        return _nothing(milestone, (add, show), reader)
    counted = reader.many("{n} note", "{n} notes", page.total)
    name = strong(shortened(f"{milestone.key} {milestone.title}", HEADLINE_LIMIT - len(counted) - 3))
    lines = tuple(Text(_line(note, names, reader)) for note in page.notes)
    pages = tuple(
        offers.button(label, "note", page=to, **about)
        for to, label in ((number - 1, reader.say("‹ Back")), (number + 1, reader.say("More ›")))
        if 1 <= to <= last
    )
    return Card(joined((name, counted), " · "), (*lines, Actions((*pages, add, show))))


def taken_back(milestone: Milestone, note: Note, reader: Reader, offers: Offers) -> Card:
    title = reader.rich("Taken back: the note on {key} is gone.", key=strong(milestone.key))
    buttons = (
        offers.button(reader.say("Notes"), "note", milestone_id=milestone.id),
        offers.button(reader.say("Show it"), "show", milestone_id=milestone.id),
    )
    return Card(title, (Actions(buttons),))


def evidence_stays(milestone: Milestone, file: KeptFile, reader: Reader, offers: Offers) -> Card:
    """What proves something achieved is not taken away: who needs it reopens the milestone first."""
    title = reader.rich(
        "{name} proves that {key} is achieved, so it stays.",
        name=strong(short_name(file.name)),
        key=milestone.key,
    )
    words = reader.say(
        "Whoever leads the project can reopen {key}; then it can be removed.", key=milestone.key
    )
    buttons = (
        offers.button(reader.say("Show it"), "show", milestone_id=milestone.id),
        offers.button(reader.say("All its files"), "files", milestone_id=milestone.id),
    )
    return Card(title, (Text(RichText(words)), Actions(buttons)))


def too_long_note(limit: int, reader: Reader, offers: Offers) -> Card:
    title = RichText(reader.say("A note holds at most {limit} characters, so nothing was kept.", limit=limit))
    words = reader.say("Say it shorter, or send it as a file: files are kept, too.")
    buttons = (
        offers.button(reader.say("Mine"), "mine"),
        offers.button(reader.say("All milestones"), "status"),
    )
    return Card(title, (Text(RichText(words)), Actions(buttons)))


def _nothing(milestone: Milestone, buttons: tuple[Button, ...], reader: Reader) -> Card:
    name = strong(shortened(milestone.title, NAME_ROOM))
    title = reader.rich("Nothing is noted on {milestone} yet.", milestone=name)
    words = reader.say("Answer its card, in words or with a photo: that becomes a note.")
    return Card(title, (Text(RichText(words)), Actions(buttons)))


def _line(note: Note, names: Mapping[str, str], reader: Reader) -> RichText:
    who = names.get(note.author_id) or reader.say("someone who left")
    words = shortened(" ".join(note.text.split()), NOTE_ROOM)
    said = joined((reader.since(note.at), who), " · ") + ": " + words
    changed = RichText(reader.say("(edited)")) if note.edits else RichText()
    there = link(reader.say("in the chat"), note.permalink) if note.permalink else RichText()
    return joined((said, changed, there), " ")
