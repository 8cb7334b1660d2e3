"""Telegram's text and entities → `RichText`.

Telegram counts in UTF-16 units, we count code points: only characters beyond U+FFFF make a difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from telegram import MessageEntity

from adapters.telegram.config import PLATFORM
from bot.cards import Link, Mention, RichText, Span
from bot.refs import PersonRef

# Directions, joins that show nothing, and the marks that hide text: never part of a name.
_HIDDEN = re.compile("[\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u061c\u00ad\x00-\x1f\x7f]")
_SPACES = re.compile(r"[ \t]{2,}")


def clean_name(name: str) -> str:
    """A name without characters that hide or reorder its neighbours."""
    return _SPACES.sub(" ", _HIDDEN.sub("", name)).strip()


def rich_text(text: str, entities: Sequence[MessageEntity]) -> RichText:
    """Mentions and links keep their meaning; overlapping ones give way to the first."""
    places = _places(text)
    spans: list[Span] = []
    for entity in sorted(entities, key=lambda each: each.offset):
        start, end = places(entity.offset), places(entity.offset + entity.length)
        span = _span(entity, start, end)
        if span and end > start and (not spans or spans[-1].end <= start):
            spans.append(span)
    return RichText(text, tuple(spans))


def without(rich: RichText, start: int, end: int) -> RichText:
    """The text without that part, and without the gap it would leave."""
    before, after = part(rich, 0, start), part(rich, end, len(rich.text))
    if not before.text.strip() or before.text.endswith((" ", "\n")):
        after = stripped(after, left_only=True)
    return stripped(before + after)


def part(rich: RichText, start: int, end: int) -> RichText:
    kept = (span for span in rich.spans if span.start >= start and span.end <= end)
    moved = tuple(replace(span, start=span.start - start, end=span.end - start) for span in kept)
    return RichText(rich.text[start:end], moved)


def stripped(rich: RichText, *, left_only: bool = False) -> RichText:
    text = rich.text
    start = len(text) - len(text.lstrip())
    return part(rich, start, len(text) if left_only else max(start, len(text.rstrip())))


def mention_of(rich: RichText, username: str, bot: PersonRef) -> tuple[int, int] | None:
    """Where the bot itself is named."""
    for span in rich.spans:
        named = rich.text[span.start : span.end].lower() == f"@{username}".lower()
        if isinstance(span, Mention) and (span.person == bot or named):
            return span.start, span.end
    return None


def person(user_id: int) -> PersonRef:
    return PersonRef(PLATFORM, "", str(user_id))


def _span(entity: MessageEntity, start: int, end: int) -> Span | None:
    match entity.type:
        case MessageEntity.MENTION:
            return Mention(start, end, None)
        case MessageEntity.TEXT_MENTION if entity.user:
            return Mention(start, end, person(entity.user.id))
        case MessageEntity.TEXT_LINK if entity.url:
            return Link(start, end, entity.url)
        case _:
            return None


def _places(text: str) -> Callable[[int], int]:
    """UTF-16 offset → code point offset."""
    if text.isascii():
        return lambda offset: min(offset, len(text))
    units = text.encode("utf-16-le", "surrogatepass")
    return lambda offset: len(units[: 2 * offset].decode("utf-16-le", "ignore"))
