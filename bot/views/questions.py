"""Sentences and buttons that several questions share."""

from __future__ import annotations

from bot.cards import Button
from bot.views.offers import Offers
from bot.wording import Reader

LEAVE = "leave"
"""What the way out of a question does: nothing, and the question no longer waits."""


def another_day(reader: Reader) -> str:
    return reader.say("Or type another day.")


def another_person(reader: Reader) -> str:
    return reader.say("Or type a name.")


def leave_button(reader: Reader, offers: Offers) -> Button:
    return offers.button(reader.say("Leave it"), LEAVE)
