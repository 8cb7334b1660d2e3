"""Public holidays by country and region.  The only module that knows the holidays library.

Nothing here is asked again once a project has chosen: the days are copied into the project, so that a new
version of the library moves no plan by itself (docs/decisions/0028).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

YEARS_BACK, YEARS_AHEAD = 1, 5
"""How far the copy reaches: the year before, for days observed early, and as far as people plan."""

_ENGLISH_REGIONS: Mapping[str, Mapping[str, str]] = {
    "DE": {
        "bavaria": "BY",
        "hesse": "HE",
        "lower saxony": "NI",
        "mecklenburg western pomerania": "MV",
        "north rhine westphalia": "NW",
        "rhineland palatinate": "RP",
        "saxony": "SN",
        "saxony anhalt": "ST",
        "thuringia": "TH",
    },
    "AT": {"vienna": "9", "tyrol": "7", "styria": "6", "lower austria": "3", "upper austria": "4"},
}
_WORDS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Where:
    """``country`` ISO 3166-1 alpha-2; ``region`` the library's subdivision code, empty for all of it."""

    country: str
    region: str = ""

    @property
    def label(self) -> str:
        """``Germany, Bayern``."""
        name = _names().get(self.country, self.country)
        return f"{name}, {_region_name(self)}" if self.region else name


def where(words: str) -> Where | None:
    """``DE``, ``Germany``, ``DE Bavaria``, ``de-by``, ``United Kingdom Scotland``; None when unknown."""
    parts = _plain(words).split()
    for count in range(min(len(parts), 6), 0, -1):
        country = _countries().get(" ".join(parts[:count]))
        region = _region(country, " ".join(parts[count:])) if country else None
        if country and region is not None:
            return Where(country, region)
    return None


def regions(country: str) -> tuple[str, ...]:
    """What can follow the country; empty when it has no regions or is unknown."""
    found: tuple[str, ...] = _class(country).subdivisions if country in _names() else ()
    return found


def days_off(place: Where, this_year: int) -> frozenset[date]:
    """From the year before until `YEARS_AHEAD` years on, those observed on another day included."""
    return frozenset(_calendar(place, this_year))


def named_days(place: Where, this_year: int) -> tuple[tuple[date, str], ...]:
    """This year's, with their names, in order."""
    everything = sorted(_calendar(place, this_year).items())
    return tuple((day, name) for day, name in everything if day.year == this_year)


def _calendar(place: Where, this_year: int) -> Mapping[date, str]:
    import holidays

    years = range(this_year - YEARS_BACK, this_year + YEARS_AHEAD + 1)
    found: Mapping[date, str] = holidays.country_holidays(
        place.country, subdiv=place.region or None, years=years, observed=True
    )
    return found


def _region(country: str, words: str) -> str | None:
    """Its code; empty for no words; None when the country has no such region."""
    if not words:
        return ""
    known = _class(country)
    ways: dict[str, str] = {_plain(code): code for code in known.subdivisions}
    ways |= {_plain(name): code for name, code in known.subdivisions_aliases.items()}
    return ways.get(words) or _ENGLISH_REGIONS.get(country, {}).get(words)


def _region_name(place: Where) -> str:
    aliases = _class(place.country).subdivisions_aliases.items()
    return str(next((name for name, code in aliases if code == place.region), place.region))


def _class(country: str) -> Any:
    import holidays

    return holidays.country_holidays(country)


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    """Alpha-2 code by every way to say the country."""
    found: dict[str, str] = {}
    for name, (_, code, *codes) in _registry().items():
        for way in (name, code, *codes):
            found.setdefault(_plain(way.replace("_", " ")), code)
    return found


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    return {code: name.replace("_", " ").title() for name, (_, code, *_rest) in _registry().items()}


def _registry() -> Mapping[str, tuple[str, ...]]:
    from holidays.registry import COUNTRIES

    return COUNTRIES


def _plain(words: str) -> str:
    letters = unicodedata.normalize("NFKD", words).casefold()
    return " ".join(_WORDS.sub(" ", "".join(c for c in letters if not unicodedata.combining(c))).split())
