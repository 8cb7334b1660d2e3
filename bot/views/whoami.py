"""Who somebody is here, what they may, when they hear; and what stopping means."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cards import Actions, Button, Card, RichText, Style, Text, joined, strong
from bot.domain.people import Person
from bot.views.milestone import shortened
from bot.views.offers import Offers
from bot.views.people_news import role_word
from bot.wording import N_, Reader

_NAME, _TEAM = 24, 20
_DAYS = {
    0: N_("Mon"), 1: N_("Tue"), 2: N_("Wed"), 3: N_("Thu"), 4: N_("Fri"), 5: N_("Sat"), 6: N_("Sun"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """A person with what else is known of them; ``accounts`` names of platforms, ``deputy`` a name."""

    person: Person
    team: str
    accounts: tuple[str, ...] = ()
    deputy: str = ""
    owned: int = 0


@dataclass(frozen=True, slots=True)
class Rights:
    """What a role may, as source sentences: with ``anything``, with what is ``own``, and ``never``;
    ``leads``: their own also means whatever belongs to a project they lead."""

    anything: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    leads: bool = False


def rights_line(rights: Rights, reader: Reader) -> RichText:
    parts = []
    if rights.anything:
        parts.append(reader.rich("You may {list}.", list=_said(rights.anything, reader)))
    if rights.own and rights.leads:
        parts.append(
            reader.rich("With yours and in projects you lead: {list}.", list=_said(rights.own, reader))
        )
    elif rights.own:
        parts.append(reader.rich("With yours: {list}.", list=_said(rights.own, reader)))
    if rights.never:
        parts.append(reader.rich("Not: {list}.", list=_said(rights.never, reader)))
    return joined(parts, " ")


def _said(sentences: tuple[str, ...], reader: Reader) -> str:
    return ", ".join(reader.say(sentence) for sentence in sentences)


def whoami_card(profile: Profile, rights: Rights, reader: Reader, offers: Offers) -> Card:
    """To the person themselves."""
    person = profile.person
    title = reader.rich(
        "You are {name} of {team}, as {role}.",
        name=strong(shortened(person.name, _NAME)),
        team=strong(shortened(profile.team, _TEAM)),
        role=role_word(person.role, reader),
    )
    lines = (rights_line(rights, reader), RichText(_hears(profile, reader)), _stands_in(profile, reader))
    return Card(title, (*_texts(*lines), Actions(_own_buttons(person, reader, offers))))


def person_card(
    profile: Profile, said: RichText, undo: str, *, may_set: bool, reader: Reader, offers: Offers
) -> Card:
    """Somebody else, or oneself after a change; ``said`` is what just happened."""
    person = profile.person
    title = joined((strong(shortened(person.name, _NAME)), _standing(person, reader)), " · ")
    owned = reader.many("{n} open milestone", "{n} open milestones", profile.owned)
    facts = joined((owned, _stands_in(profile, reader), _hears(profile, reader)), " · ")
    back = (offers.button(reader.say("Undo"), "undo", history_id=undo),) if undo else ()
    buttons = (*back, *(_set_buttons(person, reader, offers) if may_set else ()))
    show = (offers.button(reader.say("Mine"), "mine"), offers.button(reader.say("All milestones"), "status"))
    return Card(title, (*_texts(said, facts), Actions((*buttons, *show)[:4])))


def _standing(person: Person, reader: Reader) -> str:
    if not person.active:
        return reader.say("not here any more")
    parts = (role_word(person.role, reader), shortened(person.department, _TEAM) if person.department else "")
    return ", ".join(filter(None, parts))


def _hears(profile: Profile, reader: Reader) -> str:
    """When and where reminders come."""
    person = profile.person
    if person.stopped:
        return reader.say("Hears nothing from me: asked me to stop.")
    when = f"{person.morning:%H:%M} {person.zone}"
    where = ", ".join(name.capitalize() for name in profile.accounts)
    parts = (when, _week(person.week, reader), where)
    return reader.say("Reminders: {how}.", how=", ".join(filter(None, parts)))


def _week(week: frozenset[int], reader: Reader) -> str:
    days = sorted(week)
    if days == list(range(days[0], days[-1] + 1)) and len(days) > 2:  # a span, not a pair
        return f"{reader.say(_DAYS[days[0]])}–{reader.say(_DAYS[days[-1]])}"
    return " ".join(reader.say(_DAYS[day]) for day in days)


def _stands_in(profile: Profile, reader: Reader) -> RichText:
    until, who = profile.person.deputy_until, profile.deputy
    if not who:
        return RichText()
    if until is None:
        return reader.rich("Deputy: {who}.", who=shortened(who, _NAME))
    return reader.rich("Deputy: {who}, until {day}.", who=shortened(who, _NAME), day=reader.day(until))


def _own_buttons(person: Person, reader: Reader, offers: Offers) -> tuple[Button, ...]:
    if person.stopped:
        hear = offers.button(reader.say("Hear again"), "stop", style=Style.PRIMARY, choice="again")
        return (hear, offers.button(reader.say("Mine"), "mine"))
    return (
        offers.button(reader.say("My hours"), "person", item="morning"),
        offers.button(reader.say("My zone"), "person", item="zone"),
        offers.button(reader.say("Language"), "person", item="language"),
        offers.button(reader.say("Another chat"), "link"),
    )


def _set_buttons(person: Person, reader: Reader, offers: Offers) -> tuple[Button, ...]:
    if not person.active:
        return (offers.button(reader.say("Is back"), "person", owner_id=person.id, item="back"),)
    return (
        offers.button(reader.say("Deputy"), "person", owner_id=person.id, item="deputy"),
        offers.button(reader.say("Role"), "person", owner_id=person.id, item="role"),
        offers.button(reader.say("Has left"), "person", owner_id=person.id, item="left"),
    )


def stopping_card(owned: int, leads: tuple[str, ...], reader: Reader, offers: Offers) -> Card:
    """At once, and what follows from it."""
    title = RichText(reader.say("Stopped: I send you nothing more, here or anywhere."))
    words = reader.say("Nothing is yours, so nobody misses anything.")
    if owned:
        who = ", ".join(shortened(name, _NAME) for name in leads[:2]) or reader.say("the lead")
        words = reader.many(
            "{n} open milestone stays yours; I told {who} that its reminders need another way.",
            "{n} open milestones stay yours; I told {who} that their reminders need another way.",
            owned, who=who,
        )  # fmt: skip
    again = offers.button(reader.say("Hear again"), "stop", choice="again")
    return Card(title, (Text(RichText(words)), Actions((again, offers.button(reader.say("Mine"), "mine")))))


def stopped_already_card(reader: Reader, offers: Offers) -> Card:
    title = RichText(reader.say("You asked me to stop before: I send you nothing."))
    again = offers.button(reader.say("Hear again"), "stop", style=Style.PRIMARY, choice="again")
    return Card(title, (Actions((again, offers.button(reader.say("Mine"), "mine"))),))


def heard_again_card(reader: Reader, offers: Offers) -> Card:
    title = RichText(reader.say("Good: your reminders come again, in your own morning."))
    buttons = (
        offers.button(reader.say("Mine"), "mine"),
        offers.button(reader.say("My hours"), "person", item="morning"),
    )
    return Card(title, (Actions(buttons),))


def _texts(*lines: RichText) -> tuple[Text, ...]:
    return tuple(Text(line) for line in lines if line)
