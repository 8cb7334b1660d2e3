"""The steps towards a milestone, as a list to do and one by one; and everything one person has to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.cards import Actions, Card, Column, RichText, Table, Text, plain
from bot.domain.milestone import Milestone, Task
from bot.domain.tasks import progress
from bot.views.milestone import ITEM_ROOM, listed, shortened
from bot.views.offers import Offers
from bot.views.parts import CELL_ROOM, TASKS, Seen, nothing_card, on_part, one_part, page_of, part_list
from bot.views.proof import task_standing
from bot.wording import N_, Reader

MOST_BUTTONS = 4


def tasks_card(seen: Seen, reader: Reader, offers: Offers) -> Card:
    """The steps, who has them, and the next to do."""
    milestone = seen.milestone
    if not milestone.tasks:
        return nothing_card(
            seen, N_("“{title}” has no tasks yet."), _task_example(seen, reader), reader, offers
        )
    done, total = progress(milestone)
    counted = reader.many("{done} of {n} task done", "{done} of {n} tasks done", total, done=done)
    rows = tuple(_task_row(n, t, seen, reader) for n, t in enumerate(milestone.tasks, 1))
    columns = (
        Column(reader.say("No."), 3),
        Column(reader.say("Task")),
        Column(reader.say("Who"), 2),
        Column(reader.say("Stands")),
    )
    opened = sorted((t for t in milestone.tasks if not t.is_done), key=lambda t: t.assignee_id != seen.viewer)
    ticks = [on_part(TASKS, "done", t, shortened(t.text, ITEM_ROOM), milestone, offers, "✓ ") for t in opened]
    return part_list(seen, counted, Table(columns, rows), ticks, TASKS, reader, offers)


def task_card(t: Task, seen: Seen, reader: Reader, offers: Offers) -> Card:
    milestone, who = seen.milestone, seen.names.get(t.assignee_id, "") or reader.say("nobody yet")
    stands = f"{who} · {task_standing(t, seen.names.get(t.done_by, ''), reader)}"
    word, label = ("open", reader.say("Not done")) if t.is_done else ("done", reader.say("Done"))
    buttons = (
        on_part(TASKS, word, t, label, milestone, offers),
        on_part(TASKS, "give", t, reader.say("Give to…"), milestone, offers),
        on_part(TASKS, "remove", t, reader.say("Remove"), milestone, offers),
        offers.button(reader.say("All tasks"), TASKS, milestone_id=milestone.id, choice="show"),
    )
    return one_part(milestone, t.text, stands, buttons, reader)


def my_tasks_card(tasks: Sequence[tuple[Milestone, Task]], page: int, reader: Reader, offers: Offers) -> Card:
    """Everything one person still has to do, the soonest milestone first."""
    if not tasks:
        buttons = (
            offers.button(reader.say("Mine"), "mine"),
            offers.button(reader.say("All milestones"), "status"),
        )
        return Card(RichText(reader.say("You have no open tasks.")), (Actions(buttons),))
    title = RichText(
        reader.many(
            "You have {n} open task, soonest first.", "You have {n} open tasks, soonest first.", len(tasks)
        )
    )
    columns = (
        Column(reader.say("Task")),
        Column(reader.say("Key")),
        Column(reader.say("Milestone"), 3),
        Column(reader.say("Due"), 2),
    )
    rows = tuple(
        (
            plain(shortened(t.text, CELL_ROOM)),
            plain(m.key),
            plain(shortened(m.title, 40)),
            plain(reader.day(m.due)),
        )
        for m, t in tasks
    )
    ticks = [on_part(TASKS, "done", t, _told_apart(m, t, tasks), m, offers, "✓ ") for m, t in tasks]
    shown, more = page_of(ticks, page)
    next_page = offers.button(reader.say("More ›"), "tasks", page=page + 1)
    buttons = (*shown, *((next_page,) if more else ()), offers.button(reader.say("Mine"), "mine"))
    return Card(title, (Table(columns, rows), Actions(buttons)))


def _told_apart(milestone: Milestone, task: Task, tasks: Sequence[tuple[Milestone, Task]]) -> str:
    """The same step of several milestones says of which."""
    is_one_of_many = sum(t.text == task.text for _, t in tasks) > 1
    words = shortened(task.text, 40)
    return f"{words} ({milestone.key})" if is_one_of_many else shortened(task.text, ITEM_ROOM)


def with_tasks(card: Card, tasks: Sequence[tuple[Milestone, Task]], reader: Reader, offers: Offers) -> Card:
    """Somebody's own list with a line about their tasks above the buttons."""
    if not tasks:
        return card
    words = listed([f"{shortened(t.text, 40)} ({m.key})" for m, t in tasks], reader)
    line = Text(reader.rich("Your tasks: {list}", list=words))
    others = tuple(block for block in card.blocks if not isinstance(block, Actions))
    more = (offers.button(reader.say("Tasks"), "tasks"),) if len(card.buttons) < MOST_BUTTONS else ()
    return replace(card, blocks=(*others, line, Actions((*card.buttons, *more))))


def _task_example(seen: Seen, reader: Reader) -> str:
    return reader.say("For example: task {key} order steel @boris", key=seen.milestone.key)


def _task_row(number: int, t: Task, seen: Seen, reader: Reader) -> tuple[RichText, ...]:
    return (
        plain(str(number)),
        plain(shortened(t.text, CELL_ROOM)),
        plain(seen.names.get(t.assignee_id, "") or "–"),
        plain(task_standing(t, seen.names.get(t.done_by, ""), reader)),
    )
