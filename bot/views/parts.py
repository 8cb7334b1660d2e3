"""What lists of criteria and of tasks share: the line above, the buttons below, one part alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.cards import Actions, Button, Card, RichText, Style, Table, Text, strong
from bot.domain.milestone import Criterion, Milestone, Task
from bot.views.milestone import HEADLINE_LIMIT, ITEM_ROOM, shortened
from bot.views.offers import Offers
from bot.wording import Reader

CRITERIA, TASKS = "criteria", "task"
_ON_A_PAGE = 2  # parts that have a button of their own; `More` shows the next
CELL_ROOM = 80


@dataclass(frozen=True, slots=True)
class Seen:
    """A milestone in front of somebody: ``names`` are people's by id, ``viewer`` whose buttons these are,
    ``undo`` the history entry that Undo would reverse, ``page`` which of the open ones have buttons."""

    milestone: Milestone
    names: Mapping[str, str]
    viewer: str
    said: RichText | None = None
    undo: str = ""
    page: int = 1


def which_card(
    verb: str, word: str, parts: Sequence[Criterion | Task], seen: Seen, reader: Reader, offers: Offers
) -> Card:
    """Which of them is meant, a few at a time."""
    buttons = [on_part(verb, word, p, shortened(p.text, ITEM_ROOM), seen.milestone, offers) for p in parts]
    shown, more = page_of(buttons, seen.page)
    again = offers.button(
        reader.say("More ›"), verb, milestone_id=seen.milestone.id, choice=word, page=seen.page + 1
    )
    back = offers.button(reader.say("All of them"), verb, milestone_id=seen.milestone.id, choice="show")
    title = reader.rich("Which one of “{title}”?", title=shortened(seen.milestone.title, 40))
    return Card(title, (Actions((*shown, *((again,) if more else ()), back)),))


def part_list(
    seen: Seen, counted: str, table: Table, ticks: list[Button], verb: str, reader: Reader, offers: Offers
) -> Card:
    milestone = seen.milestone
    room = HEADLINE_LIMIT - len(counted) - len(milestone.key) - 4
    title = strong(f"{milestone.key} {shortened(milestone.title, room)}") + f" · {counted}"
    said = (Text(seen.said),) if seen.said else ()
    return Card(title, (*said, table, Actions(_footing(seen, ticks, verb, reader, offers))))


def _footing(
    seen: Seen, ticks: list[Button], verb: str, reader: Reader, offers: Offers
) -> tuple[Button, ...]:
    """At most four: the next to tick, Undo or Add, and More or Change."""
    milestone = seen.milestone
    if not milestone.is_open:
        return (_show(milestone, reader, offers), offers.button(reader.say("Mine"), "mine"))
    shown, more = page_of(ticks, seen.page)
    about: dict[str, Any] = {"milestone_id": milestone.id}
    last = (
        offers.button(reader.say("More ›"), verb, choice="show", page=seen.page + 1, **about)
        if more
        else offers.button(reader.say("Change…"), verb, choice="one", **about)
    )
    done = offers.button(reader.say("Done"), "done", milestone, Style.PRIMARY)
    first = (done,) if not shown and verb == CRITERIA else tuple(shown)
    return (*first, _undo_or_add(seen, verb, reader, offers), last)


def _undo_or_add(seen: Seen, verb: str, reader: Reader, offers: Offers) -> Button:
    if seen.undo:
        return offers.button(reader.say("Undo"), "undo", seen.milestone, history_id=seen.undo)
    return offers.button(reader.say("Add…"), verb, milestone_id=seen.milestone.id, choice="add")


def nothing_card(seen: Seen, sentence: str, example: str, reader: Reader, offers: Offers) -> Card:
    title = reader.rich(sentence, title=shortened(seen.milestone.title, 60))
    if not seen.milestone.is_open:
        buttons: tuple[Button, ...] = (
            _show(seen.milestone, reader, offers),
            offers.button(reader.say("Mine"), "mine"),
        )
        return Card(title, (Actions(buttons),))
    verb = CRITERIA if sentence.startswith("Nothing") else TASKS
    buttons = (_undo_or_add(seen, verb, reader, offers), _show(seen.milestone, reader, offers))
    said = (Text(seen.said),) if seen.said else ()
    return Card(title, (*said, Text(RichText(example)), Actions(buttons)))


def one_part(
    milestone: Milestone, name: str, stands: str, buttons: tuple[Button, ...], reader: Reader
) -> Card:
    title = RichText(f"{milestone.key}: ") + strong(shortened(name, HEADLINE_LIMIT - len(milestone.key) - 2))
    whole = (Text(RichText(name)),) if name not in title.text else ()
    return Card(title, (*whole, Text(RichText(stands)), Actions(buttons)))


def on_part(
    verb: str,
    word: str,
    part: Criterion | Task,
    label: str,
    milestone: Milestone,
    offers: Offers,
    before: str = "",
) -> Button:
    """A button about one part; ``title`` is how it read when shown, so that a press knows if that changed."""
    return offers.button(
        before + label, verb, milestone_id=milestone.id, choice=word, item=part.id, title=part.text
    )


def page_of(buttons: Sequence[Button], page: int) -> tuple[Sequence[Button], bool]:
    """The buttons of one page and whether more follow; past the last it begins again."""
    start = (page - 1) * _ON_A_PAGE
    if start >= len(buttons):
        start = 0
    return buttons[start : start + _ON_A_PAGE], start + _ON_A_PAGE < len(buttons)


def _show(milestone: Milestone, reader: Reader, offers: Offers) -> Button:
    return offers.button(reader.say("Show it"), "show", milestone_id=milestone.id)
