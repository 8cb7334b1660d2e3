"""Sentences and buttons that several questions share."""

from __future__ import annotations

from dataclasses import replace

from bot.cards import Actions, Button, Card, RichText, Text
from bot.views.offers import Offers
from bot.wording import Reader

MOST_BESIDE = 3  # buttons beside the way out
LEAVE = "leave"
"""What the way out of a question does: nothing, and the question no longer waits."""


def another_day(reader: Reader) -> str:
    return reader.say("Or type another day.")


def another_person(reader: Reader) -> str:
    return reader.say("Or type a name.")


def typed_answer(reader: Reader) -> str:
    return reader.say("Type it here, or “leave it”.")


def leave_button(reader: Reader, offers: Offers) -> Button:
    return offers.button(reader.say("Leave it"), LEAVE)


def still_asked(card: Card, reader: Reader, offers: Offers) -> Card:
    """A refused answer: the question behind it waits on, and there is a way out of it."""
    others = tuple(block for block in card.blocks if not isinstance(block, Actions))
    waits = Text(RichText(reader.say("My question still waits for an answer.")))
    buttons = (leave_button(reader, offers), *card.buttons[:MOST_BESIDE])
    return replace(card, blocks=(*others, waits, Actions(buttons)))
