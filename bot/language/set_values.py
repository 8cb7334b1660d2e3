"""Values of settings as people type them: a week, an hour, opening hours, a zone, yes or no."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from functools import lru_cache
from zoneinfo import available_timezones

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORTEST_DAY = 2
_WHOLE_WEEKS = {
    "every day": frozenset(range(7)),
    "all days": frozenset(range(7)),
    "daily": frozenset(range(7)),
    "weekdays": frozenset(range(5)),
}
_SPAN = re.compile(r"\s*(?:-|–|—|\bto\b|\bthrough\b|\buntil\b)\s*")
_LIST = re.compile(r"\s*(?:,|;|&|\band\b|\s)\s*")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|h|uhr|o'clock)?", re.IGNORECASE)
_NOON = 12
_OLD_NAMES = ("Etc/", "posix/", "right/", "SystemV/", "US/", "Canada/", "Brazil/", "Mexico/")
_YES = frozenset({"yes", "on", "true", "keep", "always", "y"})
_NO = frozenset({"no", "off", "false", "don't keep", "dont keep", "do not keep", "never", "n"})


def read_week(text: str) -> frozenset[int] | None:
    """``Mon-Sat``, ``Sun to Thu``, ``Mon, Tue and Fri``; 0 is Monday.  None when it names no week."""
    words = " ".join(text.casefold().replace(".", " ").split())
    if words in _WHOLE_WEEKS:
        return _WHOLE_WEEKS[words]
    found: set[int] = set()
    for part in _LIST.split(_SPAN.sub("-", words)):
        ends = [_day(end) for end in part.split("-")] if part else []
        if len(ends) > 2 or any(end is None for end in ends):
            return None
        found |= _between(*[end for end in ends if end is not None])
    return frozenset(found) or None


def read_clock(text: str) -> time | None:
    """``8:30``, ``8.30``, ``8 am``, ``17h``; None for anything else."""
    said = _CLOCK.fullmatch(text.strip())
    if said is None:
        return None
    hour, minute, half = int(said[1]), int(said[2] or 0), (said[3] or "").casefold()
    if half in ("am", "pm"):
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_hours(text: str) -> tuple[time, time] | None:
    """``7:00-16:00``, ``7 to 16``; None unless the second is later than the first."""
    parts = _SPAN.split(text.strip())
    ends = [read_clock(part) for part in parts] if len(parts) == 2 else []
    first, last = ends if len(ends) == 2 else (None, None)
    return (first, last) if first and last and first < last else None


def read_zone(text: str) -> str:
    """The IANA name for ``Europe/Berlin``, ``berlin`` or ``New York``; empty when there is none such."""
    wanted = "_".join(text.strip().casefold().split())
    return _zones().get(wanted, "") if wanted else ""


def read_switch(text: str) -> bool | None:
    words = " ".join(text.casefold().split())
    return True if words in _YES else False if words in _NO else None


def _day(word: str) -> int | None:
    found = [n for n, name in enumerate(_DAYS) if len(word) >= _SHORTEST_DAY and name.startswith(word)]
    return found[0] if len(found) == 1 else None


def _between(first: int | None = None, last: int | None = None) -> set[int]:
    if first is None:
        return set()
    end = first if last is None else last
    return {(first + n) % 7 for n in range((end - first) % 7 + 1)}


@lru_cache(maxsize=1)
def _zones() -> Mapping[str, str]:
    """By the whole name and by the city alone where only one zone has it."""
    names = sorted(name for name in available_timezones() if "/" in name or name == "UTC")
    cities: dict[str, set[str]] = {}
    for name in names:
        if not name.startswith(_OLD_NAMES):
            cities.setdefault(name.rpartition("/")[2].casefold(), set()).add(name)
    single = {city: next(iter(zones)) for city, zones in cities.items() if len(zones) == 1}
    return single | {name.casefold(): name for name in names}
