"""A no always says who can, or what would do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.cards import Actions, Button, Card, RichText, Style, Text, strong
from bot.domain.milestone import Milestone
from bot.errors import InvalidMilestone, InvalidProject
from bot.views.deeds import listed_names, only
from bot.views.milestone import shortened
from bot.views.offers import Offers
from bot.views.questions import leave_button
from bot.wording import N_, Reader

_PERSON_ROOM = 20  # two people and a title in one line
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
    "begin": N_("Begin"),
    "submit": N_("Hand in"),
    "approve": N_("Approve"),
    "send-back": N_("Send back"),
    "hold": N_("Put on hold"),
    "resume": N_("Resume"),
    "reopen": N_("Reopen"),
    "drop": N_("Drop"),
    "rename": N_("Rename"),
    "confirm": N_("Plan it"),
    "late": N_("What's late?"),
    "next": N_("What's next?"),
    "link": N_("Link"),
    "help": N_("Help"),
}


def not_allowed(
    milestone: Milestone | None, names: tuple[str, ...], reader: Reader, offers: Offers, verb: str = ""
) -> Card:
    """Who can do it instead, and the milestone to look at; without one, who of the team can."""
    who = listed_names(names, reader)
    if milestone is None:
        return _nothing_of_theirs(names, who, reader, offers)
    title, first = only(verb, who, milestone, reader), shortened(names[0], _PERSON_ROOM) if names else who
    way_on = Text(reader.rich("Ask {who}: it is one tap on the milestone's card.", who=first))
    return Card(title, (way_on, Actions((_show(milestone, reader, offers), _mine(reader, offers)))))


def _nothing_of_theirs(names: tuple[str, ...], who: str, reader: Reader, offers: Offers) -> Card:
    if names:
        title = reader.rich("Only {who} can do that here.", who=who)
        ask = Text(RichText(reader.say("Ask them; or ask an admin for another role.")))
        return Card(title, (ask, Actions(reading(reader, offers))))
    title = RichText(reader.say("Only members of the team can do that. Ask an admin to add you."))
    return Card(title, (Actions(reading(reader, offers)),))


def no_longer_here(reader: Reader) -> Card:
    """To somebody who left the team."""
    title = RichText(reader.say("You no longer belong to this team, so I can't show you its dates."))
    return Card(title, (Text(RichText(reader.say("An admin of the team can add you again."))),))


def invalid(error: InvalidMilestone | InvalidProject, reader: Reader, offers: Offers) -> Card:
    """One sentence per rule broken."""
    words = {
        "title_missing": reader.say("A milestone needs a name: what will be true that day?"),
        "title_too_long": reader.say("That name is too long. Say it in at most 200 characters."),
        "too_many_criteria": reader.say("At most 20 completion standards fit one milestone."),
        "actual_in_future": reader.say("It cannot be finished in the future. Which day was it?"),
        "reason_missing": reader.say("Say in a few words what it waits for."),
        "actual_before_start": reader.say("It cannot be finished before it was begun. Which day was it?"),
        "owner_to_come": reader.say("It needs an owner first: give it to somebody."),
        "approver_is_owner": reader.say("Somebody else has to approve it than the one who owns it."),
        "why_missing": reader.say("Say in a few words why."),
        "review_past": reader.say("It can rest from tomorrow on. Until when?"),
        "criteria_missing": reader.say("Not everything that proves it is there yet."),
        "series_interval": reader.say("Something comes again every 1 or more days, weeks, months or years."),
        "series_too_rare": reader.say("That is too far apart to keep: at most every 60 units, and 30 years."),
        "series_too_often": reader.say("Something can come again 1 to 200 times, or without an end."),
        "series_no_day": reader.say("There is no such day to come again on."),
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


def slow_down(seconds: int, reader: Reader) -> Card:
    """To whoever asks faster than anybody reads."""
    title = RichText(reader.say("That was too much at once; the last thing was not done."))
    note = reader.many("Say it again in {n} second.", "Say it again in {n} seconds.", seconds)
    return Card(title, (Text(RichText(note)),))


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
