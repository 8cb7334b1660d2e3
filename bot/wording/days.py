"""Dates and times in words, by Babel (imported late: start-up does not need it)."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

_PATTERNS = {"en": ("EEE d MMM", "EEE d MMM y"), "de": ("EEE d. MMM", "EEE d. MMM y")}
_KNOWN = _PATTERNS["en"]


@lru_cache(maxsize=4096)
def day_words(day: date, language: str, with_year: bool) -> str:
    """``Fri 13 Mar``, with the year when asked."""
    from babel.dates import format_date

    short, long = _PATTERNS.get(language.replace("_", "-").split("-")[0], _KNOWN)
    return str(format_date(day, long if with_year else short, locale=_locale(language)))


@lru_cache(maxsize=1024)
def month_words(day: date, language: str, with_year: bool) -> str:
    """``Mar``, or ``Mar 2026`` when asked."""
    from babel.dates import format_date

    return str(format_date(day, "LLL y" if with_year else "LLL", locale=_locale(language)))


@lru_cache(maxsize=256)
def weekday_words(day: date, language: str) -> str:
    """``Friday``."""
    from babel.dates import format_date

    return str(format_date(day, "EEEE", locale=_locale(language)))


def clock_words(at: datetime, language: str) -> str:
    """``09:30`` the way the language writes it, without seconds."""
    from babel.dates import format_time

    return str(format_time(at, "HH:mm", locale=_locale(language)))


@lru_cache(maxsize=64)
def _locale(language: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return "en"
