"""An owner who is still to be found: "@Electrician tbd", "Electrician, tbd", "owner to come"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.language.dates import may_be_dated
from bot.language.sentence import Sentence
from bot.language.words import Kind, Word

_TO_COME = (
    r"(?:tbd|tba|tbc|to\s+be\s+(?:decided|named|found|hired|confirmed|announced)|to\s+come|not\s+yet\s+known)"
)
_WORD = r"[^\W\d_][^\s,;:@()\"“”]{0,30}"
_CAPITAL = r"[A-Z][^\s,;:@()\"“”]{0,30}"
_END = rf"[\s,(]*{_TO_COME}\)?(?!\w)"
_SAID = (
    re.compile(rf"\s*(?:\bowner:?\s+)?@(?P<role>{_WORD}(?:\s+{_CAPITAL})?){_END}"),
    re.compile(rf",\s*(?:owner:?\s+)?(?P<role>{_WORD}(?:\s+{_WORD}){{0,3}}?){_END}", re.IGNORECASE),
    re.compile(rf"(?<=\s)(?:owner:?\s+)?(?P<role>{_WORD}){_END}", re.IGNORECASE),
)
_NO_ROLE = frozenset(
    ("by", "due", "on", "for", "until", "till", "before", "date", "deadline", "when", "is", "to", "in")
)
_ANYBODY = frozenset(("owner", "who", "responsible", "someone", "somebody", "anybody"))
ROLE_LIMIT = 60
_KEY = re.compile(r"[^\W\d_]\w{0,15}-\d{1,6}")


def find_role(text: str) -> tuple[str, str]:
    """(who is still to come, the sentence without them); an empty role when nobody is.

    "Owner tbd" names nobody: the role is then the word itself.
    """
    for pattern in _SAID:
        found = pattern.search(text)
        if found and _is_role(found, text):
            role = " ".join(found["role"].split())[:ROLE_LIMIT]
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            named = "" if role.casefold() in _ANYBODY else role
            return named or "owner", " ".join(rest.split()).strip(" ,;")
    return "", text


def _is_role(found: re.Match[str], text: str) -> bool:
    """Not "by 5 May, tbd", nor where the owner is named anyway ("Vendor to be named by Friday @ana")."""
    words = found["role"].casefold().split()
    if not _NO_ROLE.isdisjoint(words) or any(may_be_dated(word) for word in words):
        return False
    return "@" in found[0] or "@" not in text


def implied_filling(words: Sequence[Word]) -> Sentence | None:
    """ "APX-3 electrician is @boris" gives it to them."""
    if not 4 <= len(words) <= 8 or words[-1].kind is not Kind.MENTION or words[-2].plain != "is":
        return None
    key = words[0].text.lstrip("#")
    if not _KEY.fullmatch(key) or any(word.kind is not Kind.WORD for word in words[:-1]):
        return None
    return Sentence(verb="assign", subject=key, owner=words[-1].text, owner_ref=words[-1].person)
