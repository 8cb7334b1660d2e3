"""What the grammar does not know, asked of dateparser under guard. The only module that uses it.

dateparser answers confidently where people meant no day at all ("M3", "#12", "Q1 2027"), so it only sees
phrases that hold a date word already, and only an answer that names a day is taken.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from bot.domain.people import DateOrder
from bot.language.dates.scanner import figure
from bot.language.dates.values import Candidate, Doubt, Habits, Reading, Status
from bot.language.dates.vocabulary import IGNORED, Token, Vocabulary

_DATE_KINDS = frozenset(
    (
        "weekday",
        "month",
        "day",
        "unit",
        "time",
        "date",
        "numeric",
        "dotted",
        "amount",
        "moment",
        "part",
        "nth",
    )
)
_NOT_A_DATE = re.compile(r"#|^\W*\d+\W*$|\b[a-z]{1,3}\d+\b|\bv\d|\d+\.\d+|\d:\d\d-\d|\d{5}")


def read(
    text: str, now: datetime, habits: Habits, vocabulary: Vocabulary, language: str, span: tuple[int, int]
) -> Reading | None:
    """text in lower case. None when dateparser has nothing that can be trusted."""
    if _NOT_A_DATE.search(text) or not _names_a_date(text, vocabulary):
        return None
    data = _parser(now, habits, language).get_date_data(text)
    found: datetime | None = data.date_obj
    if found is None or "day" not in data.parts or data.period not in ("day", "time"):
        return None
    if found.tzinfo is not None or (found < now and not habits.looks_back):
        return None
    return _reading(found, "time" in data.parts, span)


def _names_a_date(text: str, vocabulary: Vocabulary) -> bool:
    return any(_kind(word, vocabulary) in _DATE_KINDS for word in text.replace(",", " ").split())


def _kind(word: str, vocabulary: Vocabulary) -> str:
    token: Token | None = vocabulary.words.get(word)
    if token is None and word[0].isdigit():
        token = figure(word, vocabulary)
    return (token or IGNORED)[0]


def _parser(now: datetime, habits: Habits, language: str) -> Any:
    # Imported here: it costs a tenth of a second, and most phrases never come this far.
    from dateparser.date import DateDataParser

    order = habits.date_order or DateOrder.DMY
    return DateDataParser(
        languages=[language],
        settings={
            "RELATIVE_BASE": now,
            "PREFER_DATES_FROM": "past" if habits.looks_back else "future",
            "DATE_ORDER": order.value,
            "PREFER_LOCALE_DATE_ORDER": False,
            "STRICT_DATE_ORDER": "all",
        },
    )


def _reading(found: datetime, has_time: bool, span: tuple[int, int]) -> Reading:
    """Always asked, never assumed: there was a word in the phrase that we do not know."""
    return Reading(
        Status.AMBIGUOUS,
        candidates=(Candidate(found.date(), found.time() if has_time else None),),
        span=span,
        doubt=Doubt.VAGUE,
        source="dateparser",
    )
