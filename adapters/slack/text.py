"""Slack's message text to `RichText`: tokens become spans, entities become characters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bot.cards import RichText, link, mention, plain
from bot.refs import PersonRef

PLATFORM: Final = "slack"
_TOKEN: Final = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")
_PERSON: Final = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")


def read_text(text: str, team: str, names: Mapping[str, str]) -> RichText:
    """``names`` maps user ids to what people are called; who is not in it is shown by label or id."""
    whole, at = RichText(), 0
    for token in _TOKEN.finditer(text):
        whole = whole + unescaped(text[at : token.start()]) + _meaning(token, team, names)
        at = token.end()
    return whole + unescaped(text[at:])


def people_in(text: str, most: int = 20) -> tuple[str, ...]:
    """Ids of the people mentioned, each once, in order."""
    return tuple(dict.fromkeys(_PERSON.findall(text)))[:most]


def without_mention(text: str, user: str) -> str:
    """``text`` without its first mention of ``user`` and the comma or colon behind it."""
    return re.sub(rf"<@{re.escape(user)}(?:\|[^<>]*)?>[,:]?\s*", "", text, count=1).strip()


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _meaning(token: re.Match[str], team: str, names: Mapping[str, str]) -> RichText:
    kind, target, label = token.group(1), token.group(2), unescaped(token.group(3) or "")
    match kind:
        case "@":
            called = names.get(target) or label or target
            return mention(f"@{called}", PersonRef(PLATFORM, team, target))
        case "#":
            return plain(f"#{label or target}")
        case "!":
            return plain(label or f"@{target}")
        case _ if ":" not in target:
            return plain(unescaped(token.group()))
        case _:
            url = unescaped(target)
            return link(label or url.removeprefix("mailto:"), url)
