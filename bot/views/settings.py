"""Settings as a card and as a form: how a project works, and how the team does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time

from bot.cards import Actions, Button, Card, Column, RichText, Table, Text, plain, strong
from bot.domain.people import NO_HOLIDAYS, Completing, Project, Workspace
from bot.forms import OWN, Field, FieldKind, Form, Option
from bot.views.milestone import HEADLINE_LIMIT, NAME_ROOM, shortened
from bot.views.offers import Offers
from bot.views.projects import About
from bot.wording import N_, Reader

_DAYS = {0: N_("Mon"), 1: N_("Tue"), 2: N_("Wed"), 3: N_("Thu"), 4: N_("Fri"), 5: N_("Sat"), 6: N_("Sun")}
_COMPLETING: Mapping[Completing, str] = {
    Completing.OWNER: N_("the owner, and whoever leads the project"),
    Completing.LEAD: N_("only whoever leads the project"),
    Completing.ANYONE: N_("every member of the team"),
}
_LABELS = {
    "zone": N_("Time zone"),
    "days": N_("Working days"),
    "hours": N_("Site hours"),
    "holidays": N_("Holidays: country and region"),
    "lead": N_("Lead"),
    "digest": N_("Digest hour"),
}
_QUESTIONS = {
    "name": N_("What is {project} called from now on?"),
    "scope": N_("What is {project} to bring about? One sentence."),
    "goals": N_("Which goals does {project} have?"),
    "client": N_("Who is the client of {project}?"),
    "department": N_("Which department does {project} belong to?"),
    "lead": N_("Who leads {project}?"),
    "zone": N_("In which time zone is {project}?"),
    "days": N_("On which days does {project} work?"),
    "hours": N_("From when to when is somebody there at {project}?"),
    "holidays": N_("Whose public holidays does {project} keep?"),
    "digest": N_("When should the channel get its morning summary?"),
    "start": N_("When does {project} start?"),
    "channel": N_("Which channel is the home of {project}?"),
}
_HINTS = {
    "name": N_("For example: Riverside North"),
    "scope": N_("For example: 24 flats, ready to move in, by summer"),
    "goals": N_("Several with a semicolon between them."),
    "client": N_("For example: Harbour Homes"),
    "department": N_("For example: Construction"),
    "lead": N_("Type a name."),
    "zone": N_("A big city is enough, for example Berlin."),
    "days": N_("For example: Mon-Sat"),
    "hours": N_("For example: 7:00-16:00"),
    "holidays": N_("A country, and a region that has its own: “DE Bavaria”. “no holidays” if it keeps none."),
    "digest": N_("For example: 8:30"),
    "start": N_("For example: 3 March"),
    "channel": N_("“here” in the channel itself, or “none”."),
}
FORM_FIELDS = ("zone", "days", "hours", "holidays", "lead", "digest")
"""What the set-up form asks for, in order; the channel is bound where it is."""


def question_words(name: str, project: str, reader: Reader) -> RichText:
    """Asks for one setting of the project called so."""
    return reader.rich(_QUESTIONS[name], project=project)


def hint_words(name: str, reader: Reader) -> str:
    """Words that work as an answer."""
    return reader.say(_HINTS[name])


def week_words(week: frozenset[int], reader: Reader) -> str:
    """``Mon–Fri``, ``Mon–Sat``, ``Mon, Wed``; a week that runs over Sunday begins after its pause."""
    days = sorted(week)
    start = next((d for d in days if (d - 1) % 7 not in week), days[0])
    run = [(start + n) % 7 for n in range(len(days))]
    if frozenset(run) == week and len(days) > 2:
        first, last = run[0], run[-1]
        return f"{reader.say(_DAYS[first])}–{reader.say(_DAYS[last])}"
    return ", ".join(reader.say(_DAYS[d]) for d in days)


def clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02}"


def completing_words(workspace: Workspace, reader: Reader) -> str:
    return reader.say(_COMPLETING[workspace.completing])


def settings_card(
    about: About, workspace: Workspace, place: str, next_off: tuple[date, str] | None,
    reader: Reader, offers: Offers, *, may_change: bool,
) -> Card:  # fmt: skip
    """One project's settings and the team's; ``place`` names its country and region, ``next_off`` the next
    day off there."""
    project = about.project
    week, hours = week_words(project.week, reader), f"{clock(project.opens)}–{clock(project.closes)}"
    rest = reader.say("{name} works {week}, {hours}.", name="", week=week, hours=hours)
    name = strong(shortened(project.name, HEADLINE_LIMIT - len(rest)))
    title = reader.rich("{name} works {week}, {hours}.", name=name, week=week, hours=hours)
    rows = (*project_rows(about, place, next_off, reader), *team_rows(workspace, reader))
    table = Table((Column(reader.say("Setting")), Column(reader.say("Value"))), rows)
    note = reader.rich("Type one to change it, for example “settings digest 8:30”.")
    return Card(title, (Text(note), table, Actions(_buttons(project, workspace, reader, offers, may_change))))


def project_rows(
    about: About, place: str, next_off: tuple[date, str] | None, reader: Reader
) -> tuple[tuple[RichText, ...], ...]:
    project = about.project
    off = f" · {reader.day(next_off[0])}: {next_off[1]}" if next_off else ""
    holidays = f"{place}{off}" if place else reader.say("not set")
    if project.country == NO_HOLIDAYS:
        holidays = reader.say("none")
    values = (
        (reader.say("Time zone"), project.zone),
        (reader.say("Holidays"), shortened(holidays, 90)),
        (reader.say("Lead"), about.lead),
        (reader.say("Channel"), about.channel or reader.say("none")),
        (reader.say("Digest hour"), clock(project.digest_at)),
    )
    return tuple((plain(label), plain(value)) for label, value in values)


def team_rows(workspace: Workspace, reader: Reader) -> tuple[tuple[RichText, ...], ...]:
    rehearsal = reader.say("on: only leads hear from me") if workspace.rehearsal else reader.say("off: live")
    copies = reader.say("kept") if workspace.keep_evidence else reader.say("not kept")
    values = (
        (reader.say("Language"), workspace.language),
        (reader.say("Rehearsal"), rehearsal),
        (reader.say("Copies of evidence"), copies),
        (reader.say("May mark done"), completing_words(workspace, reader)),
    )
    return tuple((plain(label), plain(value)) for label, value in values)


def team_card(workspace: Workspace, reader: Reader, offers: Offers) -> Card:
    """The team's own settings, where there is no project yet."""
    title = reader.rich("{name}: settings of the team", name=strong(shortened(workspace.name, NAME_ROOM)))
    table = Table((Column(reader.say("Setting")), Column(reader.say("Value"))), team_rows(workspace, reader))
    start = offers.button(reader.say("Start a project"), "project", item="new")
    return Card(title, (table, Actions((start, offers.button(reader.say("Help"), "help")))))


