"""Answers to setting something for a person: done, not yours, nobody of that name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.cards import Actions, Button, Card, RichText, Text, strong
from bot.domain.people import Role
from bot.views.milestone import NAME_ROOM, shortened
from bot.views.offers import Offers
from bot.views.people_news import role_word
from bot.views.refusals import reading
from bot.wording import N_, Reader

_NAME = 24
_CHANGED: Mapping[str, str] = {
    "name": N_("The name is changed."),
    "deputy": N_("The deputy is changed: reminders go there, too."),
    "department": N_("The department is changed."),
    "language": N_("The language is changed."),
    "zone": N_("The time zone is changed: reminders follow it."),
    "morning": N_("The hour is changed: reminders come then."),
    "days": N_("The working days are changed."),
    "role": N_("The role is changed, at once and everywhere."),
}


def changed_line(part: str, reader: Reader) -> RichText:
    return RichText(reader.say(_CHANGED[part]))


def nobody_card(name: str, reader: Reader, offers: Offers) -> Card:
    title = reader.rich("I don't know anyone called “{name}” here.", name=shortened(name, NAME_ROOM))
    invite = offers.button(reader.say("Invite them"), "invite", title=name)
    return Card(title, (Actions((invite, offers.button(reader.say("Who am I?"), "whoami"))),))


def not_yours_card(is_role: bool, names: Sequence[str], reader: Reader, offers: Offers) -> Card:
    """Who can: by name, where the reader may know names."""
    who = ", ".join(shortened(name, 20) for name in names[:2])
    title = RichText(reader.say("Only an admin or a lead can set that for somebody."))
    if is_role:
        title = RichText(reader.say("Only an admin can give roles."))
    note = (Text(reader.rich("Ask {who}.", who=who)),) if who else ()
    return Card(title, (*note, Actions((_whoami(reader, offers), *reading(reader, offers)[:2]))))


def only_admins_card(name: str, role: Role, names: Sequence[str], reader: Reader, offers: Offers) -> Card:
    """Whose role only an admin gives, only an admin takes out or brings back."""
    who, what = shortened(name, _NAME), role_word(role, reader)
    title = reader.rich("{who} is {role} here, so only an admin can decide that.", who=strong(who), role=what)
    asked = ", ".join(shortened(admin, 20) for admin in names[:2])
    note = (Text(reader.rich("Ask {who}.", who=asked)),) if asked else ()
    return Card(title, (*note, Actions((_whoami(reader, offers), *reading(reader, offers)[:2]))))


def last_admin_card(name: str, reader: Reader, offers: Offers) -> Card:
    title = reader.rich("{who} is the only admin here.", who=strong(shortened(name, NAME_ROOM)))
    note = Text(RichText(reader.say("Make somebody else admin first: person @name role admin.")))
    return Card(title, (note, Actions((_whoami(reader, offers), *reading(reader, offers)[:2]))))


def gone_card(
    name: str, shares: Sequence[tuple[str, int]], undo: str, reader: Reader, offers: Offers
) -> Card:
    """To whoever said that somebody left."""
    title = reader.rich("{who} is not in the team any more.", who=strong(shortened(name, _NAME)))
    went = ", ".join(f"{shortened(taker, _NAME)} {n}" for taker, n in shares[:3])
    words = reader.say("Nothing was open.")
    if went:
        words = reader.say("Open milestones went to: {list}.", list=went)
    back = offers.button(reader.say("Undo"), "undo", history_id=undo)
    everything = offers.button(reader.say("All milestones"), "status")
    return Card(title, (Text(RichText(words)), Actions((back, everything))))


def _whoami(reader: Reader, offers: Offers) -> Button:
    return offers.button(reader.say("What may I do?"), "whoami")
