"""What Milepost says of its own accord: reminders, the overdue ladder, assignments, trouble delivering.

The fact first, in at most 90 characters; then at most three lines, one of which says why it came; then
two to four buttons (docs/voice.md, rules 1-3).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.cards import Actions, Button, Card, RichText, Style, Text, Tone, joined, strong
from bot.domain.milestone import Milestone, State
from bot.domain.people import Person
from bot.domain.policy import Target
from bot.views.milestone import HEADLINE_LIMIT, headline, shortened
from bot.views.moves import APPROVE, DONE
from bot.views.offers import Offers
from bot.views.proof import missing_words
from bot.wording import N_, Reader

_NAME_ROOM = 30
_SHORT_NAME = 20  # beside a milestone and its date
_WHY = {
    Target.OWNER: N_("You own it."),
    Target.LEAD: N_("This comes to you because you lead {project}."),
    Target.HEAD: N_("This comes to you because nobody in {project} answered."),
    Target.CHANNEL: N_("This comes here because nobody answered."),
}


@dataclass(frozen=True, slots=True)
class Why:
    """Why this came to whoever reads it.  ``instead_of`` names the person who could not be reached;
    ``woken``: they let it rest until now."""

    target: Target
    project: str
    instead_of: str = ""
    woken: bool = False

    def words(self, reader: Reader) -> str:
        if self.woken:
            return reader.say("You let it rest until today.")
        if self.instead_of:
            return reader.say(
                "{name} cannot be reached, so this comes to you.", name=self.instead_of[:_NAME_ROOM].strip()
            )
        return reader.say(_WHY[self.target], project=self.project)


@dataclass(frozen=True, slots=True)
class Tried:
    """Who was asked before, and when last."""

    names: tuple[str, ...] = ()
    last: datetime | None = None

    def words(self, reader: Reader) -> str:
        if not self.names or self.last is None:
            return ""
        day = reader.since(self.last)
        return reader.say("{names}: asked {day}, no reply yet.", names=_listed(self.names), day=day)


def reminder_card(milestone: Milestone, why: Why, reader: Reader, offers: Offers) -> Card:
    """Before the date: will it hold?"""
    if milestone.due == reader.today:
        sentence, when = N_("{what} is due today, {when}. Is it done?"), reader.day(milestone.due)
    else:
        sentence, when = N_("{what} is due {when}. Will it hold?"), reader.day_and_distance(milestone.due)
    title = _about(milestone, sentence, reader, when=when)
    buttons = (
        _done(milestone, why, reader, offers, Style.PRIMARY),
        _need_longer(milestone, reader, offers),
        _block(milestone, reader, offers),
        _snooze(milestone, reader, offers),
    )
    because = _missing(milestone, reader, why.words(reader))
    lines = (_full_title(milestone, title), because, _in_the_way(milestone, reader))
    return _card(title, lines, buttons, Tone.WARNING)


def overdue_card(milestone: Milestone, why: Why, tried: Tried, reader: Reader, offers: Offers) -> Card:
    """After the date: to the owner first, then to those above, with what was tried."""
    title = headline(milestone, reader)
    asked = joined((tried.words(reader), why.words(reader)), " ")
    lines = (_full_title(milestone, title), asked, _missing(milestone, reader))
    buttons = (
        offers.button(reader.say("New date"), "move", milestone, Style.PRIMARY),
        _done(milestone, why, reader, offers),
        _last_resort(milestone, why, reader, offers),
        *(() if why.target is Target.CHANNEL else (_snooze(milestone, reader, offers),)),
    )
    return _card(title, lines, buttons, Tone.BAD)


def assignment_card(
    milestone: Milestone, by: str, place: str, reader: Reader, offers: Offers, instead_of: str = ""
) -> Card:
    """To the new owner at once, with where it came from; ``instead_of`` is the owner who cannot be reached,
    when somebody else hears it."""
    when = reader.day_and_distance(milestone.due)
    if instead_of:
        sentence, owner = N_("{owner} owns {what} now, due {when}."), instead_of[:_SHORT_NAME]
        title = _about(milestone, sentence, reader, owner=owner, when=when)
        origin = Why(Target.OWNER, "", instead_of).words(reader)
    else:
        title = _about(milestone, N_("You own {what} now, due {when}."), reader, when=when)
        origin = _origin(by, place, reader)
    missing = _listed_missing(milestone, reader)
    proof = reader.say("To prove: {list}.", list=missing) if missing else ""
    buttons = (
        offers.button(reader.say("Show it"), "show", milestone_id=milestone.id),
        _need_longer(milestone, reader, offers),
        _block(milestone, reader, offers),
    )
    return _card(title, (_full_title(milestone, title), origin, proof), buttons, Tone.NEUTRAL)


def _origin(by: str, place: str, reader: Reader) -> str:
    if not place:
        return reader.say("{name} made you the owner.", name=by[:_NAME_ROOM].strip())
    return reader.say(
        "{name} made you the owner in {place}.", name=by[:_NAME_ROOM].strip(), place=place[:_NAME_ROOM]
    )


def cannot_deliver_card(
    person: Person, platform: str, milestone: Milestone | None, reader: Reader, offers: Offers
) -> Card:
    """To the lead, once a day: whose messages come to them, and what would end it."""
    title = reader.rich(
        "{name} cannot be reached on {platform}: reminders come to you.",
        name=strong(shortened(person.name, _NAME_ROOM)),
        platform=platform.capitalize(),
    )
    remedy = reader.say("They may have left, blocked me or never started me. An invitation ends this.")
    invite = offers.button(reader.say("New invitation"), "link", style=Style.PRIMARY, owner_id=person.id)
    other = (
        offers.button(reader.say("Choose another owner"), "assign", milestone)
        if milestone
        else offers.button(reader.say("All milestones"), "status")
    )
    return _card(title, (remedy,), (invite, other), Tone.WARNING)


def cannot_post_card(milestone: Milestone, place: str, reader: Reader, offers: Offers) -> Card:
    """To whoever asked: the channel refuses the card; the milestone itself is safe."""
    where = place[:_NAME_ROOM] or reader.say("that channel")
    title = _about(milestone, N_("{what} is saved, but I may not post in {place}."), reader, place=where)
    remedy = reader.say("Add me to it and say “show {key}” there: everybody will see it.", key=milestone.key)
    buttons = (
        offers.button(reader.say("Show it"), "show", milestone_id=milestone.id),
        offers.button(reader.say("Mine"), "mine"),
    )
    return _card(title, (remedy,), buttons, Tone.WARNING)


def _card(
    title: RichText, lines: tuple[RichText | str, ...], buttons: tuple[Button, ...], tone: Tone
) -> Card:
    texts = tuple(Text(RichText() + line) for line in lines if line)
    return Card(title, (*texts, Actions(buttons)), tone)


def _about(milestone: Milestone, sentence: str, reader: Reader, **values: str) -> RichText:
    """The sentence with the milestone's name in it, shortened so that the line stays a line."""
    taken = len(reader.say(sentence, what=f"{milestone.key} ", **values))
    name = strong(f"{milestone.key} {shortened(milestone.title, HEADLINE_LIMIT - taken)}")
    return reader.rich(sentence, what=name, **values)