def team_changed_card(workspace: Workspace, undo: str, reader: Reader, offers: Offers) -> Card:
    """What the team is set to now, after a change."""
    title = reader.rich("Noted for {name}.", name=strong(shortened(workspace.name, NAME_ROOM)))
    table = Table((Column(reader.say("Setting")), Column(reader.say("Value"))), team_rows(workspace, reader))
    buttons = (
        offers.button(reader.say("Undo"), "undo", history_id=undo),
        offers.button(reader.say("Settings"), "settings"),
    )
    return Card(title, (table, Actions(buttons)))


def admins_only_card(names: Sequence[str], reader: Reader, offers: Offers) -> Card:
    """The team's settings are the admins'."""
    who = shortened(names[0], 20) if names else reader.say("an admin")
    title = reader.rich("Only {who} (admin) can change that for the team.", who=who)
    show = offers.button(reader.say("Settings"), "settings")
    return Card(title, (Actions((show, offers.button(reader.say("Help"), "help"))),))


def set_up_form(project: Project, options: Sequence[Option], token: str, reader: Reader) -> Form:
    """Everything at once, filled in with what it is now."""
    values = {
        "zone": project.zone,
        "days": week_words(project.week, reader).replace("–", "-"),
        "hours": f"{clock(project.opens)}-{clock(project.closes)}",
        "holidays": holiday_value(project),
        "lead": project.lead_id,
        "digest": clock(project.digest_at),
    }
    fields = tuple(_field(name, values[name], options, reader) for name in FORM_FIELDS)
    return Form(
        title=reader.say("Set up"),
        token=token,
        fields=fields,
        submit=reader.say("Save"),
        cancel=reader.say("Cancel"),
        intro=project.name,
    )


def holiday_value(project: Project) -> str:
    return " ".join(filter(None, (project.country, project.region)))


def likely_values(name: str, project: Project, zone: str, reader: Reader) -> tuple[tuple[str, str], ...]:
    """(label, value) of answers that are likely, three at most."""
    if name == "zone":
        return tuple((z, z) for z in dict.fromkeys((zone, project.zone)))
    if name == "days":
        return ((reader.say("Mon–Fri"), "Mon-Fri"), (reader.say("Mon–Sat"), "Mon-Sat"))
    if name == "hours":
        return (("7:00–16:00", "7:00-16:00"), ("9:00–18:00", "9:00-18:00"))
    if name == "digest":
        return (("8:00", "8:00"), ("9:00", "9:00"))
    return ((reader.say("No holidays"), "none"),) if name == "holidays" else ()


def _field(name: str, value: str, options: Sequence[Option], reader: Reader) -> Field:
    label, hint = reader.say(_LABELS[name]), reader.say(_HINTS[name])
    if name == "lead":
        return Field(OWN + name, label, FieldKind.PERSON, value=value, options=tuple(options))
    return Field(OWN + name, label, value=value, hint=hint, required=name != "holidays", max_length=80)


def _buttons(
    project: Project, workspace: Workspace, reader: Reader, offers: Offers, may_change: bool
) -> tuple[Button, ...]:
    plan = offers.button(reader.say("What is unfinished?"), "plan", project_id=project.id)
    if not may_change:
        return (plan, offers.button(reader.say("Help"), "help"))
    change = offers.button(reader.say("Change…"), "settings", choice="form", project_id=project.id)
    live = offers.button(reader.say("Go live…"), "live")
    return (change, plan, *((live,) if workspace.rehearsal else ()))
