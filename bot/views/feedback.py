"""What people say about all this: kept, and shown to those who run it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.cards import Actions, Card, RichText, Text, Tone, strong
from bot.domain.feedback import Feedback
from bot.views.milestone import shortened
from bot.views.offers import Offers
from bot.views.refusals import reading
from bot.wording import Reader

_NAME = 20
_SHORT = 300
_LINE = 100


def kept_card(said: Feedback, admins: Sequence[str], reader: Reader, offers: Offers) -> Card:
    """To whoever said it."""
    title = RichText(reader.say("Kept, word for word. Thank you."))
    who = ", ".join(shortened(name, _NAME) for name in admins[:3])
    shown = (
        reader.say("{names} can read it.", names=who) if who else reader.say("Whoever runs me can read it.")
    )
    buttons = (
        offers.button(reader.say("Say more"), "feedback", step="say"),
        offers.button(reader.say("Mine"), "mine"),
    )
    return Card(
        title, (Text(_quoted(said.words, _SHORT, reader)), Text(RichText(shown)), Actions(buttons)), Tone.GOOD
    )


def said_card(said: Feedback, name: str, reader: Reader, offers: Offers) -> Card:
    """To an admin, once."""
    who = strong(shortened(name or reader.say("someone who left"), _NAME))
    title = reader.rich("{name} has feedback for whoever runs me.", name=who)
    why = Text(RichText(reader.say("This comes to you because you are an admin.")))
    buttons = (
        offers.button(reader.say("All feedback"), "feedback"),
        offers.button(reader.say("Mine"), "mine"),
    )
    return Card(title, (Text(_quoted(said.words, _SHORT, reader)), why, Actions(buttons)))


def latest_card(latest: Sequence[Feedback], names: Mapping[str, str], reader: Reader, offers: Offers) -> Card:
    """To an admin: the newest first."""
    say = offers.button(reader.say("Say something"), "feedback", step="say")
    if not latest:
        title = RichText(reader.say("Nobody has said anything yet."))
        note = Text(RichText(reader.say("For example: feedback the digest comes too early")))
        return Card(title, (note, Actions((say, offers.button(reader.say("Mine"), "mine")))))
    title = RichText(
        reader.many("The newest feedback, {n} message", "The newest feedback, {n} messages", len(latest))
    )
    lines = "\n".join(_line(said, names, reader) for said in latest)
    return Card(title, (Text(RichText(lines)), Actions((say, offers.button(reader.say("Mine"), "mine")))))


def enough_card(most: int, admins: Sequence[str], reader: Reader, offers: Offers) -> Card:
    title = reader.rich("{n} words of yours are kept since yesterday: enough for a day.", n=most)
    who = ", ".join(shortened(name, _NAME) for name in admins[:3]) or reader.say("an admin")
    note = reader.rich("Tell {names} directly, or come back tomorrow.", names=who)
    return Card(title, (Text(note), Actions(reading(reader, offers))))


def _quoted(words: str, room: int, reader: Reader) -> RichText:
    return reader.rich("“{words}”", words=shortened(" ".join(words.split()), room))


def _line(said: Feedback, names: Mapping[str, str], reader: Reader) -> str:
    name = names.get(said.by_id) or reader.say("someone who left")
    words = shortened(" ".join(said.words.split()), _LINE)
    return f"{reader.since(said.at)} · {shortened(name, _NAME)}: {words}"