def _full_title(milestone: Milestone, title: RichText) -> str:
    return "" if milestone.title in title.text else milestone.title


def _missing(milestone: Milestone, reader: Reader, before: str = "") -> str:
    missing = _listed_missing(milestone, reader)
    missing = reader.say("Missing: {list}.", list=missing) if missing else ""
    return " ".join(filter(None, (before, missing)))


def _in_the_way(milestone: Milestone, reader: Reader) -> str:
    flag = milestone.blocked
    if not flag:
        return ""
    return reader.say("Blocked since {day}: {reason}", day=reader.since(flag.since), reason=flag.reason[:200])


def _listed_missing(milestone: Milestone, reader: Reader) -> str:
    return _listed(tuple(missing_words(milestone, reader)))


def _listed(words: tuple[str, ...], most: int = 3) -> str:
    left_out = len(words) - most
    return ", ".join(words[:most]) + (f" +{left_out}" if left_out > 0 else "")


def _done(
    milestone: Milestone, why: Why, reader: Reader, offers: Offers, style: Style = Style.DEFAULT
) -> Button:
    """What was handed in is no longer the owner's to finish."""
    if milestone.state is not State.IN_REVIEW:
        return DONE.button(milestone, reader, offers, style)
    if why.target is Target.OWNER and not why.instead_of:
        return offers.button(reader.say("Show it"), "show", milestone_id=milestone.id)
    return APPROVE.button(milestone, reader, offers, style)


def _need_longer(milestone: Milestone, reader: Reader, offers: Offers) -> Button:
    return offers.button(reader.say("Need longer"), "move", milestone)


def _block(milestone: Milestone, reader: Reader, offers: Offers) -> Button:
    if milestone.blocked:
        return offers.button(reader.say("Unblock"), "unblock", milestone)
    return offers.button(reader.say("Blocked"), "block", milestone)


def _snooze(milestone: Milestone, reader: Reader, offers: Offers) -> Button:
    """The reader's own reminders rest; whoever else is told is told as before."""
    return offers.button(reader.say("Snooze"), "snooze", milestone_id=milestone.id)


def _last_resort(milestone: Milestone, why: Why, reader: Reader, offers: Offers) -> Button:
    if why.target is Target.OWNER and not why.instead_of:
        return _block(milestone, reader, offers)
    return offers.button(reader.say("I'll take it"), "assign", milestone, owner="me")
