"""Lines of a card → Telegram's HTML.  `escaped` is the only way in for words that people wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from adapters.telegram.config import PLATFORM
from adapters.telegram.words import clean_name, part
from bot.cards import Code, Link, Mention, Moment, RichText, Span, Strong

_LINKABLE = re.compile(r"(?:https?|tg)://", re.IGNORECASE)
# Overrides and isolates reach beyond the text that holds them; controls and lone surrogates are refused.
_UNSHOWABLE = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a paragraph that may still hold several.  Neighbours that are ``fixed`` share one block."""

    body: RichText
    fixed: bool = False
    quiet: bool = False

    @property
    def units(self) -> int:
        """UTF-16 units, with the end of the line."""
        text = self.body.text
        return len(text) + 1 + (0 if text.isascii() else sum(character > "\uffff" for character in text))


def cut(paragraph: Line, units: int) -> Iterator[Line]:
    """The lines of a paragraph, each fit for a message of ``units``; a span ends where its line is cut."""
    text, start = paragraph.body.text, 0
    most = units // 2 - 1
    while start <= len(text):
        ends = text.find("\n", start, start + most + 1)
        end = min(start + most, len(text)) if ends < 0 else ends
        yield replace(paragraph, body=part(paragraph.body, start, end))
        start = end + 1 if ends >= 0 or end == len(text) else end


def html(lines: Iterable[Line]) -> str:
    blocks = []
    for fixed, group in groupby(lines, key=lambda line: line.fixed):
        texts = "\n".join(escaped(line.body.text) if fixed else _line(line) for line in group)
        blocks.append(f"<pre>{texts}</pre>" if fixed else texts)
    return "\n".join(blocks)


def escaped(text: str) -> str:
    return escape(shown(text))


def shown(text: str) -> str:
    """Without what Telegram refuses, and what would reorder its neighbours."""
    return _UNSHOWABLE.sub("", text)


def shown_line(text: str, most: int) -> str:
    """At most ``most`` characters, with an ellipsis where it had to end."""
    short = shown(text[: 2 * most]).strip()
    return short if len(short) <= most else short[: most - 1].rstrip() + "…"


def _line(line: Line) -> str:
    text = "".join(_piece(text, span) for text, span in line.body.pieces())
    return f"<i>{text}</i>" if line.quiet and text else text


def _piece(text: str, span: Span | None) -> str:
    match span:
        case None | Moment():
            return escaped(text)
        case Strong():
            return f"<b>{escaped(text)}</b>"
        case Code():
            return f"<code>{escaped(text)}</code>"
        case Link(url=url):
            return f'<a href="{escaped(url)}">{escaped(text)}</a>' if _LINKABLE.match(url) else escaped(text)
        case Mention(person=person):
            name = escaped(clean_name(text))
            ours = person is not None and person.platform == PLATFORM and person.id.isdecimal()
            return f'<a href="tg://user?id={person.id}">{name}</a>' if person and ours else name
