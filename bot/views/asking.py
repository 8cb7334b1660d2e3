"""A proposal as it is read, and the sentences every card about one is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.cards import Actions, Button, Card, RichText, Text, Tone, joined, strong
from bot.domain.milestone import Milestone
from bot.domain.proposal import Proposal
from bot.views.deeds import is_named, would
from bot.views.milestone import HEADLINE_LIMIT, REASON_ROOM, shortened
from bot.wording import Reader

NAME = 20
_WISH = 24


@dataclass(frozen=True, slots=True)
class Asks:
    """A proposal as its decider reads it.  ``by`` the names of everybody who wishes it, first first;
    ``owner`` the name of the owner proposed, ``owns`` of the one there is; ``why_you`` why they decide."""

    proposal: Proposal
    milestone: Milestone
    by: Sequence[str]
    owner: str = ""
    owns: str = ""
    leads: str = ""

    @property
    def day(self) -> date | None:
        raw = str(self.proposal.asked.get("due", ""))
        return date.fromisoformat(raw) if raw else None


def words_said(proposal: Proposal, reader: Reader) -> RichText:
    """Why, in the proposer's own words."""
    reason, answer = quoted(proposal.reason, reader), quoted(proposal.answer, reader)
    return joined((reason, reader.rich("Asked why: {words}", words=answer) if answer else ""), " ")


def wish(asks: Asks, reader: Reader) -> str:
    """The thing proposed in a few words: a date, a person, or what would be done."""
    if asks.day:
        return reader.day(asks.day)
    if asks.owner:
        return shortened(asks.owner, NAME)
    return would(asks.proposal.verb, "", reader)


def detail(asks: Asks, reader: Reader) -> str:
    """What else was said with the verb: a name, a standard, a day."""
    asked, verb = asks.proposal.asked, asks.proposal.verb
    if asks.day or asks.owner:
        return ""
    needs = asked.get("needs")
    said = (
        str(asked.get("value", "")),
        str(asked.get("title", "")),
        ", ".join(map(str, needs)) if isinstance(needs, (list, tuple)) else "",
        _day(str(asked.get("when", "")), reader),
    )
    words = shortened(", ".join(dict.fromkeys(filter(None, said))), REASON_ROOM)
    part = "" if is_named(verb) else str(asked.get("choice", ""))
    name = " ".join(filter(None, (verb, part)))
    return reader.say("{verb}: {words}.", verb=name, words=words) if words else ""


def _day(words: str, reader: Reader) -> str:
    """A date as the reader has it, other words as they are."""
    try:
        return reader.day(date.fromisoformat(words))
    except ValueError:
        return words


def names_of(names: Sequence[str], reader: Reader) -> str:
    first = shortened(names[0] if names else reader.say("someone who left"), NAME)
    return reader.say("{name} and {n} more", name=first, n=len(names) - 1) if len(names) > 1 else first


def quoted(words: str, reader: Reader) -> RichText:
    short = shortened(" ".join(words.split()), REASON_ROOM)
    return reader.rich("“{words}”", words=short) if short else RichText()


def fitted(sentence: str, asks: Asks, reader: Reader, **values: str) -> RichText:
    if "{wish}" in sentence:
        values["wish"] = shortened(wish(asks, reader), NAME if asks.owner else _WISH)
    return about(asks.milestone, sentence, reader, **values)


def about(milestone: Milestone, sentence: str, reader: Reader, **values: str) -> RichText:
    """The milestone's name as long as the line allows; its key alone where even that is too long."""
    room = HEADLINE_LIMIT - len(reader.say(sentence, what="", **values))
    whole = f"{milestone.key} {milestone.title}"
    return reader.rich(sentence, what=strong(shortened(whole, room)), **values)


def card(title: RichText, lines: Sequence[RichText | str], buttons: tuple[Button, ...]) -> Card:
    texts = tuple(Text(RichText() + line) for line in lines if line)
    return Card(title, (*texts, Actions(buttons)), Tone.NEUTRAL)
