"""Sentences that several questions share."""

from __future__ import annotations

from bot.wording import Reader


def another_day(reader: Reader) -> str:
    return reader.say("Or type another day.")


def another_person(reader: Reader) -> str:
    return reader.say("Or type a name.")
