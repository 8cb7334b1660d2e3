"""Reading what is said of a person: "@ana deputy @boris until 20 Dec", "zone Berlin", "Boris left"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LIMIT = 300  # characters that are read
PARTS: Mapping[str, Sequence[str]] = {
    "name": ("name to", "name is", "is called"),
    "deputy": ("deputy is", "stand-in", "substitute", "is away"),
    "department": ("dept", "team is"),
    "language": (),
    "zone": ("timezone", "time zone"),
    "morning": ("hour", "reminders at", "reminded at"),
    "days": ("working days", "works", "week"),
    "role": ("role is",),
    "left": ("has left", "is gone", "leaves", "remove"),
    "back": ("is back", "returned", "returns"),
}
_UNTIL = re.compile(r"(?P<who>.*?)(?:^|\s+)(?:until|till|to|through|bis)\s+(?P<day>.+)", re.IGNORECASE)
_NOBODY = frozenset({"none", "nobody", "no one", "no-one", "nothing", "off", "end", "remove", "-"})
_MINE = frozenset({"", "me", "my", "myself", "mine", "i"})


@dataclass(frozen=True, slots=True)
class Said:
    """``who`` as typed, empty for the sender; ``part`` a name of `PARTS`, empty to only look; ``value`` what
    it should become, as typed."""

    who: str = ""
    part: str = ""
    value: str = ""


def about_person(text: str) -> Said:
    """The first part that is named divides who from what."""
    words = text[:LIMIT].split()
    plain = [word.casefold().rstrip(":,") for word in words]
    for at in range(len(words)):
        for way, name in _WAYS:
            if tuple(plain[at : at + len(way)]) == way:
                return Said(_who(words[:at]), name, " ".join(words[at + len(way) :]).strip(" :,"))
    return Said(_who(words))


def deputy_and_day(value: str) -> tuple[str, str]:
    """("@boris", "20 Dec"): who, empty for nobody; until when, empty for until further notice."""
    found = _UNTIL.fullmatch(value.strip())
    who, day = (found["who"], found["day"]) if found else (value, "")
    who = who.strip(" ,:")
    return ("" if who.casefold() in _NOBODY else who), day.strip()


def says_nobody(value: str) -> bool:
    return value.strip().casefold() in _NOBODY


def _who(words: Sequence[str]) -> str:
    said = " ".join(words).strip(" ,:").removesuffix("'s").removesuffix("’s")
    return "" if said.casefold() in _MINE else said


_WAYS = sorted(
    ((tuple(way.split()), name) for name, twins in PARTS.items() for way in (name, *twins)),
    key=lambda pair: -len(pair[0]),
)
