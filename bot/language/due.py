"""The date in a sentence: what announces it, how far it reaches, and which of several is meant.

A title is full of words that a date parser would take ("The 9/11 Report", "Python 3.14", "may need"). So
a date counts only when it is announced or stands at the end, when the whole phrase is one, and when nothing
of the title follows it directly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from bot.language.connectives import Pull
from bot.language.dates import (
    PHRASE_LIMIT,
    Doubt,
    Precision,
    Reading,
    Status,
    distance,
    read_shift,
    recognise,
)
from bot.language.line import Line
from bot.language.words import Kind

_MOST_WORDS = 8
_AROUND = " ,;:!?"
_NEAR_AN_END = 100
"""In a message longer than two hundred words a date is looked for near its beginning and its end."""
_RANK = {Pull.DEADLINE: 3, Pull.TARGET: 3, Pull.MOMENT: 2, Pull.SPAN: 2, Pull.BARE: 1}
_LONG_PERIODS = frozenset((Precision.MONTH, Precision.QUARTER, Precision.HALF, Precision.YEAR))


@dataclass(frozen=True, slots=True)
class Found:
    """Words start to end hold the date and what announces it; phrase is for the date reader."""

    start: int
    end: int
    phrase: str
    pull: Pull


def take_when(line: Line, *, backward: bool = False) -> str:
    """The phrase of the date or distance, its words taken from the line; empty when there is none."""
    found = _shift(line, backward=backward) if not line.names_something_new else None
    found = found or max(_dates(line), key=lambda f: (_RANK[f.pull], f.end, -f.start), default=None)
    found = found or _unreadable(line)
    if found is None:
        return ""
    line.take(found.start, found.end)
    if line.wants_date:
        _take_origin(line)
    return found.phrase.strip(_AROUND)


def _take_origin(line: Line) -> None:
    """As in "from 1 Dec to 8 Dec": where it stood is known already."""
    for at in _spots(line):
        length = line.phrase_at(at, line.speech.origins) if line.is_plain(at, at + 1) else 0
        for found in _longest(line, at, length, Pull.DEADLINE) if length else ():
            line.take(found.start, found.end)
            return


# --- dates ----------------------------------------------------------------------------------------


def _spots(line: Line) -> Iterable[int]:
    count = len(line.words)
    if count <= 2 * _NEAR_AN_END:
        return range(count)
    return chain(range(_NEAR_AN_END), range(count - _NEAR_AN_END, count))


def _dates(line: Line) -> Iterator[Found]:
    for at in _spots(line):
        if not line.is_plain(at, at + 1):
            continue
        length, pull = _announced(line, at)
        if length:
            yield from _longest(line, at, length, pull)
        elif line.dates_reach(at) > at and _may_start_bare(line, at):
            yield from _longest(line, at, 0, Pull.BARE)


def _announced(line: Line, at: int) -> tuple[int, Pull]:
    for phrase, pull in line.speech.dates.items():
        if phrase in line.speech.existing_only and line.names_something_new:
            continue
        if line.says(at, phrase):
            return len(phrase), pull
    return 0, Pull.BARE


def _may_start_bare(line: Line, at: int) -> bool:
    return at == 0 or line.words[at - 1].plain not in line.speech.guards or line.words[at - 1].stops


def _longest(line: Line, start: int, length: int, pull: Pull) -> Iterator[Found]:
    """The longest phrase from here that is a date, ends where something ends, and fits what announced it."""
    opener = tuple(word.plain for word in line.words[start : start + length])
    first = start if opener in line.speech.kept else start + length
    furthest = min(line.dates_reach(start + length), start + length + _MOST_WORDS)
    for end in range(furthest, start + length, -1):
        if not line.is_plain(start, end) or not _ends_well(line, start, end, pull):
            continue
        phrase = line.slice(first, end)
        if _is_date(line, start, end, phrase, pull):
            yield Found(start, end, phrase, pull)
            return


def _ends_well(line: Line, start: int, end: int, pull: Pull) -> bool:
    if pull is Pull.BARE:
        return _only_parts_follow(line, end) or (line.starts_part(end) and _is_own_clause(line, start, end))
    return line.starts_part(end) or (start == 0 and pull is Pull.DEADLINE)


def _is_own_clause(line: Line, start: int, end: int) -> bool:
    return (start == 0 or line.words[start - 1].stops or start - 1 in line.taken) and (
        end == len(line.words) or line.words[end - 1].stops or end in line.taken
    )


def _only_parts_follow(line: Line, end: int) -> bool:
    """Nothing of a title comes after: names, taken words, "please", or what opens the standards."""
    at = end
    while at < len(line.words):
        word = line.words[at]
        if line.phrase_at(at, line.speech.criteria):
            return True
        named = line.person_at(at)
        is_part = at in line.taken or word.kind is Kind.MENTION or word.plain in _closing(line)
        if not named and not is_part:
            return False
        at += named or 1
    return True


def _closing(line: Line) -> frozenset[str]:
    return line.speech.me | line.speech.closings


def _is_date(line: Line, start: int, end: int, phrase: str, pull: Pull) -> bool:
    if len(phrase) > PHRASE_LIMIT:
        return False
    reading = recognise(phrase, line.around.now, line.around.habits)
    if reading.status is Status.NOT_UNDERSTOOD:
        return reading.doubt is Doubt.IMPOSSIBLE and pull in (Pull.DEADLINE, Pull.TARGET)
    match pull:
        case Pull.DEADLINE | Pull.TARGET:
            return True
        case Pull.MOMENT:
            return _names_a_day(reading) and distance(phrase) is None
        case Pull.SPAN:
            return reading.precision is not Precision.YEAR
        case Pull.BARE:
            return _is_bare_date(line, start, end, phrase, reading)


def _names_a_day(reading: Reading) -> bool:
    return reading.doubt is not Doubt.PERIOD


def _is_bare_date(line: Line, start: int, end: int, phrase: str, reading: Reading) -> bool:
    """Unannounced, a clause of its own may be any date; the tail of a title only one that names a day."""
    words = line.words[start:end]
    if words[0].plain in line.speech.never_bare and end - start == 1:
        return False
    if _is_own_clause(line, start, end):
        return start > 0 or end < len(line.words)
    is_shouted = end - start == 1 and words[0].text.isupper() and words[0].text.isalpha()
    return not is_shouted and _names_a_day(reading) and distance(phrase) is None


# --- distances ------------------------------------------------------------------------------------


def _shift(line: Line, *, backward: bool) -> Found | None:
    """As in "by 3 working days", "+2w", "two weeks later": how far to move what exists."""
    for at in _spots(line):
        length = 1 if line.words[at].plain in line.speech.joining else 0
        furthest = min(line.dates_reach(at + length), at + length + _MOST_WORDS)
        for end in range(furthest, at + length, -1):
            if not line.is_plain(at, end) or not line.starts_part(end) or line.is_broken(at, end):
                continue
            may_be_bare = line.wants_date and not _counts_from_today(line, at)
            phrase = _signed(line.slice(at + length, end), backward=backward, may_be_bare=may_be_bare)
            if phrase:
                return Found(at, end, phrase, Pull.TARGET)
    return None


def _counts_from_today(line: Line, at: int) -> bool:
    """As in "in 2 weeks", unlike "by 2 weeks"."""
    return any((word.plain,) in line.speech.kept for word in line.words[max(0, at - 1) : at + 1])


def _signed(phrase: str, *, backward: bool, may_be_bare: bool) -> str:
    """The distance with its sign in front, as `read_shift` takes it; empty when it is none."""
    if shift := read_shift(phrase):
        turned = -shift.amount if backward else shift.amount
        return _said(turned, shift.unit)
    amount = distance(phrase) if may_be_bare else None
    return _said(-amount[0] if backward else amount[0], amount[1]) if amount else ""


_UNITS = {"workday": "working days", "half": "half-years"}


def _said(amount: float, unit: str) -> str:
    return f"{amount:+g} {_UNITS.get(unit, unit + 's')}"


# --- what was meant as a date and is none ---------------------------------------------------------


def _unreadable(line: Line) -> Found | None:
    """As in "by asap", or "to blursday" after a verb that wants a date: kept, to be asked about."""
    for at in _spots(line):
        length, pull = _announced(line, at)
        if not length or pull not in (Pull.DEADLINE, Pull.TARGET) or not line.is_plain(at, at + length + 1):
            continue
        end = _clause_end(line, at + length)
        is_unset = line.words[at + length].plain in line.speech.no_date_yet and end == at + length + 1
        is_target = pull is Pull.TARGET and line.wants_date
        if (is_unset or is_target) and line.slice(at + length, end):
            return Found(at, end, line.slice(at + length, end)[:PHRASE_LIMIT], pull)
    return None


def _clause_end(line: Line, start: int) -> int:
    end = start + 1
    while end < len(line.words) and line.is_plain(end, end + 1) and not line.starts_part(end):
        end += 1
    return end
