"""`RichText` in Slack's two notations: mrkdwn (escaped here and nowhere else) and rich text elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from adapters.slack import limits
from adapters.slack.text import PLATFORM
from bot.cards import Code, Link, Mention, Moment, RichText, Span, Strong
from bot.refs import PersonRef

Json = dict[str, Any]
DATE_FORMAT: Final = "{date_short_pretty} {time}"
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SIGNS: Final = re.compile(r"[*_~`]|:[a-z0-9_+-]+:|^\s*>", re.MULTILINE)
_USER: Final = re.compile(r"[UW][A-Z0-9]+")
_SCHEMES: Final = ("https://", "http://", "mailto:", "tg://")


def clean(text: str) -> str:
    """Without control characters and direction overrides, which could make a line read as another, and
    without halves of characters, which no request can carry."""
    return text if text.isprintable() else _CONTROL.sub("", text)


def escaped(text: str) -> str:
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def reads_as_markup(text: RichText) -> bool:
    """Whether mrkdwn would take letters of ``text`` for marks; it knows no way to escape them."""
    return bool(_SIGNS.search(text.text))


def mrkdwn(text: RichText) -> str:
    return "".join(_as_mrkdwn(piece, span) for piece, span in text.pieces())


def _as_mrkdwn(piece: str, span: Span | None) -> str:
    words = escaped(piece)
    match span:
        case Strong() if piece.strip():
            return _wrapped(words, "*")
        case Code() if piece.strip():
            return _wrapped(words.replace("`", "'"), "`")
        case Mention(person=person) if user := slack_user(person):
            return f"<@{user}>"
        case Link(url=url) if _may_link(url):
            return f"<{_link_target(url)}|{words.replace('|', '¦')}>"
        case Moment(at=at):
            return f"<!date^{int(at.timestamp())}^{DATE_FORMAT}|{words.replace('|', '¦')}>"
        case _:
            return words


def _wrapped(words: str, sign: str) -> str:
    """Signs must touch the words they mark, so spaces stay outside."""
    inner = words.strip()
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return f"{before}{sign}{inner}{sign}{after}"


def _may_link(url: str) -> bool:
    return url.startswith(_SCHEMES) and len(escaped(url)) <= limits.LINK


def _link_target(url: str) -> str:
    target = clean(url).replace("&", "&amp;")
    return target.replace("<", "%3C").replace(">", "%3E").replace("|", "%7C").replace(" ", "%20")


def slack_user(person: PersonRef | None) -> str:
    """The id to mention; empty for people of other platforms."""
    known = person is not None and person.platform == PLATFORM and _USER.fullmatch(person.id)
    return person.id if known and person else ""


def elements(text: RichText) -> list[Json]:
    """Rich text needs no escaping: Slack reads no markup in it."""
    return list(_elements(text)) or [{"type": "text", "text": " "}]


def _elements(text: RichText) -> Iterator[Json]:
    for piece, span in text.pieces():
        if words := clean(piece):
            yield _as_element(words, span)


def _as_element(words: str, span: Span | None) -> Json:
    match span:
        case Strong():
            return {"type": "text", "text": words, "style": {"bold": True}}
        case Code():
            return {"type": "text", "text": words, "style": {"code": True}}
        case Mention(person=person) if user := slack_user(person):
            return {"type": "user", "user_id": user}
        case Link(url=url) if _may_link(url):
            return {"type": "link", "url": clean(url), "text": words}
        case Moment(at=at):
            stamp = int(at.timestamp())
            return {"type": "date", "timestamp": stamp, "format": DATE_FORMAT, "fallback": words}
        case _:
            return {"type": "text", "text": words}


def cut(text: RichText, most: int) -> list[RichText]:
    """``text`` in parts of at most ``most`` characters, at line ends or spaces where there are any."""
    parts, rest = [], text
    while len(rest.text) > most:
        at = _break(rest.text, most)
        parts.append(_slice(rest, 0, at))
        rest = _slice(rest, at, len(rest.text))
    return [*parts, rest]


def _break(text: str, most: int) -> int:
    for sign in ("\n", " "):
        at = text.rfind(sign, most // 2, most)
        if at > 0:
            return at + 1
    return most


def _slice(text: RichText, start: int, end: int) -> RichText:
    spans = (_clipped(span, start, end) for span in text.spans if span.start < end and span.end > start)
    return RichText(text.text[start:end], tuple(spans))


def _clipped(span: Span, start: int, end: int) -> Span:
    return replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
