"""What proves a milestone, as people write it: a fact, a figure to reach, a document, somebody's yes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from bot.domain.milestone import CriterionKind

_KEY = r"#?[A-Za-z][A-Za-z0-9]{0,9}-[0-9]{1,6}"
_KEY_FIRST = re.compile(rf"({_KEY})(?=[\s:,]|$)[\s:,]*(.*)", re.DOTALL)
_KEY_LAST = re.compile(rf"(.*?)\s+(?:to|for|of|on|in)\s+({_KEY})\s*", re.DOTALL)
_CUT = re.compile(r"[;\n]|,(?!\d)|(?<!\d),")
_FIGURE = r"[-+]?\d[\d.,'  ]*"
_LEAST = r"(?:≥|>=|=>|(?:of )?at least|(?:of )?minimum|min\.?|no less than)"
_NUMBER_LAST = re.compile(rf"(\S.*?)[\s:]*{_LEAST}\s*({_FIGURE})\s*(\S.{{0,19}})?", re.IGNORECASE)
_NUMBER_FIRST = re.compile(rf"{_LEAST}\s*({_FIGURE})\s*(%|‰|€|\$|£)?\s*(\S.*)", re.IGNORECASE)
_DOCUMENT = re.compile(r"(?:document|file|photo|picture|upload|attachment)s?\s*:\s*(\S.*)", re.IGNORECASE)
_APPROVAL = re.compile(
    r"(.*?\b(?:approved|signed off|signed|accepted|released|confirmed|approval|sign-off))"
    r"\s+(?:by|from)\s+(\S.*)",
    re.IGNORECASE,
)
_SAYS_FIGURE = re.compile(
    rf"(\S.*?)\s*(?:\bis now at|\bis now|\bis at|\bis|\bare|\bat|\bnow|=|:)\s*({_FIGURE})\s*(\S.{{0,19}})?",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"\s*({_FIGURE})\s*(\S.{{0,19}})?\s*")
_LONGEST_FIGURE = 15
_LONGEST = 300  # characters of one standard that are looked into
_MOST = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """A standard as written; ``approver`` the words for whose yes it takes, as typed."""

    text: str
    kind: CriterionKind = CriterionKind.BOOLEAN
    target: str = ""
    unit: str = ""
    approver: str = ""


def keyed(text: str) -> tuple[str, str]:
    """(a milestone's key, the rest) when ``text`` begins with one or ends in "to APX-1"; else ("", text)."""
    first = _KEY_FIRST.fullmatch(text.strip())
    if first:
        return first[1].lstrip("#"), first[2].strip()
    last = _KEY_LAST.fullmatch(text.strip())
    return (last[2].lstrip("#"), last[1].strip()) if last else ("", text.strip())


def cut(text: str) -> tuple[str, ...]:
    """A list at its commas, semicolons and line ends; "83,5" is one figure."""
    parts = (part.strip().strip(" .-–•☐").strip() for part in _CUT.split(text))
    return tuple(part for part in parts if part)[:_MOST]


def wanted(text: str) -> Wanted:
    """One standard, taken at its words."""
    said = text.strip()
    if len(said) > _LONGEST:
        return Wanted(said)
    return _document(said) or _number(said) or _approval(said) or Wanted(said)


def figure(text: str) -> str:
    """A decimal as text, whatever separators it was typed with; empty when there is none.

    A comma before exactly three digits groups thousands, any other is a decimal comma.
    """
    found = _ALONE.fullmatch(text)
    return _decimal(found[1]) if found else ""


def reported(text: str) -> tuple[str, str]:
    """(what, figure) of "coverage is 83 %"; two empty strings when it says no such thing."""
    found = _SAYS_FIGURE.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    return (found[1].strip(), _decimal(found[2])) if found and _decimal(found[2]) else ("", "")


def _document(said: str) -> Wanted | None:
    found = _DOCUMENT.fullmatch(said)
    return Wanted(found[1].strip(), CriterionKind.DOCUMENT) if found else None


def _number(said: str) -> Wanted | None:
    if first := _NUMBER_FIRST.fullmatch(said):
        target, unit, text = _decimal(first[1]), first[2] or "", first[3]
    elif last := _NUMBER_LAST.fullmatch(said):
        text, target, unit = last[1], _decimal(last[2]), last[3] or ""
    else:
        return None
    return Wanted(text.strip(), CriterionKind.NUMBER, target, unit.strip()) if target else None


def _approval(said: str) -> Wanted | None:
    found = _APPROVAL.fullmatch(said)
    return Wanted(found[1].strip(), CriterionKind.APPROVAL, approver=found[2].strip(" .")) if found else None


def _decimal(typed: str) -> str:
    digits = re.sub(r"['  ]", "", typed).rstrip(".,")
    try:
        value = Decimal(_with_point(digits))
    except InvalidOperation:
        return ""
    return format(value.normalize(), "f") if len(digits) <= _LONGEST_FIGURE else ""


def _with_point(digits: str) -> str:
    """The last separator is the decimal one, unless it groups thousands."""
    if "," not in digits:
        return digits.replace(".", "") if digits.count(".") > 1 else digits
    if "." in digits:
        thousands, point = (",", ".") if digits.rfind(".") > digits.rfind(",") else (".", ",")
        return digits.replace(thousands, "").replace(point, ".")
    groups = re.fullmatch(r"[-+]?\d{1,3}(?:,\d{3})+", digits)
    return digits.replace(",", "" if groups else ".")
