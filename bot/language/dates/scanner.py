"""A phrase becomes tokens: words from the vocabulary, figures by their form."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from re import Match

from bot.language.dates.vocabulary import IGNORED, Token, Vocabulary

MOST_TOKENS = 12
_LONGEST_FIGURE = 32
_INVISIBLE = (0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_TIDY = (
    dict.fromkeys(_INVISIBLE) | dict.fromkeys(map(ord, "‘’ʼ´"), "'") | dict.fromkeys(map(ord, "–—−‑"), "-")
)
_EDGES_OF_WORD = ".,;:!?()[]\"'“”„«»"


def tidy(text: str) -> str:
    """Lower case, plain quotes and dashes, nothing invisible."""
    return text.lower() if text.isascii() else text.translate(_TIDY).lower()


def tokens(phrase: str, vocabulary: Vocabulary) -> list[Token] | None:
    """Every word of the phrase as a token, or None when one word means nothing here."""
    words = _without_opening(phrase.replace(",", " ").split(), vocabulary)
    if len(words) > MOST_TOKENS * 2:
        return None
    found: list[Token] = []
    at = 0
    while at < len(words):
        token, used = _at(words, at, vocabulary)
        if token is None:
            parts = words[at].strip(_EDGES_OF_WORD).split("-")
            if len(parts) == 1 or not all(part.isalpha() for part in parts):
                return None
            words[at : at + 1] = parts
            continue
        if token is not IGNORED:
            found.append(token)
        at += used
    return None if len(found) > MOST_TOKENS or _only_a_rank(found, phrase) else found


def _only_a_rank(found: list[Token], phrase: str) -> bool:
    """A written "second" alone is no day of the month; "2nd" is."""
    return len(found) == 1 and found[0][0] == "nth" and not any(map(str.isdigit, phrase))


def may_belong(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a tidy word could be part of any date at all: a cheap look before a phrase is tried."""
    if not word or word in vocabulary.words or word in vocabulary.phrases or word in vocabulary.leading:
        return True
    if any(map(str.isdigit, word)):
        return len(word) <= _LONGEST_FIGURE
    first = word.partition("-")[0]
    return first in vocabulary.words or word in vocabulary.later or vocabulary.meant_by(word) is not None


def _without_opening(words: list[str], vocabulary: Vocabulary) -> list[str]:
    rows = vocabulary.leading.get(words[0]) if words else None
    for row in rows or ():
        if tuple(words[: len(row)]) == row:
            return words[len(row) :]
    return words


def _at(words: list[str], at: int, vocabulary: Vocabulary) -> tuple[Token | None, int]:
    word = words[at]
    if word in vocabulary.phrases:
        for row, token in vocabulary.phrases[word]:
            if _continues(words, at, row):
                return token, len(row)
    known = vocabulary.words.get(word)
    if known is not None:
        return known, 1
    if word[0] in "0123456789+'" or word[-1] in "0123456789":
        return figure(word, vocabulary, lapse=at > 0 and words[at - 1] in vocabulary.lapse), 1
    bare = word.strip(_EDGES_OF_WORD)
    if bare != word and bare:
        words[at] = bare
        return _at(words, at, vocabulary)
    return vocabulary.words.get(word.removesuffix("'s")) or vocabulary.meant_by(word), 1


def _continues(words: list[str], at: int, row: tuple[str, ...]) -> bool:
    return all(
        at + i < len(words) and (words[at + i] == wanted or words[at + i].rstrip(_EDGES_OF_WORD) == wanted)
        for i, wanted in enumerate(row)
    )


# --- figures --------------------------------------------------------------------------------------


def figure(word: str, vocabulary: Vocabulary, lapse: bool = False) -> Token | None:
    """A word with digits, by the first form that fits the whole of it. After "in", 17h is a span."""
    if len(word) < 4 and word.isdecimal():
        return "count", int(word)
    word = word.rstrip(",;:!?)")
    if lapse and (amount := _amount(word, vocabulary)):
        return amount
    for form, make in _FORMS:
        if found := form.fullmatch(word):
            return make(found)
    return _amount(word, vocabulary) or (figure(word[:-1], vocabulary) if word.endswith(".") else None)


def _amount(word: str, vocabulary: Vocabulary) -> Token | None:
    found = _AMOUNT.fullmatch(word)
    kind, unit = vocabulary.words.get(found[2], IGNORED) if found else IGNORED
    return ("amount", (_number(found[1]), unit)) if found and kind == "unit" else None


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _iso(found: Match[str]) -> Token | None:
    try:
        return "date", date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return "impossible", None


