"""Help on one screen: every line can be copied and works."""

from __future__ import annotations

from bot.cards import Actions, Card, RichText, Text, code, joined
from bot.verbs import Verb
from bot.views.offers import Offers
from bot.views.refusals import starters
from bot.wording import Reader


def everything_card(verbs: tuple[Verb, ...], reader: Reader, offers: Offers) -> Card:
    """One line per verb: an example, and what it does."""
    title = RichText(reader.say("I keep your milestones: one owner, one date, one place."))
    lines = joined((_line(verb, reader) for verb in verbs), "\n")
    note = Text(
        RichText(reader.say("Say it in any order. Name a milestone by its key, its name, or its card."))
    )
    return Card(title, (Text(lines), note, Actions(starters(reader, offers)[:3])))


def verb_card(verb: Verb, reader: Reader, offers: Offers) -> Card:
    """Examples of one verb and the everyday words for it."""
    title = joined((code(f"{verb.name} {verb.usage}".strip()), reader.say(verb.summary)), " · ")
    examples = Text(joined((code(example) for example in verb.examples), "\n"))
    twins = reader.rich("Also: {words}", words=", ".join(verb.twins)) if verb.twins else RichText()
    more = offers.button(reader.say("All verbs"), "help")
    mine = offers.button(reader.say("Mine"), "mine")
    return Card(title, (examples, *((Text(twins, quiet=True),) if twins else ()), Actions((more, mine))))


def _line(verb: Verb, reader: Reader) -> RichText:
    return joined((code(verb.examples[0]), reader.say(verb.summary)), " — ")
