"""A no always says who can, or what would do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.cards import Actions, Button, Card, RichText, Style, Text, strong
from bot.domain.milestone import Milestone, State
from bot.errors import IllegalMove, InvalidMilestone
from bot.views.milestone import HEADLINE_LIMIT, NAME_ROOM, shortened
from bot.views.offers import Offers
from bot.views.questions import leave_button
from bot.wording import N_, Reader

_PERSON_ROOM = 20  # two people and a title in one line
_REASONS = {
    "achieved": N_("{milestone} is achieved already."),
    "closed": N_("{milestone} is closed."),
    "not blocked": N_("{milestone} is not blocked."),
    "impossible": N_("{milestone} can't do that from where it is."),
}
_DOING = {
    "new": N_("Add it"),
    "show": N_("Show it"),
    "status": N_("All milestones"),
    "mine": N_("Mine"),
    "move": N_("Move"),
    "assign": N_("Assign"),
    "done": N_("Done"),
    "block": N_("Blocked"),
    "unblock": N_("Unblock"),
    "undo": N_("Undo"),
    "link": N_("Link"),
    "help": N_("Help"),
}


def not_allowed(milestone: Milestone | None, names: tuple[str, ...], reader: Reader, offers: Offers) -> Card:
    """Who can do it instead, and the milestone to look at."""
    if milestone is None:
        title = RichText(reader.say("Only members of the team can do that. Ask an admin to add you."))
        return Card(title, (Actions(reading(reader, offers)),))
    first, *others = [shortened(name, _PERSON_ROOM) for name in names[:2]] or [reader.say("an admin")]
    who = reader.say("{one} or {other}", one=first, other=others[0]) if others else first
    taken = len(reader.say("Only {who} can change {milestone}.", who=who, milestone=""))
    name = strong(shortened(milestone.title, HEADLINE_LIMIT - taken))
    title = reader.rich("Only {who} can change {milestone}.", who=who, milestone=name)
    way_on = Text(reader.rich("Ask {who}: it is one tap on the milestone's card.", who=first))
    return Card(title, (way_on, Actions((_show(milestone, reader, offers), _mine(reader, offers)))))


def no_longer_here(reader: Reader) -> Card:
    """To somebody who left the team."""
    title = RichText(reader.say("You no longer belong to this team, so I can't show you its dates."))
    return Card(title, (Text(RichText(reader.say("An admin of the team can add you again."))),))


def illegal_move(error: IllegalMove, milestone: Milestone | None, reader: Reader, offers: Offers) -> Card:
    """Why this state cannot become that one, and what can be done from here."""
    name = strong(shortened(milestone.title, NAME_ROOM)) if milestone else reader.rich("This milestone")
    title = reader.rich(_reason(error), milestone=name)
    if milestone is None:
        return Card(title, (Actions(reading(reader, offers)),))
    return Card(title, (Actions((_show(milestone, reader, offers), _mine(reader, offers))),))


def invalid(error: InvalidMilestone, reader: Reader, offers: Offers) -> Card:
    """One sentence per rule broken."""
    words = {
        "title_missing": reader.say("A milestone needs a name: what will be true that day?"),
        "title_too_long": reader.say("That name is too long. Say it in at most 200 characters."),
        "too_many_criteria": reader.say("At most 20 completion standards fit one milestone."),
        "actual_in_future": reader.say("It cannot be finished in the future. Which day was it?"),
        "reason_missing": reader.say("Say in a few words what it waits for."),
        "date_too_far": reader.say("That date is too far away to plan for."),
    }
    title = RichText(words.get(error.code, reader.say("That does not fit a milestone.")))
    return Card(title, (Actions(reading(reader, offers)),))


def not_understood(
    words: str, proposals: tuple[str, ...], meant: Mapping[str, object], reader: Reader, offers: Offers
) -> Card:
    """Unknown words: the nearest verb, ready to run with one tap; else what one can do."""
    said, given = shortened(" ".join(words.split()), 60), dict[str, Any](meant)
    if proposals:
        likely = offers.button(doing(proposals[0], reader), proposals[0], None, Style.PRIMARY, **given)
        others = tuple(offers.button(doing(verb, reader), verb, None, **given) for verb in proposals[1:])
        title = reader.rich("I didn't get “{words}”. Did you mean", words=said)
        return Card(title, (Actions((likely, *others, leave_button(reader, offers))),))
    title = reader.rich("I didn't get “{words}”.", words=said)
    note = Text(RichText(reader.say("I can move a date, tell you what is due, or add a milestone.")))
    return Card(title, (note, Actions(starters(reader, offers))))


def doing(verb: str, reader: Reader) -> str:
    """A verb as the label of the button that does it."""
    return reader.say(_DOING[verb]) if verb in _DOING else verb.capitalize()


def too_long(limit: int, reader: Reader, offers: Offers) -> Card:
    title = reader.rich("That is longer than I can read: at most {limit} characters.", limit=limit)
    note = Text(RichText(reader.say("Say it in one sentence; details can follow.")))
    return Card(title, (note, Actions(starters(reader, offers))))


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


def reading(reader: Reader, offers: Offers) -> tuple[Button, ...]:
    """What everybody may look at."""
    return (
        _mine(reader, offers),
        offers.button(reader.say("All milestones"), "status"),
        offers.button(reader.say("Help"), "help"),
    )


def out_of_date(reader: Reader, offers: Offers | None) -> Card:
    """A button from another time or place; ``offers`` None where nobody knows the sender."""
    title = RichText(reader.say("That button is out of date, so nothing was changed."))
    note = Text(RichText(reader.say("Type “mine” or “status” to see how things stand.")))
    return Card(title, (note, Actions(reading(reader, offers))) if offers else (note,))


def failed(reference: str, reader: Reader) -> Card:
    """Something broke on our side: nothing was saved, and how to ask about it."""
    title = RichText(reader.say("Something went wrong on my side; nothing was changed."))
    return Card(
        title, (Text(reader.rich("Try again. If it stays, give your admin {ref}.", ref=strong(reference))),)
    )


def _show(milestone: Milestone, reader: Reader, offers: Offers) -> Button:
    return offers.button(reader.say("Show it"), "show", milestone_id=milestone.id)


def _mine(reader: Reader, offers: Offers) -> Button:
    return offers.button(reader.say("Mine"), "mine")


def _reason(error: IllegalMove) -> str:
    """A sentence for `Reader.rich`."""
    if error.state == State.ACHIEVED:
        return _REASONS["achieved"]
    if error.state in (State.CANCELLED, State.MISSED):
        return _REASONS["closed"]
    return _REASONS["not blocked" if error.wanted == "unblocked" else "impossible"]
