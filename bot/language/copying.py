"""What is to be copied: "APX-3 as Roof closed to 12 June", "project Riverside as Lakeside starting 4 May"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUOTES = "\"“”„«»'"
_NAME = r"(?:[\"“„][^\"”“]+[\"”“]|.+?)"
_START = r"(?:,?\s+(?:starting|beginning|from|to\s+start)(?:\s+on)?\s+(?P<when>.+))?"
_PROJECT = re.compile(
    rf"(?:the\s+|whole\s+)*project\s+(?P<which>.+?)(?:\s+(?:as|to|into|for)\s+(?P<name>{_NAME}))?{_START}\s*",
    re.IGNORECASE,
)
_MILESTONE = re.compile(
    rf"(?P<which>.+?)(?:\s+as\s+(?P<name>{_NAME}))?(?:,?\s+(?:to|by|on|for|due)\s+(?P<when>[^@]+?))?"
    r"(?:,?\s+(?:for\s+|to\s+)?@(?P<owner>\S+))?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Copying:
    """``which`` points at the original; the others are empty where nothing was said."""

    which: str
    name: str = ""
    when: str = ""
    owner: str = ""
    is_project: bool = False


def read_copying(text: str) -> Copying:
    plain = " ".join(text.split())
    if found := _PROJECT.fullmatch(plain):
        return Copying(_bare(found["which"]), _bare(found["name"]), _bare(found["when"]), is_project=True)
    said = _MILESTONE.fullmatch(plain)
    if said is None:
        return Copying(plain)
    owner = f"@{said['owner']}" if said["owner"] else ""
    return Copying(_bare(said["which"]), _bare(said["name"]), _bare(said["when"]), owner)


def _bare(words: str | None) -> str:
    return (words or "").strip(f" ,.;{_QUOTES}")
