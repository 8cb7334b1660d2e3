"""How often something comes again: "every last Friday", "every month on the 5th, 6 times".

What is found is cut out of the sentence; the rest is read like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.series import Every, Rule
from bot.errors import InvalidMilestone
from bot.language.dates import Habits, read

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_OF_WEEK = "|".join((*_WEEKDAYS, *(day[:3] for day in _WEEKDAYS), "tues", "thur", "thurs"))
_NTHS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_NTH = "|".join(_NTHS)
_UNITS = {
    "day": (Every.DAY, 1), "week": (Every.WEEK, 1), "fortnight": (Every.WEEK, 2), "month": (Every.MONTH, 1),
    "quarter": (Every.MONTH, 3), "half year": (Every.MONTH, 6), "year": (Every.YEAR, 1),
}  # fmt: skip
_UNIT = "|".join(_UNITS)
_ADVERBS = {
    "daily": "day", "weekly": "week", "fortnightly": "fortnight", "monthly": "month", "quarterly": "quarter",
    "yearly": "year", "annually": "year",
}  # fmt: skip
_COUNTS = {"other": 2, "second": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_COUNT = "|".join(_COUNTS)
_OF_MONTH = r"(?:\s+(?:of|in|each|every)(?:\s+(?:the|each|every))?\s+month)?"
_ON = (
    rf"(?:,?\s+on(?:\s+the)?\s+(?:(?P<on_nth>{_NTH})\s+(?P<on_nth_day>{_DAY_OF_WEEK}|working\s+day|workday|day)"
    rf"|(?P<on_day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d/.:-])|(?P<on_weekday>{_DAY_OF_WEEK})s?)\b{_OF_MONTH})?"
)
_EVERY = re.compile(
    rf"(?<!\w)(?:every|each)\s+(?:"
    rf"(?P<nth>{_NTH})\s+(?P<nth_day>{_DAY_OF_WEEK}|working\s+day|workday|day)\b{_OF_MONTH}"
    rf"|(?:(?P<weeks>other|\d{{1,9}}(?:nd|rd|th))\s+)?(?P<weekday>{_DAY_OF_WEEK})s?\b"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b{_OF_MONTH}"
    rf"|(?:(?P<count>-?\d{{1,9}}|{_COUNT})\s+)?(?P<unit>{_UNIT})s?\b{_ON}"
    rf")",
    re.IGNORECASE,
)
_ADVERB = re.compile(
    rf"(?<=\s)(?P<adverb>{'|'.join(_ADVERBS)})(?=\s+on\b|\s*[,;.]|\s*$|\s+(?:@|from\b|until\b|starting\b|by\b)){_ON}",
    re.IGNORECASE,
)
_TIMES = re.compile(r",?\s*(?:(?:for|only)\s+)?(?P<times>-?\d{1,12})\s*(?:times|x)\b", re.IGNORECASE)
_BOUND = r",?\s*\b(?:{words})\s+(?P<phrase>(?:[^\s,;@]+\s*){{1,5}})"
_UNTIL = re.compile(_BOUND.format(words="until|till|up to|ending(?: on)?"), re.IGNORECASE)
_STARTS = re.compile(_BOUND.format(words="starting(?: on)?|beginning(?: on)?|from"), re.IGNORECASE)
_FOLLOWS = re.compile(
    r",?\s*(?:or|else)?\s*(?:the\s+)?(?:next|following)\s+(?:working\s+day|workday)\b", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"“„][^\"”“]*[\"”“]")
_LARGEST = 10**6


@dataclass(frozen=True, slots=True)
class Repeat:
    """``rest``: the sentence without it; ``starts``: the day that was said to begin on."""

    rule: Rule
    rest: str
    starts: date | None = None


def find_repeat(text: str, now: datetime, habits: Habits) -> Repeat | None:
    """None when nothing is to come again.  now: naive local wall clock of the sender.

    Raises `InvalidMilestone` for an interval of nothing, and for more than anybody could mean.
    """
    hidden = _QUOTED.sub(lambda found: "\0" * len(found[0]), text)
    found = _EVERY.search(hidden) or _ADVERB.search(hidden)
    if found is None:
        return None
    rest = text[: found.start()] + " " + text[found.end() :]
    rest, times = _times(rest)
    rest, until = _day_after(_UNTIL, rest, now, habits)
    rest, starts = _day_after(_STARTS, rest, now, habits)
    follows = _FOLLOWS.search(rest)
    rest = _FOLLOWS.sub(" ", rest, count=1) if follows else rest
    rule = replace(_rule(found.groupdict()), times=times, until=until, follows=bool(follows))
    return Repeat(rule, " ".join(rest.split()).strip(" ,;"), starts)


def _rule(said: dict[str, str | None]) -> Rule:
    """Which units, how far apart, on which day of them."""
    if said.get("nth_day"):
        return _nth(Rule(every=Every.MONTH), said["nth"] or "", said["nth_day"] or "")
    if said.get("weekday"):
        apart = _weeks(said.get("weeks"))
        return Rule(every=Every.WEEK, interval=apart, weekday=_weekday(said["weekday"] or ""))
    if said.get("day"):
        return Rule(every=Every.MONTH, day=_day(said["day"] or ""))
    unit = _ADVERBS.get((said.get("adverb") or "").casefold()) or (said.get("unit") or "").casefold()
    every, size = _UNITS[unit]
    rule = Rule(every=every, interval=_count(said.get("count")) * size)
    if said.get("on_nth_day"):
        return _nth(rule, said["on_nth"] or "", said["on_nth_day"] or "")
    if said.get("on_weekday"):
        return replace(rule, weekday=_weekday(said["on_weekday"] or ""), nth=1 if every is Every.MONTH else 0)
    return replace(rule, day=_day(said["on_day"] or "")) if said.get("on_day") else rule


def _nth(rule: Rule, nth: str, day: str) -> Rule:
    """ "Last Friday", "first working day", "last day" of the month."""
    place = _NTHS[nth.casefold()]
    if day.casefold()[:3] in {name[:3] for name in _WEEKDAYS}:
        return replace(rule, weekday=_weekday(day), nth=place)
    follows = place > 0 and "work" in day.casefold()
    return replace(rule, day=31 if place < 0 else place, follows=follows)


def _weeks(word: str | None) -> int:
    """ "Every other Tuesday", "every 3rd Tuesday"."""
    if word is None:
        return 1
    return int("".join(filter(str.isdecimal, word)) or 2)


def _weekday(word: str) -> int:
    return next(n for n, name in enumerate(_WEEKDAYS) if name.startswith(word.casefold()[:3]))


def _day(digits: str) -> int:
    day = int(digits)
    if not 1 <= day <= 31:
        raise InvalidMilestone("series_no_day")
    return day


def _count(word: str | None) -> int:
    if word is None:
        return 1
    return (
        _COUNTS.get(word.casefold()) or int(word) if word.casefold() in _COUNTS else min(int(word), _LARGEST)
    )


def _times(text: str) -> tuple[str, int]:
    found = _TIMES.search(text)
    if found is None:
        return text, 0
    times = int(found["times"])
    if times < 1:
        raise InvalidMilestone("series_too_often")
    return text[: found.start()] + " " + text[found.end() :], times


def _day_after(pattern: re.Pattern[str], text: str, now: datetime, habits: Habits) -> tuple[str, date | None]:
    """The longest run of words behind "until" or "starting" that is a date, cut out."""
    found = pattern.search(text)
    words = found["phrase"].split() if found else []
    for length in range(len(words), 0, -1):
        phrase = " ".join(words[:length])
        reading = read(phrase, now, habits)
        if found and reading.is_understood:
            rest = " ".join(words[length:])
            return f"{text[: found.start()]} {rest} {text[found.end() :]}", reading.date
    return text, None
