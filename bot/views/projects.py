"""Projects as cards: what one is about, the list of them, starting and archiving, and every no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards import Actions, Button, Card, Column, RichText, Style, Table, Text, code, joined, plain, strong
from bot.domain.people import Project
from bot.views.milestone import HEADLINE_LIMIT, NAME_ROOM, shortened
from bot.views.offers import Offers
from bot.views.refusals import reading
from bot.wording import Reader

_LEAD_ROOM = 20
_MOST_ROWS = 30


@dataclass(frozen=True, slots=True)
class About:
    """A project as it is told: its lead's name, how many of its milestones are open, its channel's name."""

    project: Project
    lead: str
    open: int
    channel: str = ""


def project_card(
    about: About, reader: Reader, offers: Offers, said: RichText | str = "", undo: str = ""
) -> Card:
    """What it is about and how to go on; ``undo`` the ledger entry that can be taken back."""
    project = about.project
    title = _headline(about, reader)
    lines = [RichText() + said, RichText(project.scope), _belongs(about, reader)]
    goals = tuple(Text(RichText(f"• {goal}"), quiet=True) for goal in project.goals)
    shown = tuple(Text(line) for line in lines if line)
    return Card(title, (*shown, *goals, Actions(_buttons(project, reader, offers, undo))))


def projects_card(all_of: Sequence[About], archived: int, reader: Reader, offers: Offers) -> Card:
    count = reader.many("{n} project", "{n} projects", len(all_of))
    columns = (Column(reader.say("Key")), Column(reader.say("Project")), Column(reader.say("Lead"), 2),
               Column(reader.say("Open"), 2))  # fmt: skip
    rows = tuple(_row(about) for about in all_of[:_MOST_ROWS])
    left = len(all_of) - len(rows)
    footer = reader.many("and {n} more", "and {n} more", left) if left else ""
    put_away = reader.many("{n} archived", "{n} archived", archived) if archived else ""
    buttons = (
        offers.button(reader.say("Start a project"), "project", item="new"),
        offers.button(reader.say("All milestones"), "status", pointer="all"),
    )
    return Card(RichText(", ".join(filter(None, (count, put_away)))),
                (Table(columns, rows, footer), Actions(buttons)))  # fmt: skip


def started_card(about: About, reader: Reader, offers: Offers, undo: str) -> Card:
    """A new project: its key, and what to do with it."""
    project = about.project
    head = reader.say("{name} is started. Its key is {key}.", name="", key=project.key)
    name = strong(shortened(project.name, HEADLINE_LIMIT - len(head)))
    title = reader.rich("{name} is started. Its key is {key}.", name=name, key=project.key)
    home = reader.say("{channel} is its home.", channel=about.channel[:NAME_ROOM]) if about.channel else ""
    note = f"{reader.say('You lead it.')} {home}".strip()
    buttons = (
        offers.button(reader.say("Plan it"), "plan", None, Style.PRIMARY, project_id=project.id),
        offers.button(reader.say("Settings"), "settings", project_id=project.id),
        offers.button(reader.say("Undo"), "undo", history_id=undo),
    )
    return Card(title, (Text(RichText(note)), Actions(buttons)))


def archived_now_card(project: Project, undo: str, reader: Reader, offers: Offers) -> Card:
    title = reader.rich("{name} is archived: in no list any more, and silent.", name=_name(project, 44))
    buttons = (
        offers.button(reader.say("Bring it back"), "project", item="back", project_id=project.id),
        offers.button(reader.say("Undo"), "undo", history_id=undo),
    )
    return Card(title, (Actions(buttons),))


def archived_card(project: Project, reader: Reader, offers: Offers) -> Card:
    """Nothing changes in what is archived."""
    title = reader.rich("{name} is archived. Bring it back to change it.", name=_name(project, 48))
    buttons = (
        offers.button(reader.say("Bring it back"), "project", item="back", project_id=project.id),
        offers.button(reader.say("Show it"), "project", item="show", project_id=project.id),
    )
    return Card(title, (Actions(buttons),))


def only_lead_card(project: Project, lead: str, reader: Reader, offers: Offers) -> Card:
    """Who can change the project instead."""
    who = shortened(lead, _LEAD_ROOM)
    room = HEADLINE_LIMIT - len(
        reader.say("Only {who} (lead) or an admin can change {name}.", who=who, name="")
    )
    title = reader.rich(
        "Only {who} (lead) or an admin can change {name}.", who=who, name=_name(project, room)
    )
    buttons = (
        offers.button(reader.say("Show it"), "project", item="show", project_id=project.id),
        *reading(reader, offers)[:2],
    )
    return Card(title, (Text(reader.rich("Ask {who}.", who=who)), Actions(buttons)))


def no_project_card(reader: Reader, offers: Offers) -> Card:
    title = RichText(reader.say("There is no project yet."))
    note = Text(reader.rich("Start the first one: {example}", example=code("new project Riverside")))
    start = offers.button(reader.say("Start a project"), "project", None, Style.PRIMARY, item="new")
    return Card(title, (note, Actions((start, offers.button(reader.say("Help"), "help")))))


def unknown_project_card(words: str, reader: Reader, offers: Offers) -> Card:
    """Maybe there should be one: a tap starts it."""
    said = shortened(" ".join(words.split()), NAME_ROOM)
    title = reader.rich("I don't know a project called “{words}”.", words=said)
    start = offers.button(reader.say("Start it"), "project", item="new", value=" ".join(words.split())[:80])
    every = offers.button(reader.say("All projects"), "project", item="list")
    return Card(title, (Actions((start, every)),))


def _headline(about: About, reader: Reader) -> RichText:
    project = about.project
    count = reader.many("{n} open", "{n} open", about.open)
    state = reader.say("archived") if project.archived else count
    rest = f" · {project.key} · {shortened(about.lead, _LEAD_ROOM)} · {state}"
    return _name(project, HEADLINE_LIMIT - len(rest)) + rest


def _belongs(about: About, reader: Reader) -> RichText:
    project = about.project
    starts = reader.say("starts {day}", day=reader.day(project.starts)) if project.starts else ""
    client = reader.say("for {client}", client=project.client) if project.client else ""
    return joined((client, project.department, starts, about.channel), " · ")


def _buttons(project: Project, reader: Reader, offers: Offers, undo: str) -> tuple[Button, ...]:
    last = (
        offers.button(reader.say("Undo"), "undo", history_id=undo)
        if undo
        else offers.button(reader.say("Plan"), "plan", project_id=project.id)
    )
    if project.archived:
        back = offers.button(reader.say("Bring it back"), "project", item="back", project_id=project.id)
        return (back, offers.button(reader.say("All projects"), "project", item="list"))
    return (
        offers.button(reader.say("Milestones"), "status", project_id=project.id),
        offers.button(reader.say("Settings"), "settings", project_id=project.id),
        last,
    )


def _row(about: About) -> tuple[RichText, ...]:
    project = about.project
    return (
        plain(project.key),
        plain(shortened(project.name, NAME_ROOM)),
        plain(about.lead),
        plain(str(about.open)),
    )


def _name(project: Project, room: int) -> RichText:
    return strong(shortened(project.name, max(room, 8)))
