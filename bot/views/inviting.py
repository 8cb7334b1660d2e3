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
from bot.wording import Reader

REVOKE, LIST, NOT_THEM, ANYWAY = "revoke", "list", "not_them", "anyway"
"""What whoever made it can do."""
_NAME = 18
_MOST = 3


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
    labels = _distinct([_called(letter, reader) for letter in letters[:_MOST]])
    pairs = zip(letters, labels, strict=False)
    revoke = tuple(_revoke(letter, label, reader, offers) for letter, label in pairs)
    return Card(title, (*lines, Actions((*revoke, offers.button(reader.say("Invite somebody"), "invite")))))


def _line(letter: Letter, reader: Reader) -> RichText:
    what = ", ".join(m.key for m in letter.milestones[:_MOST]) or letter.project
    by, until = shortened(letter.inviter, _NAME), reader.since(letter.expires_at)
    parts = (_called(letter, reader), role_word(letter.role, reader), what,
             reader.say("by {who}", who=by), reader.say("until {day}", day=until))  # fmt: skip
    return joined((strong(parts[0]), *parts[1:]), " · ")


def _distinct(names: Sequence[str]) -> list[str]:
    """Each as it is when it stands alone, else with its number."""
    return [f"{name} ({n})" if names.count(name) > 1 else name for n, name in enumerate(names, start=1)]


def _revoke(letter: Letter, label: str, reader: Reader, offers: Offers) -> Button:
    return offers.button(
        reader.say("Revoke {who}", who=label), "invite", choice=REVOKE, code=letter.code_hash
    )


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
