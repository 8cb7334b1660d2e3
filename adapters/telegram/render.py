"""`Card` → what one or more Telegram messages show.  Pure.

User text becomes HTML in one place, `markup.escaped`.  Long cards are cut between lines, and each message is
whole HTML by itself, since the cutting comes before the markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from adapters.telegram.limits import (
    BUTTONS,
    BUTTONS_IN_A_ROW,
    CAPTION_UNITS,
    ENTITIES,
    MESSAGES_OF_A_CARD,
    ROW_COLUMNS,
    TEXT_UNITS,
)
from adapters.telegram.markup import Line, cut, html, shown, shown_line
from adapters.telegram.tables import display_width, fitted, stacked
from bot.cards import (
    Actions,
    Block,
    Button,
    Card,
    Divider,
    Fields,
    File,
    Picture,
    Progress,
    RichText,
    Style,
    Table,
    Text,
    link,
    strong,
)
from bot.plain_text import card_text

BAR_PARTS = 10
COUNT_UNITS = 20
"""Room for how many characters are left out."""


@dataclass(frozen=True, slots=True)
class Key:
    """One button: a token that comes back, or a link."""

    label: str
    token: str = ""
    url: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One message.  ``photo``: the text is its caption.  ``html`` False: plain text."""

    text: str
    keyboard: tuple[tuple[Key, ...], ...] = ()
    photo: bytes = b""
    html: bool = True


def pages(card: Card, *, repeat: bool = False) -> tuple[Page, ...]:
    """The messages of a card, the last with its buttons.  ``repeat`` marks what may be the second copy."""
    picture = next((block for block in card.blocks if isinstance(block, Picture) and block.png), None)
    lines = _lines(card, repeat)
    if picture and sum(line.units for line in lines) <= CAPTION_UNITS:
        return (Page(html(lines), keyboard(card.buttons), picture.png),)
    alone = (
        (Page(shown_line(picture.alt, CAPTION_UNITS // 2), (), picture.png, html=False),) if picture else ()
    )
    texts = [_page(chunk) for chunk in _chunks(lines)]
    return (*alone, *texts[:-1], replace(texts[-1], keyboard=keyboard(card.buttons)))


def captions(card: Card, *, repeat: bool = False) -> tuple[Page, ...]:
    """The messages of a card without a picture whose first one is a photo already: its caption is short."""
    texts = [_page(chunk) for chunk in _chunks(_lines(card, repeat), first=CAPTION_UNITS)]
    return (*texts[:-1], replace(texts[-1], keyboard=keyboard(card.buttons)))


def _lines(card: Card, repeat: bool) -> list[Line]:
    hidden = len(card.buttons) - BUTTONS
    more = [Line(RichText(f"… +{hidden}"), quiet=True)] if hidden > 0 else []
    return [*_paragraphs(card), *more, *([Line(RichText("↻"), quiet=True)] if repeat else [])]


def _page(lines: Sequence[Line]) -> Page:
    """Telegram refuses a message without a visible character."""
    return Page(html(lines) if any(shown(line.body.text).strip() for line in lines) else "…")


def plain_pages(card: Card) -> tuple[Page, ...]:
    """The same words without markup or picture: for a second try after Telegram refused the markup."""
    chunks = _chunks([Line(RichText(card_text(without_actions(card))))])
    texts = [
        Page("\n".join(shown(line.body.text) for line in chunk).strip() or "…", html=False)
        for chunk in chunks
    ]
    return (*texts[:-1], replace(texts[-1], keyboard=keyboard(card.buttons)))


def without_actions(card: Card) -> Card:
    return replace(card, blocks=tuple(block for block in card.blocks if not isinstance(block, Actions)))


def keyboard(buttons: Iterable[Button]) -> tuple[tuple[Key, ...], ...]:
    """Rows as full as a phone shows them."""
    rows: list[tuple[Key, ...]] = []
    for button in list(buttons)[:BUTTONS]:
        key = Key(shown(button.label) or "·", button.token, button.url, _style(button))
        row = (*rows[-1], key) if rows else (key,)
        if rows and len(row) <= BUTTONS_IN_A_ROW and _columns(row) <= ROW_COLUMNS:
            rows[-1] = row
        else:
            rows.append((key,))
    return tuple(rows)


def _style(button: Button) -> str:
    return "" if button.style is Style.DEFAULT else str(button.style)


def _columns(row: tuple[Key, ...]) -> int:
    return sum(display_width(key.label) + 2 for key in row)


# --- paragraphs ----------------------------------------------------------------------------------


def _paragraphs(card: Card) -> list[Line]:
    title = card.title if card.title.spans else strong(card.title.text)
    blocks = (line for block in card.blocks for line in _block_lines(block))
    return [Line(title), *blocks]


def _block_lines(block: Block) -> list[Line]:
    match block:
        case Text(body=body, quiet=quiet):
            return [Line(body, quiet=quiet)]
        case Fields(items=items):
            return [Line(strong(label) + " " + value) for label, value in items]
        case Table():
            return _table_lines(block)
        case Progress(done=done, total=total, label=label):
            return [Line(RichText(f"{_bar(done, total)} {label}"))]
        case Picture(text=text, png=png):
            return [] if png else [Line(RichText(text))]
        case File(name=name, link=url):
            return [Line(RichText("📎 ") + (link(name, url) if url else name))]
        case Actions():
            return []
        case Divider():
            return [Line(RichText())]


def _table_lines(table: Table) -> list[Line]:
    fixed = fitted(table)
    rows = (
        [Line(row) for row in stacked(table)]
        if fixed is None
        else [Line(RichText(r), fixed=True) for r in fixed]
    )
    return rows + ([Line(RichText(table.footer))] if table.footer else [])


def _bar(done: int, total: int) -> str:
    full = round(BAR_PARTS * min(done, total) / total) if total > 0 else 0
    return "▰" * full + "▱" * (BAR_PARTS - full)


# --- messages ------------------------------------------------------------------------------------


def _chunks(paragraphs: Sequence[Line], first: int = TEXT_UNITS) -> list[list[Line]]:
    """Lines shared out to messages; what does not fit into the last one is counted there."""
    chunks: list[list[Line]] = [[]]
    room, spans = first, ENTITIES
    for line in (line for paragraph in paragraphs for line in cut(paragraph, first)):
        if chunks[-1] and (line.units > room or len(line.body.spans) + 2 > spans):
            if len(chunks) == MESSAGES_OF_A_CARD:
                return _counted(chunks, paragraphs)
            chunks.append([])
            room, spans = TEXT_UNITS, ENTITIES
        chunks[-1].append(line)
        room, spans = room - line.units, spans - len(line.body.spans)
    return chunks


def _counted(chunks: list[list[Line]], paragraphs: Sequence[Line]) -> list[list[Line]]:
    """The last lines give their place to how many characters are not shown."""
    freed = 0
    while freed < COUNT_UNITS:
        freed += chunks[-1].pop().units
    shown = sum(len(line.body.text) for chunk in chunks for line in chunk)
    left_out = sum(len(paragraph.body.text) for paragraph in paragraphs) - shown
    return [*chunks[:-1], [*chunks[-1], Line(RichText(f"… +{left_out:,}"))]]
