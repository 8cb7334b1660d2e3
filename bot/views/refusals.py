"""A no always says who can, or what would do."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards import Actions, Button, Card, RichText, Style, Text, strong
from bot.domain.milestone import Milestone, State
from bot.errors import IllegalMove, InvalidMilestone
from bot.views.milestone import shortened
from bot.views.offers import Offers
from bot.wording import Reader


def not_allowed(milestone: Milestone | None, names: tuple[str, ...], reader: Reader, offers: Offers) -> Card:
    """Who can do it instead, and the milestone to look at."""
    if milestone is None:
        title = RichText(reader.say("Only members of the team can do that. Ask an admin to add you."))
        return Card(title, (Actions((offers.button(reader.say("What can I do?"), "help"),)),))
    who = reader.say(" or ").join(names[:2]) or reader.say("an admin")
    title = reader.rich("Only {who} can change {milestone}.", who=who, milestone=strong(milestone.title[:60]))
    way_on = Text(
        reader.rich("Ask {who}, who can do it in one tap from here.", who=names[0] if names else who)
    )
    show = offers.button(reader.say("Show it"), "show", milestone_id=milestone.id)
    return Card(title, (way_on, Actions((show,))))


def illegal_move(error: IllegalMove, milestone: Milestone | None, reader: Reader, offers: Offers) -> Card:
    """Why this state cannot become that one, and what can be done from here."""
    name = strong(milestone.title[:60]) if milestone else RichText(reader.say("This milestone"))
    title = reader.rich(_reason(error), milestone=name)
    if milestone is None:
        return Card(title)
    return Card(title, (Actions((offers.button(reader.say("Show it"), "show", milestone_id=milestone.id),)),))


def invalid(error: InvalidMilestone, reader: Reader) -> Card:
    """One sentence per rule broken."""
    words = {
        "title_missing": reader.say("A milestone needs a name: what will be true that day?"),
        "title_too_long": reader.say("That name is too long. Say it in at most 200 characters."),
        "too_many_criteria": reader.say("At most 20 completion standards fit one milestone."),
        "actual_in_future": reader.say("It cannot be finished in the future. Which day was it?"),
        "reason_missing": reader.say("Say in a few words what it waits for."),
        "date_too_far": reader.say("That date is too far away to plan for."),
    }
    return Card(RichText(words.get(error.code, reader.say("That does not fit a milestone."))))


def not_understood(
    words: str, proposals: tuple[str, ...], meant: Mapping[str, object], reader: Reader, offers: Offers
) -> Card:
    """Unknown words: the nearest verb, ready to run with one tap; else what one can do."""
    title = reader.rich("I didn't get “{words}”.", words=shortened(" ".join(words.split()), 60))
    if proposals:
        likely = offers.button(proposals[0], proposals[0], None, Style.PRIMARY, **meant)
        others = tuple(offers.button(verb, "help", text=verb) for verb in proposals[1:])
        note = Text(RichText(reader.say("Did you mean one of these? Nothing was changed.")))
        return Card(title, (note, Actions((likely, *others))))
    note = Text(RichText(reader.say("I can move a date, tell you what is due, or add a milestone.")))
    return Card(title, (note, Actions(starters(reader, offers))))


def too_long(limit: int, reader: Reader) -> Card:
    title = reader.rich("That is longer than I can read: at most {limit} characters.", limit=limit)
    return Card(title, (Text(RichText(reader.say("Say it in one sentence; details can follow."))),))


def left_alone(reader: Reader, offers: Offers) -> Card:
    """A question taken back."""
    return Card(RichText(reader.say("All right, left as it was.")), (Actions(starters(reader, offers)),))


def starters(reader: Reader, offers: Offers) -> tuple[Button, ...]:
    """Where anybody can begin."""
    return (
        offers.button(reader.say("Mine"), "mine"),
        offers.button(reader.say("All milestones"), "status"),
        offers.button(reader.say("Add…"), "new"),
        offers.button(reader.say("Help"), "help"),
    )


def out_of_date(reader: Reader) -> Card:
    """A button from another time or place."""
    title = RichText(reader.say("That button is out of date, so nothing was changed."))
    return Card(title, (Text(RichText(reader.say("Type “mine” or “status” to see how things stand."))),))


def failed(reference: str, reader: Reader) -> Card:
    """Something broke on our side: nothing was saved, and how to ask about it."""
    title = RichText(reader.say("Something went wrong on my side; nothing was changed."))
    return Card(
        title, (Text(reader.rich("Try again. If it stays, give your admin {ref}.", ref=strong(reference))),)
    )


def _reason(error: IllegalMove) -> str:
    if error.wanted == "unblocked":
        return "{milestone} is not blocked."
    if error.state == State.ACHIEVED:
        return "{milestone} is achieved already."
    if error.state in (State.CANCELLED, State.MISSED):
        return "{milestone} is closed."
    return "{milestone} can't do that from where it is."
