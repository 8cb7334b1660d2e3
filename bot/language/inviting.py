"""Reading whom an invitation is for: "Boris as external for APX-4", "a viewer", "revoke"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.people import Role
from bot.language.branches import branch

LIMIT = 200  # characters that are read; a name and what it is for fit many times over
ROLE_WORDS: Mapping[str, Role] = {
    **dict.fromkeys(("admin", "administrator"), Role.ADMIN),
    **dict.fromkeys(("lead", "project lead", "leader"), Role.LEAD),
    **dict.fromkeys(("member", "colleague", "teammate", "team member"), Role.MEMBER),
    **dict.fromkeys(("external", "outsider", "subcontractor", "contractor", "supplier"), Role.EXTERNAL),
    **dict.fromkeys(("sub", "client", "guest", "partner", "outside person"), Role.EXTERNAL),
    **dict.fromkeys(("viewer", "observer", "read only", "read-only", "onlooker"), Role.VIEWER),
}
LIST, REVOKE, ASK = "list", "revoke", ""
_PARTS = {
    LIST: ("open", "invitations", "open invitations", "show"),
    REVOKE: ("cancel", "withdraw", "take back"),
}
_SAID = re.compile(
    r"(?P<name>.*?)(?:\bas\s+(?P<role>[a-z][a-z -]*?))?(?:\b(?:for|to|on)\s+(?P<about>.+))?", re.IGNORECASE
)
_ARTICLES = re.compile(r"(?:an?|the|my|our)\s+", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:,|;|&|\band\b)\s*", re.IGNORECASE)
_KEY = re.compile(r"#?(?:(?P<project>[^\W\d_]\w{0,15})-)?(?P<number>\d{1,6})")
_SOMEBODY = frozenset({"", "someone", "somebody", "someone new", "anyone", "person"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What was said of an invitation; empty where nothing was.  ``part`` is LIST, REVOKE or ASK; ``role``
    None when no known role was named; ``about`` points at milestones or a project."""

    part: str = ASK
    name: str = ""
    role: Role | None = None
    about: str = ""


def wish(text: str) -> Wish:
    part, rest = branch(text[:LIMIT], _PARTS)
    if part:
        return Wish(part, rest.strip().lstrip("@"))
    found = _SAID.fullmatch(" ".join(rest.split()))
    if found is None:
        return Wish()
    name, role = _plain(found["name"]), role_named(found["role"] or "")
    first = role_named(name)
    if role is None and first:
        name, role = "", first
    elif role is None and " " in name:
        role, name = _leading_role(name)
    return Wish(ASK, "" if name.casefold() in _SOMEBODY else name, role, (found["about"] or "").strip())


def role_named(words: str) -> Role | None:
    return ROLE_WORDS.get(_plain(words).casefold().removesuffix("s"))


def _leading_role(name: str) -> tuple[Role | None, str]:
    """As in "external Boris Novak"."""
    first, rest = name.split(" ", 1)
    role = role_named(first)
    return role, rest if role else name


def _plain(words: str) -> str:
    return _ARTICLES.sub("", words.strip(" ,.:;–—-"), count=1).lstrip("@").strip()


def keys_in(about: str) -> tuple[str, ...]:
    """Keys of a list such as "APX-4, 5 and 7", each with its project; empty when it is anything else."""
    parts, project, found = [p for p in _LISTED.split(about.strip()) if p], "", list[str]()
    for part in parts:
        match = _KEY.fullmatch(part)
        if match is None:
            return ()
        project = match["project"] or project
        found.append(f"{project}-{match['number']}" if project else match["number"])
    return tuple(found)
