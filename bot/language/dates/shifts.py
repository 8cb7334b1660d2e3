"""How far to move a date that exists already: "+3 working days", "2 weeks later", "-2d"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.calendar import Calendar
from bot.errors import MilepostError
from bot.language.dates.amounts import gathered
from bot.language.dates.distances import moved
from bot.language.dates.english import ENGLISH
from bot.language.dates.scanner import may_belong, tidy, tokens
from bot.language.dates.values import PHRASE_LIMIT

_LATER = ("later", "more", "longer", "further")
_EARLIER = ("earlier", "sooner")
_ANOTHER = "another "
_DIRECTIONS = frozenset((*_LATER, *_EARLIER, "another"))


@dataclass(frozen=True, slots=True)
class Shift:
    """amount of unit (day, week, fortnight, month, quarter, half, year, workday); earlier when negative."""

    amount: float
    unit: str

    def from_(self, day: date, calendar: Calendar) -> date | None:
        """None when it leads out of the calendar, or cuts a unit in half."""
        try:
            return moved(day, self.amount, self.unit, calendar)
        except (ValueError, OverflowError, MilepostError):
            return None


def read_shift(phrase: str) -> Shift | None:
    """A distance with a sign or a direction; None for a bare "3 days", which is counted from today."""
    if len(phrase) > PHRASE_LIMIT:
        return None
    text = tidy(phrase).strip().rstrip(".,!")
    sign, bare = _direction(text)
    amount = distance(bare) if sign else None
    return Shift(sign * amount[0], amount[1]) if amount else None


def distance(phrase: str) -> tuple[float, str] | None:
    """Number and unit of a phrase that counts units and says nothing else."""
    if len(phrase) > PHRASE_LIMIT:
        return None
    scanned = tokens(tidy(phrase), ENGLISH)
    joined = gathered(scanned) if scanned else []
    if len(joined) != 1 or joined[0][0] != "amount":
        return None
    number, unit = joined[0][1]
    return None if unit in ("hour", "minute") else (number, unit)


def may_be_dated(word: str) -> bool:
    """Whether a word could stand in a date or a distance; says no to most words at once."""
    text = word.strip("()[],;:!?.\"'+-")
    return may_belong(text, ENGLISH) or text in _DIRECTIONS


def _direction(text: str) -> tuple[int, str]:
    if text[:1] in "+-":
        return (1 if text[:1] == "+" else -1), text[1:].strip()
    if text.startswith(_ANOTHER):
        return 1, "a " + text.removeprefix(_ANOTHER) if text.split()[1:2] != [] else ""
    for words, sign in ((_LATER, 1), (_EARLIER, -1)):
        for word in words:
            if text.endswith(f" {word}"):
                return sign, text.removesuffix(word).strip()
    return 0, text
