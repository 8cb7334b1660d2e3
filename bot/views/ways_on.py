"""Who can instead, and what could be put to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.cards import Actions, Button, Card, RichText, Style, Text
from bot.domain.milestone import Milestone
from bot.views.deeds import is_named, listed_names, only, would
from bot.views.milestone import shortened
from bot.views.offers import Offers
from bot.views.questions import leave_button
from bot.wording import Reader

_NAME = 20
NEEDS_MORE = frozenset({"move", "assign", "rename"})
"""Verbs that mean nothing without saying to what."""


@dataclass(frozen=True, slots=True)
class Offer:
    """``right`` is the rule asked; ``who`` may do it, first first; ``to`` the name of whom to ask; ``wish``
    what would be proposed, None while it is not whole; ``owner`` the name of the person wished for."""

    milestone: Milestone
    verb: str
    right: str
    who: Sequence[str]
    to: str
    wish: Mapping[str, object] | None
    owner: str = ""


def only_they_can(offer: Offer, reader: Reader, offers: Offers, why: RichText | str = "") -> Card:
    """The fact, the question, and the answers to it."""
    title = only(offer.verb, listed_names(offer.who, reader), offer.milestone, reader)
    texts = tuple(Text(RichText() + line) for line in (why, _question(offer, reader)) if line)
    return Card(title, (*texts, Actions(_buttons(offer, reader, offers))))


def _question(offer: Offer, reader: Reader) -> str:
    name = shortened(offer.to, _NAME)
    if offer.wish is None and offer.verb not in NEEDS_MORE:
        return ""
    due = str(offer.wish.get("due", "")) if offer.wish else ""
    if due:
        day = reader.day(date.fromisoformat(due))
        return reader.say("Shall I propose {day} to {name} for you?", day=day, name=name)
    if offer.wish and offer.owner:
        return reader.say(
            "Shall I propose {owner} to {name} for you?", owner=shortened(offer.owner, _NAME), name=name
        )
    if offer.verb == "move":
        return reader.say("Shall I propose a date to {name} for you?", name=name)
    if offer.verb == "assign":
        return reader.say("Shall I propose somebody to {name} for you?", name=name)
    if is_named(offer.verb):
        return reader.say("Shall I propose to {name} to {do}?", name=name, do=would(offer.verb, "", reader))
    return reader.say("Shall I propose it to {name} for you?", name=name)


def _buttons(offer: Offer, reader: Reader, offers: Offers) -> tuple[Button, ...]:
    other = _other(offer, reader, offers)
    leave = leave_button(reader, offers)
    if offer.wish is None:
        show = offers.button(reader.say("Show it"), "show", milestone_id=offer.milestone.id)
        return (*other, show, leave) if offer.verb in NEEDS_MORE else (show, leave)
    given = {name: value for name, value in offer.wish.items() if name != "milestone_id"}
    send = offers.button(
        reader.say("Propose"),
        "propose",
        style=Style.PRIMARY,
        **{
            **given,
            "milestone_id": offer.milestone.id,
            "what": offer.verb,
            "right": offer.right,
            "step": "settled",
        },  # type: ignore[arg-type]  # JSON values by name
    )
    return (send, *other, leave)


def _other(offer: Offer, reader: Reader, offers: Offers) -> tuple[Button, ...]:
    labels = {
        "move": reader.say("Another date") if offer.wish else reader.say("Propose a date"),
        "assign": reader.say("Another owner") if offer.wish else reader.say("Propose somebody"),
    }
    if offer.verb not in labels:
        return ()
    reason = str(offer.wish.get("reason", "")) if offer.wish else ""
    return (
        offers.button(
            labels[offer.verb],
            "propose",
            milestone_id=offer.milestone.id,
            what=offer.verb,
            reason=reason,
        ),
    )
