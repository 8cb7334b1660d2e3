"""Help on one screen: by what somebody wants to do; every line can be copied and works."""

from __future__ import annotations

from bot.cards import Actions, Button, Card, RichText, Text, code, joined, strong
from bot.verbs import Verb
from bot.views.offers import Offers
from bot.views.purposes import OTHER, Group
from bot.views.refusals import starters
from bot.wording import N_, Reader

_MOST_EXAMPLES = 5
_ALL = "all"
_LABELS = {
    "see": N_("See how things stand"),
    "add": N_("Add milestones"),
    "dates": N_("Change dates"),
    "work": N_("Do the work and finish it"),
    "trouble": N_("Say what is in the way"),
    "change": N_("Put things right"),
    "people": N_("People and who may what"),
    "setup": N_("Set up a project or the team"),
    OTHER: N_("And more"),
}
_FIRST_GROUPS = ("add", "dates", "work")


def tasks_card(groups: tuple[Group, ...], reader: Reader, offers: Offers) -> Card:
    """What one can want, each with the verbs for it."""
    title = RichText(reader.say("What do you want to do? For example: help I want to change a date"))
    lines = joined((_task(group, reader) for group in groups), "\n")
    note = reader.say("Say it in any order. Name a milestone by its key, its name, or its card.")
    buttons = tuple(_of(group, reader, offers) for group in groups if group.name in _FIRST_GROUPS)
    everything = offers.button(reader.say("All verbs"), "help", text=_ALL)
    return Card(title, (Text(lines), Text(RichText(note)), Actions((*buttons[:3], everything))))


def group_card(group: Group, reader: Reader, offers: Offers) -> Card:
    """One line per verb of a task."""
    return _lines(RichText(reader.say(_LABELS[group.name])), group.verbs, reader, offers)


def everything_card(verbs: tuple[Verb, ...], reader: Reader, offers: Offers) -> Card:
    """One line per verb: an example, and what it does."""
    title = RichText(reader.say("Everything you can type; the words may come in any order."))
    return _lines(title, verbs, reader, offers)


def found_card(words: str, verbs: tuple[Verb, ...], reader: Reader, offers: Offers) -> Card:
    """What could be meant by "help I want to …"."""
    title = reader.rich("For “{words}” there is:", words=words[:50])
    return _lines(title, verbs, reader, offers)


def verb_card(verb: Verb, reader: Reader, offers: Offers) -> Card:
    """Examples of one verb and the everyday words for it."""
    title = joined((code(f"{verb.name} {verb.usage}".strip()), reader.say(verb.summary)), " · ")
    if len(title.text) > 90:
        title = joined((code(verb.name), reader.say(verb.summary)), " · ")
    examples = Text(joined((code(example) for example in verb.examples[:_MOST_EXAMPLES]), "\n"))
    twins = reader.rich("Also: {words}", words=", ".join(verb.twins)) if verb.twins else RichText()
    more = offers.button(reader.say("What else?"), "help")
    mine = offers.button(reader.say("Mine"), "mine")
    return Card(title, (examples, *((Text(twins, quiet=True),) if twins else ()), Actions((more, mine))))


def _lines(title: RichText, verbs: tuple[Verb, ...], reader: Reader, offers: Offers) -> Card:
    lines = joined((_line(verb, reader) for verb in verbs), "\n")
    return Card(title, (Text(lines), Actions(starters(reader, offers))))


def _task(group: Group, reader: Reader) -> RichText:
    return joined(
        (strong(reader.say(_LABELS[group.name])), joined((code(v.name) for v in group.verbs), ", ")), ": "
    )


def _of(group: Group, reader: Reader, offers: Offers) -> Button:
    return offers.button(reader.say(_LABELS[group.name]), "help", text=group.name)


def _line(verb: Verb, reader: Reader) -> RichText:
    return joined((code(verb.examples[0]), reader.say(verb.summary)), " — ")
