"""What a change of state asks of somebody else: a yes, another try, a decision about what rests."""

from __future__ import annotations

from bot.cards import Actions, Button, Card, RichText, Style, Text, Tone, strong
from bot.domain.milestone import Milestone
from bot.domain.policy import Target
from bot.views.milestone import HEADLINE_LIMIT, REASON_ROOM, listed, shortened
from bot.views.moves import APPROVE, LONGER, RESUME, SEND_BACK, SUBMIT, Way
from bot.views.offers import Offers
from bot.views.reminders import Why
from bot.wording import N_, Reader

_NAME_ROOM = 30


def review_card(milestone: Milestone, by: str, reader: Reader, offers: Offers, instead_of: str = "") -> Card:
    """To the approver, or to whoever stands in for them: a yes, or what is still to do."""
    when = reader.day_and_distance(milestone.due)
    title = _about(milestone, N_("{what} waits for your yes, due {when}."), reader, when=when)
    asked = reader.rich("{name} handed it in.", name=shortened(by, _NAME_ROOM))
    ways, absent = (APPROVE, SEND_BACK), _why(instead_of, reader) if instead_of else RichText()
    lines = (asked, _proof(milestone, reader), absent)
    return _card(title, lines, _buttons(ways, milestone, reader, offers))


def sent_back_card(
    milestone: Milestone, by: str, reason: str, reader: Reader, offers: Offers, instead_of: str = ""
) -> Card:
    """To the owner: what is missing, and the way to hand it in again."""
    when = reader.day_and_distance(milestone.due)
    title = _about(milestone, N_("{what} was sent back, due {when}."), reader, when=when)
    lines = (_said(by, reason, reader), _why(instead_of, reader))
    ways = (SUBMIT, Way("move", N_("Need longer")))
    return _card(title, lines, _buttons(ways, milestone, reader, offers), Tone.WARNING)


def reopened_card(
    milestone: Milestone, by: str, reason: str, reader: Reader, offers: Offers, instead_of: str = ""
) -> Card:
    """To the owner: it is theirs to finish again."""
    when = reader.day_and_distance(milestone.due)
    title = _about(milestone, N_("{what} is open again, due {when}."), reader, when=when)
    lines = (_said(by, reason, reader), _why(instead_of, reader))
    ways = (Way("done", N_("Done")), Way("move", N_("Need longer")))
    return _card(title, lines, _buttons(ways, milestone, reader, offers), Tone.WARNING)


def hold_over_card(
    milestone: Milestone, reason: str, until: str, reader: Reader, offers: Offers, instead_of: str = ""
) -> Card:
    """To the owner on the day to look again; ``until`` is that day in words."""
    title = _about(milestone, N_("{what} was on hold until {when}. Go on?"), reader, when=until)
    rested = shortened(" ".join(reason.split()), REASON_ROOM)
    lines = (
        _why(instead_of, reader),
        reader.rich("It rested because: {reason}", reason=rested),
        reader.rich("It is due {day}.", day=reader.day_and_distance(milestone.due)),
    )
    ways = (RESUME, LONGER, Way("move", N_("New date")))
    return _card(title, lines, _buttons(ways, milestone, reader, offers), Tone.WARNING)


def missed_card(milestone: Milestone, undo: str, reader: Reader, offers: Offers) -> Card:
    """To the owner and the lead; ``undo`` is the history entry, empty for an owner who may not take it
    back."""
    title = _about(milestone, N_("{what} is missed: {when} is over."), reader, when=reader.day(milestone.due))
    if undo:
        words = reader.say("Nobody said it was done. If it was, undo this, then say when.")
        back = offers.button(reader.say("Undo"), "undo", milestone, history_id=undo)
    else:
        words = reader.say("You own it, and nobody said it was done. If it was, the lead can undo this.")
        back = offers.button(reader.say("Mine"), "mine")
    return _card(title, (RichText(words),), (back, _show(milestone, reader, offers)), Tone.BAD)


def _proof(milestone: Milestone, reader: Reader) -> RichText:
    missing = [c.text for c in milestone.missing]
    if missing:
        return reader.rich("Missing: {list}.", list=listed(missing, reader))
    there = [c.text for c in milestone.criteria]
    return reader.rich("Proved: {list}", list=listed(there, reader)) if there else RichText()


def _why(instead_of: str, reader: Reader) -> RichText:
    """Why it came to whoever reads it."""
    return RichText(Why(Target.OWNER, "", instead_of).words(reader))


def _said(by: str, reason: str, reader: Reader) -> RichText:
    why = shortened(" ".join(reason.split()), REASON_ROOM)
    return reader.rich("{name}: {reason}", name=shortened(by, _NAME_ROOM), reason=why)


def _about(milestone: Milestone, sentence: str, reader: Reader, **values: str) -> RichText:
    """The sentence with the milestone's name in it, shortened so that the line stays a line."""
    taken = len(reader.say(sentence, what=f"{milestone.key} ", **values))
    name = strong(f"{milestone.key} {shortened(milestone.title, HEADLINE_LIMIT - taken)}")
    return reader.rich(sentence, what=name, **values)


def _buttons(
    ways: tuple[Way, ...], milestone: Milestone, reader: Reader, offers: Offers
) -> tuple[Button, ...]:
    first = ways[0].button(milestone, reader, offers, Style.PRIMARY)
    others = (found.button(milestone, reader, offers) for found in ways[1:])
    return (first, *others, _show(milestone, reader, offers))


def _show(milestone: Milestone, reader: Reader, offers: Offers) -> Button:
    return offers.button(reader.say("Show it"), "show", milestone_id=milestone.id)


def _card(
    title: RichText, lines: tuple[RichText, ...], buttons: tuple[Button, ...], tone: Tone = Tone.NEUTRAL
) -> Card:
    return Card(title, (*(Text(line) for line in lines if line), Actions(buttons)), tone)
