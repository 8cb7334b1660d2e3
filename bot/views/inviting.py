"""Invitations: what is passed on, what whoever opens it reads, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.cards import Actions, Button, Card, Picture, RichText, Style, Text, code, joined, link, strong
from bot.domain.milestone import Milestone
from bot.domain.people import Role
from bot.domain.scannable import Scannable
from bot.views.milestone import shortened
from bot.views.offers import Offers
from bot.views.people_news import in_short, role_word
from bot.wording import N_, Reader

ACCEPT, LANGUAGE, GREET = "accept", "language", "greet"
"""What whoever opened an invitation can do."""
REVOKE, LIST, NOT_THEM, ANYWAY = "revoke", "list", "not_them", "anyway"
"""What whoever made it can do."""
_NAME, _WHAT = 18, 20
_MOST = 3
_SIGHT = {
    Role.ADMIN: N_("You will see everything here and may change it."),
    Role.LEAD: N_("You will see the team's milestones, and lead projects of your own."),
    Role.MEMBER: N_("You will see the team's milestones; reminders of yours come in your own morning."),
    Role.EXTERNAL: N_(
        "You will see your own milestones and what they wait for. Others see your dates, not your chats."
    ),
    Role.VIEWER: N_("You will see the team's milestones, and change nothing."),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """An invitation as people read it.  ``secret`` and ``address`` (a link that opens a platform, or empty)
    are known only while it is being made."""

    role: Role
    name: str
    team: str
    project: str
    inviter: str
    expires_at: datetime
    code_hash: str
    milestones: tuple[Milestone, ...] = ()
    secret: str = ""
    address: str = ""

    @property
    def what(self) -> str:
        return self.project or self.team


def letter_card(letter: Letter, reader: Reader, offers: Offers) -> Card:
    """To whoever invites: the link, the same as a picture, and the way to take it back."""
    until = reader.since(letter.expires_at)
    title = reader.rich("Pass this on: it works once, until {day}.", day=until)
    if letter.name:
        who = strong(shortened(letter.name, _NAME))
        title = reader.rich("Pass this on to {who}: it works once, until {day}.", who=who, day=until)
    buttons = (
        offers.button(reader.say("Revoke"), "invite", choice=REVOKE, code=letter.code_hash),
        offers.button(reader.say("Open invitations"), "invite", choice=LIST),
        offers.button(reader.say("Another"), "invite"),
    )
    blocks = (*_way_in(letter, reader), Text(_meant(letter, reader)))
    return Card(title, (*blocks, *_picture(letter, reader), Actions(buttons)))


def _way_in(letter: Letter, reader: Reader) -> tuple[Text, ...]:
    if letter.address:
        return (Text(link(letter.address, letter.address)),)
    how = reader.rich("In Telegram, Slack or on the web page, send me {code}",
                      code=code(f"link {letter.secret}"))  # fmt: skip
    return (Text(how),)


def _meant(letter: Letter, reader: Reader) -> RichText:
    what = in_short(letter.milestones, reader) if letter.milestones else RichText(letter.project)
    words = reader.rich("They join as {role}.", role=role_word(letter.role, reader))
    if what:
        words = reader.rich(
            "They join as {role}, for {what}.", role=role_word(letter.role, reader), what=what
        )
    if letter.role is Role.EXTERNAL:
        words = words + " " + reader.say("They see what is theirs and nobody's name.")
    return words


def _picture(letter: Letter, reader: Reader) -> tuple[Picture, ...]:
    if not letter.address:
        return ()
    alt = reader.say("Code to scan: it opens the invitation until {day}", day=reader.since(letter.expires_at))
    return (Picture(Scannable(letter.address), alt, letter.address),)


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
    letter_hash: str, names: Sequence[tuple[str, str]], reader: Reader, offers: Offers
) -> Card:
    """(tag, its own name) of each language there is, before anybody joined."""
    title = RichText(reader.say("Which language shall I use with you?"))
    buttons = tuple(
        offers.button(name, "invite", choice=GREET, code=letter_hash, value=tag) for tag, name in names
    )
    return Card(title, (Actions(buttons),))


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


def list_card(letters: Sequence[Letter], reader: Reader, offers: Offers) -> Card:
    """Open invitations, those that end last first, each with its way to be taken back."""
    if not letters:
        title = RichText(reader.say("No invitation is open."))
        add = offers.button(reader.say("Invite somebody"), "invite")
        return Card(title, (Actions((add, offers.button(reader.say("Mine"), "mine"))),))
    title = RichText(reader.many("{n} invitation is open.", "{n} invitations are open.", len(letters)))
    lines = [Text(_line(letter, reader)) for letter in letters[:_MOST]]
    if len(letters) > _MOST:
        left = len(letters) - _MOST
        lines[-1] = Text(lines[-1].body + " · " + reader.many("and {n} more", "and {n} more", left))
    revoke = tuple(_revoke(letter, reader, offers) for letter in letters[:_MOST])
    return Card(title, (*lines, Actions((*revoke, offers.button(reader.say("Invite somebody"), "invite")))))


def _line(letter: Letter, reader: Reader) -> RichText:
    what = ", ".join(m.key for m in letter.milestones[:_MOST]) or letter.project
    by, until = shortened(letter.inviter, _NAME), reader.since(letter.expires_at)
    parts = (_called(letter, reader), role_word(letter.role, reader), what,
             reader.say("by {who}", who=by), reader.say("until {day}", day=until))  # fmt: skip
    return joined((strong(parts[0]), *parts[1:]), " · ")


def _revoke(letter: Letter, reader: Reader, offers: Offers) -> Button:
    label = reader.say("Revoke {who}", who=_called(letter, reader))
    return offers.button(label, "invite", choice=REVOKE, code=letter.code_hash)


def _called(letter: Letter, reader: Reader) -> str:
    return shortened(letter.name, _NAME) or reader.say("somebody new")


def taken_back_card(name: str, reader: Reader, offers: Offers) -> Card:
    title = RichText(reader.say("Revoked: that invitation opens nothing any more."))
    if name:
        who = strong(shortened(name, _NAME))
        title = reader.rich("Revoked: the invitation for {who} opens nothing any more.", who=who)
    return Card(title, (Actions(_after(reader, offers)),))


def too_late_card(person: str, code_hash: str, reader: Reader, offers: Offers) -> Card:
    """Taking back what was used, revoked or too old already."""
    title = RichText(reader.say("That invitation is not open any more."))
    if not person:
        return Card(title, (Actions(_after(reader, offers)),))
    note = reader.rich("{who} joined by it.", who=strong(shortened(person, 40)))
    wrong = offers.button(
        reader.say("Not them"), "invite", style=Style.DANGER, choice=NOT_THEM, code=code_hash
    )
    return Card(title, (Text(note), Actions((wrong, *_after(reader, offers)))))


def sent_away_card(person: str, given_back: int, undo: str, reader: Reader, offers: Offers) -> Card:
    """After *Not them*."""
    title = reader.rich("{who} is out, and that link is dead.", who=strong(shortened(person, 40)))
    words = reader.many("{n} milestone went back.", "{n} milestones went back.", given_back)
    note = (Text(RichText(words)),) if given_back else ()
    back = offers.button(reader.say("Undo"), "undo", history_id=undo)
    new = offers.button(reader.say("New invitation"), "invite", style=Style.PRIMARY)
    return Card(title, (*note, Actions((new, back))))


def here_already_card(
    person_id: str,
    name: str,
    milestones: Sequence[Milestone],
    again: dict[str, Any],
    reader: Reader,
    offers: Offers,
) -> Card:
    """Inviting somebody by the name of a colleague."""
    title = reader.rich("{who} is here already.", who=strong(shortened(name, 40)))
    note = reader.say("They need no invitation. Somebody else of that name does.")
    give = tuple(
        offers.button(reader.say("Give them {key}", key=m.key), "assign", m, owner_id=person_id)
        for m in milestones[:1]
    )
    show = offers.button(reader.say("Show them"), "person", owner_id=person_id)
    other = offers.button(reader.say("Somebody else"), "invite", **again)
    return Card(title, (Text(RichText(note)), Actions((*give, show, other))))


def not_that_role_card(role: Role, again: dict[str, Any], reader: Reader, offers: Offers) -> Card:
    title = reader.rich("Only an admin can invite somebody as {role}.", role=role_word(role, reader))
    note = reader.say("Invite them as a member; an admin can change it later.")
    member = offers.button(reader.say("As member"), "invite", style=Style.PRIMARY, **again)
    return Card(title, (Text(RichText(note)), Actions((member, offers.button(reader.say("Mine"), "mine")))))


def _after(reader: Reader, offers: Offers) -> tuple[Button, ...]:
    another = offers.button(reader.say("New invitation"), "invite")
    return (another, offers.button(reader.say("Open invitations"), "invite", choice=LIST))
