"""Phases of a project as cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.cards import Actions, Card, Column, RichText, Table, Text, code, plain, strong
from bot.domain.milestone import Milestone
from bot.domain.people import Project
from bot.domain.phases import Phase
from bot.views.milestone import HEADLINE_LIMIT, NAME_ROOM, shortened
from bot.views.offers import Offers
from bot.wording import Reader

_EXIT_ROOM = 80
_MOST_ROWS = 20


def phases_card(
    project: Project,
    phases: Sequence[Phase],
    open_in: Mapping[str, int],
    reader: Reader,
    offers: Offers,
    said: RichText | str = "",
    undo: str = "",
) -> Card:
    """In order, each with what is true when it ends and how much is open in it."""
    if not phases:
        return _none(project, reader, offers, said, undo)
    count = reader.many("{n} phase", "{n} phases", len(phases))
    title = strong(shortened(project.name, HEADLINE_LIMIT - len(count) - 3)) + f" · {count}"
    columns = (Column(reader.say("Phase")), Column(reader.say("Ends when")), Column(reader.say("Open"), 2))
    rows = tuple(_row(phase, open_in, reader) for phase in phases)
    last = (
        offers.button(reader.say("Undo"), "undo", history_id=undo)
        if undo
        else offers.button(reader.say("Plan"), "plan", project_id=project.id)
    )
    buttons = (
        offers.button(reader.say("Add a phase"), "phase", item="add", project_id=project.id),
        offers.button(reader.say("Milestones"), "status", project_id=project.id),
        last,
    )
    words = (Text(RichText() + said),) if said else ()
    return Card(title, (*words, Table(columns, rows), Actions(buttons)))


def phase_card(
    project: Project, phase: Phase, milestones: Sequence[Milestone], reader: Reader, offers: Offers
) -> Card:
    """One phase with what is open in it."""
    count = reader.many("{n} open", "{n} open", len(milestones))
    rest = f" · {count}"
    title = strong(shortened(phase.name, HEADLINE_LIMIT - len(rest))) + rest
    leaving = reader.rich("Ends when: {exit}", exit=phase.exit) if phase.exit else RichText(
        reader.say("Nobody said yet what is true when it ends.")
    )  # fmt: skip
    columns = (Column(reader.say("Key")), Column(reader.say("Milestone")), Column(reader.say("Due")))
    rows = tuple(
        (plain(m.key), plain(shortened(m.title, NAME_ROOM)), plain(reader.day(m.due)))
        for m in milestones[:_MOST_ROWS]
    )
    left = len(milestones) - len(rows)
    footer = reader.many("and {n} more", "and {n} more", left) if left else ""
    table = (Table(columns, rows, footer),) if rows else ()
    buttons = (
        offers.button(
            reader.say("What ends it?"), "phase", item="exit", value=phase.name, project_id=project.id
        ),
        offers.button(reader.say("All phases"), "phase", item="list", project_id=project.id),
    )
    return Card(title, (Text(leaving), *table, Actions(buttons)))


def unknown_phase_card(
    words: str, phases: Sequence[Phase], reader: Reader, offers: Offers, project_id: str = ""
) -> Card:
    """Those there are, and one tap to add this one."""
    said = shortened(" ".join(words.split()), NAME_ROOM)
    title = reader.rich("I don't know a phase called “{words}” here.", words=said)
    if not said:
        title = RichText(reader.say("There is no phase here yet."))
    there = ", ".join(phase.name for phase in phases)
    note = (Text(reader.rich("There are: {list}.", list=shortened(there, 300))),) if there else ()
    add = offers.button(
        reader.say("Add it") if said else reader.say("Add a phase"),
        "phase", item="add", value=" ".join(words.split())[:80], project_id=project_id,
    )  # fmt: skip
    every = offers.button(reader.say("All phases"), "phase", item="list", project_id=project_id)
    return Card(title, (*note, Actions((add, every))))


def _none(project: Project, reader: Reader, offers: Offers, said: RichText | str, undo: str) -> Card:
    name = strong(shortened(project.name, NAME_ROOM))
    title = reader.rich("{name} has no phases.", name=name)
    note = reader.rich("Add some: {example}", example=code("phase add Design, Build, Handover"))
    buttons = (
        offers.button(reader.say("Add phases"), "phase", item="add", project_id=project.id),
        offers.button(reader.say("Undo"), "undo", history_id=undo)
        if undo
        else offers.button(reader.say("Milestones"), "status", project_id=project.id),
    )
    words = (Text(RichText() + said),) if said else ()
    return Card(title, (*words, Text(note), Actions(buttons)))


def _row(phase: Phase, open_in: Mapping[str, int], reader: Reader) -> tuple[RichText, ...]:
    leaving = shortened(phase.exit, _EXIT_ROOM) if phase.exit else reader.say("not said yet")
    return (
        plain(f"{phase.position}. {shortened(phase.name, NAME_ROOM)}"),
        plain(leaving),
        plain(str(open_in.get(phase.id, 0))),
    )
