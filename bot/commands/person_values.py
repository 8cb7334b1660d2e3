"""What can be set for a person: how each value is read, and how it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.access import Matter, Rule, may
from bot.cards import RichText
from bot.commands.context import Context
from bot.commands.when import habits
from bot.commands.who import meant
from bot.domain.local_time import local
from bot.domain.people import Person, Role
from bot.language.about_person import deputy_and_day, says_nobody
from bot.language.dates import read
from bot.language.inviting import role_named
from bot.language.set_values import read_clock, read_week, read_zone
from bot.views.milestone import NAME_ROOM, shortened
from bot.views.people_news import role_word
from bot.wording import languages

NAME_LIMIT, DEPARTMENT_LIMIT = 80, 60
_ZONES = ("Europe/Berlin", "Europe/London", "America/New_York")


@dataclass(frozen=True, slots=True)
class Unread:
    """A value nobody could read, and what to say about it."""

    prompt: RichText


Read = Callable[[Context, Person, str], Person | Unread]
Ask = Callable[[Context, Person], tuple[RichText, Sequence[tuple[str, str]]]]


def _unread(ctx: Context, sentence: str, value: str) -> Unread:
    return Unread(ctx.reader.rich(sentence, value=shortened(value, NAME_ROOM)))


def _deputy(ctx: Context, person: Person, value: str) -> Person | Unread:
    who, day = deputy_and_day(value)
    if says_nobody(value):
        return replace(person, deputy_id="", deputy_until=None)
    until = _until(ctx, person, day) if day else None
    if day and until is None:
        return _unread(ctx, "“{value}” is no day to come that I can read.", day)
    found = meant(ctx, who) if who else tuple(filter(None, (_present_deputy(ctx, person),)))
    able = [p for p in found if p.active and p.id != person.id and p.role is not Role.VIEWER]
    if len(able) != 1:
        return _unread(ctx, "“{value}” can't be the deputy here. Who can?", who or value)
    return replace(person, deputy_id=able[0].id, deputy_until=until)


def _present_deputy(ctx: Context, person: Person) -> Person | None:
    return ctx.uow.people.get(ctx.workspace.id, person.deputy_id) if person.deputy_id else None


def _until(ctx: Context, person: Person, words: str) -> date | None:
    """A day from today on."""
    reading = read(words[:64], local(ctx.now, ctx.reader.zone), habits(ctx, person.calendar))
    return reading.date if reading.is_understood and reading.date and reading.date >= ctx.today else None


def _name(ctx: Context, person: Person, value: str) -> Person | Unread:
    return replace(person, name=" ".join(value.split())[:NAME_LIMIT])


def _department(ctx: Context, person: Person, value: str) -> Person | Unread:
    if says_nobody(value):
        return replace(person, department="")
    return replace(person, department=" ".join(value.split())[:DEPARTMENT_LIMIT])


def _language(ctx: Context, person: Person, value: str) -> Person | Unread:
    wanted = value.casefold()
    found = next((tag for tag, name in languages() if wanted in (tag.casefold(), name.casefold())), "")
    return replace(person, language=found) if found else _unread(ctx, "I don't speak “{value}”.", value)


def _zone(ctx: Context, person: Person, value: str) -> Person | Unread:
    found = read_zone(value)
    if not found:
        return _unread(ctx, "I don't know a time zone called “{value}”.", value)
    return replace(person, zone=found)


def _morning(ctx: Context, person: Person, value: str) -> Person | Unread:
    found = read_clock(value)
    return (
        replace(person, morning=found) if found else _unread(ctx, "“{value}” is no hour I can read.", value)
    )


def _days(ctx: Context, person: Person, value: str) -> Person | Unread:
    found = read_week(value)
    return replace(person, week=found) if found else _unread(ctx, "“{value}” is no week I can read.", value)


def _role(ctx: Context, person: Person, value: str) -> Person | Unread:
    """Given by a person, so it no longer follows the platform."""
    found = role_named(value)
    if found is None:
        return _unread(ctx, "There is no role called “{value}”.", value)
    return person if found is person.role else replace(person, role=found, follows=False)


def _ask_deputy(ctx: Context, person: Person) -> tuple[RichText, Sequence[tuple[str, str]]]:
    people = (p for p in ctx.uow.people.all(ctx.workspace.id) if p.active and p.id != person.id)
    offered = [(shortened(p.name, NAME_ROOM), p.name) for p in people if p.role is not Role.VIEWER]
    prompt = ctx.reader.rich(
        "Who stands in for {who}, and until when?", who=shortened(person.name, NAME_ROOM)
    )
    return prompt, [*offered[:2], (ctx.reader.say("Nobody"), "none")]


def _ask_name(ctx: Context, person: Person) -> tuple[RichText, Sequence[tuple[str, str]]]:
    return RichText(ctx.reader.say("Which name?")), ()


def _ask_department(ctx: Context, person: Person) -> tuple[RichText, Sequence[tuple[str, str]]]:
    everybody = ctx.uow.people.all(ctx.workspace.id) if may(ctx.person, Rule.NAMES, Matter()) else ()
    none = (ctx.reader.say("None"), "none")
    known = dict.fromkeys(p.department for p in everybody if p.department)
    return RichText(ctx.reader.say("Which department?")), [*((name, name) for name in list(known)[:2]), none]


def _ask_language(ctx: Context, person: Person) -> tuple[RichText, Sequence[tuple[str, str]]]:
    named = [(name, tag) for tag, name in languages()]
    return RichText(ctx.reader.say("Which language?")), named


def _ask_zone(ctx: Context, person: Person) -> tuple[RichText, Sequence[tuple[str, str]]]:
    zones = dict.fromkeys((ctx.workspace.zone, *_ZONES))
    offered = [(zone.rpartition("/")[2].replace("_", " "), zone) for zone in zones]
    return RichText(ctx.reader.say("Which time zone? The name of a large city nearby will do.")), offered


def _ask_morning(ctx: Context, person: Person) -> tuple[RichText, Sequence[tuple[str, str]]]:
    hours = [(hour, hour) for hour in ("07:00", "08:00", "09:00")]
    return RichText(ctx.reader.say("At what time should reminders come?")), hours


def _ask_days(ctx: Context, person: Person) -> tuple[RichText, Sequence[tuple[str, str]]]:
    weeks = [(week, week) for week in ("Mon-Fri", "Mon-Sat", "Sun-Thu")]
    return RichText(ctx.reader.say("Which days are working days?")), weeks


def _ask_role(ctx: Context, person: Person) -> tuple[RichText, Sequence[tuple[str, str]]]:
    roles = [r for r in (Role.LEAD, Role.MEMBER, Role.EXTERNAL, Role.ADMIN) if r is not person.role]
    prompt = ctx.reader.rich("{who} as what?", who=shortened(person.name, NAME_ROOM))
    return prompt, [(role_word(role, ctx.reader).capitalize(), role.value) for role in roles]


READING: Mapping[str, Read] = {
    "name": _name,
    "deputy": _deputy,
    "department": _department,
    "language": _language,
    "zone": _zone,
    "morning": _morning,
    "days": _days,
    "role": _role,
}
ASKING: Mapping[str, Ask] = {
    "name": _ask_name,
    "deputy": _ask_deputy,
    "department": _ask_department,
    "language": _ask_language,
    "zone": _ask_zone,
    "morning": _ask_morning,
    "days": _ask_days,
    "role": _ask_role,
}
