"""Gettext catalogues, one ``locales/<language>.po`` each.  English is the source and needs none."""

from __future__ import annotations

import gettext
import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from string import Formatter

LOCALES = Path(__file__).with_name("locales")
_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}")


@lru_cache(maxsize=32)
def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue for a BCP 47 tag; falls back to its base language, then to English."""
    if not _TAG.fullmatch(language):
        return gettext.NullTranslations()
    tag = language.replace("-", "_")
    return next((_read(LOCALES / f"{n}.po") for n in (tag, tag.split("_")[0]) if _has(n)), _ENGLISH)


def languages() -> tuple[tuple[str, str], ...]:
    """(tag, its own name) of every language sentences are said in, English first."""
    from babel import Locale

    tags = ("en", *sorted(path.stem for path in LOCALES.glob("*.po") if path.stem != "en"))
    return tuple(
        (tag.replace("_", "-"), str(Locale.parse(tag).get_display_name(tag)).capitalize()) for tag in tags
    )


@lru_cache(maxsize=2048)
def template(sentence: str) -> tuple[tuple[str, str | None], ...]:
    """(literal text, name of the value after it or None) pairs of a ``{name}`` template."""
    return tuple((text, name) for text, name, _, _ in Formatter().parse(sentence))


_ENGLISH = gettext.NullTranslations()


def _has(name: str) -> bool:
    return (LOCALES / f"{name}.po").is_file()


def _read(path: Path) -> gettext.NullTranslations:
    """Compiled in memory, so that a language is one text file (Babel is imported only for one)."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
