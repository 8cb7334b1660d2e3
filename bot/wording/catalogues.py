"""Loading gettext catalogues.  English is the source and needs none."""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path
from string import Formatter

_LOCALES = Path(__file__).with_name("locales")
_DOMAIN = "milepost"


@lru_cache(maxsize=32)
def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue for a BCP 47 tag; falls back to its base language, then to English."""
    wanted = [language.replace("-", "_"), language.split("-")[0].split("_")[0]]
    return gettext.translation(_DOMAIN, _LOCALES, languages=wanted, fallback=True)


@lru_cache(maxsize=2048)
def template(sentence: str) -> tuple[tuple[str, str | None], ...]:
    """(literal text, name of the value after it or None) pairs of a ``{name}`` template."""
    return tuple((text, name) for text, name, _, _ in Formatter().parse(sentence))
