"""What whoever opens an invitation reads: who asks them in, what they will see, why it may be too late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.cards import Actions, Button, Card, RichText, Style, Text, code, strong
from bot.domain.people import Role
from bot.views.inviting import Letter
from bot.views.milestone import shortened
from bot.views.offers import Offers
from bot.views.people_news import in_short, role_word
from bot.wording import N_, Reader

ACCEPT, LANGUAGE, GREET = "accept", "language", "greet"
"""What whoever opened an invitation can do."""
_NAME, _WHAT = 18, 20
_SIGHT = {
    Role.ADMIN: N_("You will see everything here and may change it."),
    Role.LEAD: N_("You will see the team's milestones, and lead projects of your own."),
    Role.MEMBER: N_("You will see the team's milestones; reminders of yours come in your own morning."),
    Role.EXTERNAL: N_(
        "You will see your own milestones and what they wait for. Others see your dates, not your chats."
    ),
    Role.VIEWER: N_("You will see the team's milestones, and change nothing."),
}


def greeting_card(letter: Letter, language: str, reader: Reader, offers: Offers) -> Card:
    """To whoever opened it: who invites, what they will see, how to stop.  Nothing is used up yet."""
    title = reader.rich(
        "{who} invites you to keep dates for {what} with Milepost.",
        who=shortened(letter.inviter, _NAME),
        what=strong(shortened(letter.what, _WHAT)),
    )
    how: dict[str, Any] = {"code": letter.code_hash, "value": language}
    buttons = (
        offers.button(reader.say("Start"), "invite", style=Style.PRIMARY, choice=ACCEPT, **how),
        offers.button(reader.say("Language"), "invite", choice=LANGUAGE, **how),
    )
    stop = reader.rich("Type {stop} whenever you like.", stop=code("stop"))
    return Card(title, (Text(RichText(reader.say(_SIGHT[letter.role]))), Text(stop), Actions(buttons)))


def languages_card(
    letter_hash: str, names: Sequence[tuple[str, str]], language: str, reader: Reader, offers: Offers
) -> Card:
    """(tag, its own name) of the languages to choose from, before anybody joined; or start as it is."""
    title = RichText(reader.say("Which language shall I use with you?"))
    start = offers.button(reader.say("Start"), "invite", style=Style.PRIMARY, choice=ACCEPT, code=letter_hash,
                          value=language)  # fmt: skip
    named = tuple(
        offers.button(name, "invite", choice=GREET, code=letter_hash, value=tag) for tag, name in names
    )
    return Card(title, (Actions((*named, start)),))


def arrived_card(letter: Letter, person: str, reader: Reader, offers: Offers) -> Card:
    """To whoever joined."""
    who, team = strong(shortened(person, 24)), strong(shortened(letter.team, 24))
    title = reader.rich("Here you are {person} of {team}, as {role}.", person=who, team=team,
                        role=role_word(letter.role, reader))  # fmt: skip
    theirs = reader.rich("Yours: {list}.", list=in_short(letter.milestones, reader))
    if not letter.milestones:
        theirs = RichText(reader.say("Nothing is yours yet; what becomes yours comes here."))
    sight = RichText(reader.say(_SIGHT[letter.role]))
    stop = reader.rich("Type {stop} whenever you like.", stop=code("stop"))
    return Card(title, (Text(theirs), Text(sight), Text(stop), Actions(_first_steps(letter, reader, offers))))


def _first_steps(letter: Letter, reader: Reader, offers: Offers) -> tuple[Button, ...]:
    show = tuple(
        offers.button(reader.say("Show {key}", key=m.key), "show", milestone_id=m.id)
        for m in letter.milestones[:1]
    )
    mine = offers.button(reader.say("Mine"), "mine")
    return (*show, mine, offers.button(reader.say("What may I do?"), "whoami"))


def already_here_card(person: str, team: str, reader: Reader, offers: Offers) -> Card:
    who, where = strong(shortened(person, 24)), strong(shortened(team, 24))
    title = reader.rich("You are in {team} already, as {person}.", team=where, person=who)
    note = reader.say("Nothing changed, and the invitation can still be passed on.")
    buttons = (offers.button(reader.say("Mine"), "mine"), offers.button(reader.say("Who am I?"), "whoami"))
    return Card(title, (Text(RichText(note)), Actions(buttons)))


def taken_back_before_card(inviter: str, team: str, reader: Reader) -> Card:
    """To somebody whom the team sent away: an ordinary invitation does not bring them back."""
    title = reader.rich("You were taken out of {team}.", team=strong(shortened(team, 40)))
    note = reader.rich("Only an admin or a lead can invite you again; {who} is neither.", who=inviter)
    return Card(title, (Text(note),))


def used_card(inviter: str, reader: Reader) -> Card:
    return _gone(N_("This invitation was used already: each works once."), inviter, reader)


def expired_card(inviter: str, day: datetime, reader: Reader) -> Card:
    return _gone(N_("This invitation was good until {day}."), inviter, reader, day=reader.since(day))


def revoked_card(inviter: str, reader: Reader) -> Card:
    return _gone(N_("This invitation was taken back, so it opens nothing."), inviter, reader)


def _gone(sentence: str, inviter: str, reader: Reader, **values: str) -> Card:
    title = reader.rich(sentence, **values)
    note = reader.rich("Ask {who} for a new one: it takes a moment, in any chat.", who=inviter)
    return Card(title, (Text(note),))