def _iso_moment(found: Match[str]) -> Token | None:
    kind, day = _iso(found) or ("impossible", None)
    if kind == "impossible" or not (clock := _clock(int(found[4]), int(found[5]))):
        return "impossible", None
    return "moment", (day, clock, _offset(found[6]))


def _offset(text: str | None) -> timedelta | None:
    if not text:
        return None
    if text == "z":
        return timedelta()
    hours, minutes = int(text[1:3]), int(text[-2:]) if len(text) > 3 else 0
    return timedelta(hours=hours, minutes=minutes) * (-1 if text[0] == "-" else 1)


def _iso_week(found: Match[str]) -> Token | None:
    year, week, day = found["y"] or found["y2"], int(found["w"]), found["d"]
    return "isoweek", (int(year) if year else None, week, int(day) if day else None)


def _numeric(found: Match[str]) -> Token | None:
    return "numeric", (found[1], found[3], found[4], found[2])


def _dotted(found: Match[str]) -> Token | None:
    """28.03. and 28.3.2026 are dates; 3.14 may be a version, 03.14 cannot be a day."""
    return "dotted", (int(found[1]), int(found[2]), found[3] or None)


def _clock(hour: int, minute: int) -> time | None:
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _time(found: Match[str]) -> Token | None:
    clock = _clock(int(found[1]), int(found[2] or 0))
    return ("time", clock) if clock else ("impossible", None)


def _time_ampm(found: Match[str]) -> Token | None:
    hour, minute = int(found[1]), int(found[2] or 0)
    if not 1 <= hour <= 12 or minute > 59:
        return "impossible", None
    return "time", time(hour % 12 + (12 if found[3][0] == "p" else 0), minute)


def _part_of_year(found: Match[str]) -> Token | None:
    letter, n, year = found["letter"], int(found["n"]), found["before"] or found["after"]
    if not 1 <= n <= (4 if letter == "q" else 2):
        return "impossible", None
    full = (int(year) + (2000 if len(year) == 2 else 0)) if year else None
    return ("quarterno" if letter == "q" else "halfno"), (n, full)


_ISO_WEEK = re.compile(r"(?:(?P<y>20\d\d)-?)?(?:w|kw|wk)(?P<w>\d{1,2})(?:-(?P<d>[1-7])|/(?P<y2>20\d\d))?")
_ISO_MOMENT = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)t(\d\d):(\d\d)(?::\d\d(?:\.\d{1,6})?)?(z|[+-]\d\d:?\d\d)?")
_PART_OF_YEAR = re.compile(
    r"(?:(?P<before>20\d\d)-?)?(?P<letter>[qh])(?P<n>\d)(?:[/'-]?(?P<after>20\d\d|\d\d))?"
)
_AMOUNT = re.compile(r"\+?(\d{1,5}(?:\.\d)?)-?([a-z]+)")
_FORMS = (
    (re.compile(r"(\d{1,2})(?:st|nd|rd|th)"), lambda m: ("nth", int(m[1]))),
    (re.compile(r"(\d{4})-(\d\d?)-(\d\d?)"), _iso),
    (re.compile(r"\+?\d{1,3}(?:\.\d)?"), lambda m: ("count", _number(m[0].lstrip("+")))),
    (re.compile(r"(?:19|20|21)\d\d"), lambda m: ("year", int(m[0]))),
    (re.compile(r"'(\d\d)"), lambda m: ("year", 2000 + int(m[1]))),
    (re.compile(r"(\d{1,2}):(\d\d)"), _time),
    (re.compile(r"(1[3-9]|2[0-3])h()"), _time),
    (re.compile(r"(\d{1,2})h(\d\d)"), _time),
    (re.compile(r"(\d{1,2})(?:[:.](\d\d))?(a\.?m\.?|p\.?m\.?)"), _time_ampm),
    (re.compile(r"(\d{1,2})([/-])(\d{1,2})(?:\2(\d\d?|\d{4}))?"), _numeric),
    (re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d\d|\d{4})?"), _dotted),
    (re.compile(r"(\d\d)\.(0\d|1[012])()"), _dotted),
    (re.compile(r"(\d{4})[/.](\d\d?)[/.](\d\d?)"), _iso),
    (_ISO_MOMENT, _iso_moment),
    (_PART_OF_YEAR, _part_of_year),
    (_ISO_WEEK, _iso_week),
)
