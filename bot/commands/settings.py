"""What a project can be set to: each setting by its name, how words are read, and how it is told.

``read`` gives the changed project, or a sentence that says why not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import time

from bot.cards import RichText
from bot.commands.context import Context
from bot.commands.when import habits
from bot.commands.who import known_as
from bot.domain import public_holidays
from bot.domain.local_time import local
from bot.domain.people import MOST_GOALS, NO_HOLIDAYS, PROJECT_NAME_LIMIT, SCOPE_LIMIT, Person, Project, Role
from bot.domain.public_holidays import Where
from bot.language.dates import read as read_date
from bot.language.set_values import read_clock, read_hours, read_week, read_zone
from bot.views.milestone import NAME_ROOM, shortened

Read = Callable[[Context, Project, str], Project | RichText]
NONE = frozenset(
    {
        "none",
        "no holidays",
        "no client",
        "no department",
        "no",
        "nothing",
        "nobody",
        "-",
        "–",
        "off",
        "without",
    }
)
REFRESH = "refresh"
_NAME_LIMIT = 80
_REGIONS_ROOM = 32
_BINDING = ("bind", "bind here", "bind this channel", "this channel", "home", "bind to this channel")
_LEADING_ROLES = frozenset({Role.ADMIN, Role.LEAD, Role.MEMBER})


@dataclass(frozen=True, slots=True)
class Setting:
    """``read`` gives the changed project or says why not; `bot.views.settings` asks for it."""

    name: str
    read: Read
    twins: tuple[str, ...] = ()


def _name(ctx: Context, project: Project, words: str) -> Project | RichText:
    name = " ".join(words.split()).lstrip("#").strip()
    if not name:
        return RichText(ctx.reader.say("A project needs a name."))
    if len(name) > PROJECT_NAME_LIMIT:
        return RichText(ctx.reader.say("That name is too long. Say it in at most 80 characters."))
    return replace(project, name=name)


def _scope(ctx: Context, project: Project, words: str) -> Project | RichText:
    scope = " ".join(words.split())
    if len(scope) > SCOPE_LIMIT:
        return RichText(ctx.reader.say("Say it in one sentence of at most 300 characters."))
    return replace(project, scope="" if scope.casefold() in NONE else scope)


def _goals(ctx: Context, project: Project, words: str) -> Project | RichText:
    parts = (" ".join(part.split())[:200] for line in words.splitlines() for part in line.split(";"))
    goals = tuple(dict.fromkeys(part for part in parts if part and part.casefold() not in NONE))
    if len(goals) > MOST_GOALS:
        return RichText(ctx.reader.say("At most 10 goals fit one project."))
    return replace(project, goals=goals)


def _short(field: str) -> Read:
    def read(ctx: Context, project: Project, words: str) -> Project | RichText:
        value = " ".join(words.split())
        if len(value) > _NAME_LIMIT:
            return RichText(ctx.reader.say("That name is too long. Say it in at most 80 characters."))
        changes: dict[str, str] = {field: "" if value.casefold() in NONE else value}
        return replace(project, **changes)  # type: ignore[arg-type]  # one of the fields that hold a name

    return read


def _zone(ctx: Context, project: Project, words: str) -> Project | RichText:
    zone = read_zone(words)
    if zone:
        return replace(project, zone=zone)
    said = shortened(words, NAME_ROOM)
    return ctx.reader.rich("I don't know a time zone called “{words}”. Name a big city near it.", words=said)


def _week(ctx: Context, project: Project, words: str) -> Project | RichText:
    week = read_week(words)
    return replace(project, week=week) if week else _not_read(ctx, words, "Mon-Fri")


def _hours(ctx: Context, project: Project, words: str) -> Project | RichText:
    hours = read_hours(words)
    return replace(project, opens=hours[0], closes=hours[1]) if hours else _not_read(ctx, words, "7:00-16:00")


def _digest(ctx: Context, project: Project, words: str) -> Project | RichText:
    at = read_clock(words.removeprefix("at ").removeprefix("hour "))
    return replace(project, digest_at=at) if at else _not_read(ctx, words, "8:30")


def _holidays(ctx: Context, project: Project, words: str) -> Project | RichText:
    if words.strip().casefold() in NONE:
        return replace(project, country=NO_HOLIDAYS, region="", holidays=frozenset())
    if words.strip().casefold() == REFRESH:
        return _refreshed(ctx, project)
    place = public_holidays.where(words)
    return observing(ctx, project, place) if place else _no_such_place(ctx, words)


def observing(ctx: Context, project: Project, place: Where) -> Project:
    """With a copy of the days off there: a later version of the library changes nothing by itself."""
    days = public_holidays.days_off(place, ctx.today.year)
    return replace(project, country=place.country, region=place.region, holidays=days)


def place_of(project: Project) -> Where | None:
    known = project.country and project.country != NO_HOLIDAYS
    return Where(project.country, project.region) if known else None


def _refreshed(ctx: Context, project: Project) -> Project | RichText:
    place = place_of(project)
    return observing(ctx, project, place) if place else _no_such_place(ctx, "")


def _no_such_place(ctx: Context, words: str) -> RichText:
    country = public_holidays.where(words.split()[0]) if words.split() else None
    regions = public_holidays.regions(country.country) if country else ()
    if country and regions:
        named, known = shortened(country.label, NAME_ROOM), shortened(", ".join(regions), _REGIONS_ROOM)
        return ctx.reader.rich("{country} has the regions {list}.", country=named, list=known)
    said = shortened(words, NAME_ROOM)
    return ctx.reader.rich(
        "I don't know the holidays of “{words}”. Name a country, and its region.", words=said
    )


def _starts(ctx: Context, project: Project, words: str) -> Project | RichText:
    if words.strip().casefold() in NONE:
        return replace(project, starts=None)
    reading = read_date(words, local(ctx.now, ctx.reader.zone), habits(ctx, project.calendar))
    if reading.is_understood and reading.date:
        return replace(project, starts=reading.date)
    return _not_read(ctx, words, ctx.reader.say("3 March"))


def _lead(ctx: Context, project: Project, words: str) -> Project | RichText:
    known = ctx.uow.people.get(ctx.workspace.id, words.strip())
    found = (known,) if known else known_as(ctx, words.strip())
    able = [person for person in found if _can_lead(person)]
    name = shortened(words, NAME_ROOM)
    if len(able) > 1:
        return ctx.reader.rich("“{name}” could be more than one person here. Type the whole name.", name=name)
    if able:
        return replace(project, lead_id=able[0].id)
    if found:
        return ctx.reader.rich("{name} cannot lead a project here.", name=shortened(found[0].name, NAME_ROOM))
    return ctx.reader.rich("I don't know anyone called “{name}” here.", name=name)


def _can_lead(person: Person) -> bool:
    return person.active and person.role in _LEADING_ROLES


def _channel(ctx: Context, project: Project, words: str) -> Project | RichText:
    if words.strip().casefold() in NONE:
        return replace(project, home=None)
    if not ctx.in_group:
        return RichText(ctx.reader.say("Type “project channel here” in the channel that should be its home."))
    return replace(project, home=ctx.place.ref.root)


def _not_read(ctx: Context, words: str, example: str) -> RichText:
    said = shortened(words, NAME_ROOM)
    return ctx.reader.rich("I can't read “{words}”. Say it like “{example}”.", words=said, example=example)


SETTINGS: Mapping[str, Setting] = {
    setting.name: setting
    for setting in (
        Setting("name", _name, ("rename", "rename to", "call it")),
        Setting("scope", _scope, ("is about", "purpose")),
        Setting("goals", _goals, ("goal",)),
        Setting("client", _short("client")),
        Setting("department", _short("department"), ("dept", "team")),
        Setting("lead", _lead, ("led by",)),
        Setting("zone", _zone, ("time zone", "timezone")),
        Setting("days", _week, ("working days", "workdays", "work days", "week", "working week")),
        Setting("hours", _hours, ("site hours", "opening hours", "working hours")),
        Setting("holidays", _holidays, ("holiday", "public holidays", "country", "country and region")),
        Setting("digest", _digest, ("digest at", "digest hour", "summary", "summary at")),
        Setting("start", _starts, ("starts", "start date", "starts on", "begins")),
        Setting("channel", _channel, _BINDING),
    )
}
BRANCHES: Mapping[str, tuple[str, ...]] = {name: setting.twins for name, setting in SETTINGS.items()}


def clock(at: time) -> str:
    """``8:30``."""
    return f"{at.hour}:{at.minute:02}"
