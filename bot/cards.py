"""The neutral document: what the core wants to show, without a platform in sight.

A `Card` is a closed union tree; renderers match it exhaustively.  Text carries no markup, only spans,
so escaping can happen in renderers and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.scannable import Scannable
from bot.domain.timeline import Timeline
from bot.refs import PersonRef


@dataclass(frozen=True, slots=True)
class Strong:
    """Characters ``start`` to ``end`` stand out."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Code:
    """Something to be typed as it stands."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A person.  ``person`` is None when the platform named nobody it knows (plain ``@name``)."""

    start: int
    end: int
    person: PersonRef | None


@dataclass(frozen=True, slots=True)
class Link:
    """A link to ``url``."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant (aware UTC).  The covered text is its fallback.  Never used for date-only values."""

    start: int
    end: int
    at: datetime


Span = Strong | Code | Mention | Link | Moment


@dataclass(frozen=True, slots=True)
class RichText:
    """Text with spans: offsets in code points, in order, not overlapping."""

    text: str = ""
    spans: tuple[Span, ...] = ()

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)

    def __add__(self, other: RichText | str) -> RichText:
        tail = other if isinstance(other, RichText) else RichText(other)
        by = len(self.text)
        moved = tuple(replace(s, start=s.start + by, end=s.end + by) for s in tail.spans)
        return RichText(self.text + tail.text, self.spans + moved)

    def pieces(self) -> Iterator[tuple[str, Span | None]]:
        """The text cut at its spans, in order: (piece, the span that covers it or None)."""
        at = 0
        for span in self.spans:
            if span.start > at:
                yield self.text[at : span.start], None
            yield self.text[span.start : span.end], span
            at = span.end
        if at < len(self.text):
            yield self.text[at:], None


def plain(text: str) -> RichText:
    return RichText(text)


def strong(text: str) -> RichText:
    return RichText(text, (Strong(0, len(text)),)) if text else RichText()


def code(text: str) -> RichText:
    return RichText(text, (Code(0, len(text)),)) if text else RichText()


def mention(name: str, person: PersonRef | None) -> RichText:
    return RichText(name, (Mention(0, len(name), person),)) if name else RichText()


def link(text: str, url: str) -> RichText:
    return RichText(text, (Link(0, len(text), url),)) if text else RichText()


def joined(parts: Iterable[RichText | str], between: str) -> RichText:
    """Parts that are not empty, with ``between`` between them."""
    whole = RichText()
    for part in parts:
        if part:
            whole = whole + between + part if whole else RichText() + part
    return whole


class Tone(StrEnum):
    """How serious the card is; colour is never the only sign of it."""

    NEUTRAL = "neutral"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


class Align(StrEnum):
    START = "start"
    END = "end"


class Style(StrEnum):
    DEFAULT = "default"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; ``quiet`` for context that may be shown smaller."""

    body: RichText
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """Label and value pairs."""

    items: tuple[tuple[str, RichText], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """``priority`` 1 is kept longest; narrow screens drop the highest numbers first."""

    title: str
    priority: int = 1
    align: Align = Align.START


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as long as ``columns``.  What a page leaves out is counted by the view in ``footer``."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[RichText, ...], ...]
    footer: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` parts, with the same said in words."""

    done: int
    total: int
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing and its text version (same facts).

    ``subject`` says what to draw; ``png`` is empty until it was drawn, which happens after the commit
    and before an adapter sees the card.  If drawing failed ``png`` stays empty: show ``text``.
    """

    subject: Timeline | Scannable
    alt: str
    text: str
    png: bytes = b""


@dataclass(frozen=True, slots=True)
class File:
    """Something kept, to be opened again.  ``platform`` and ``id`` as its attachment had them: that platform
    shows it once more; elsewhere ``link`` leads to it, if anything does.  ``size`` in bytes, 0 unknown;
    ``kept`` is the id under which we serve our own copy, empty when we hold none."""

    name: str
    platform: str
    id: str
    link: str = ""
    size: int = 0
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """``token`` is opaque (at most 43 ASCII characters): it names a stored action, never content.

    ``url`` makes it a link instead; then ``token`` is empty.
    """

    label: str
    token: str = ""
    style: Style = Style.DEFAULT
    url: str = ""


@dataclass(frozen=True, slots=True)
class Actions:
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Divider:
    """A visual break."""


Block = Text | Fields | Table | Progress | Picture | File | Actions | Divider


@dataclass(frozen=True, slots=True)
class Card:
    """``title`` is the first line: the fact, complete enough to stand alone as a notification."""

    title: RichText
    blocks: tuple[Block, ...] = ()
    tone: Tone = Tone.NEUTRAL

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every button of the card, in order."""
        groups = (block.buttons for block in self.blocks if isinstance(block, Actions))
        return tuple(button for group in groups for button in group)
