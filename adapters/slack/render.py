"""`Card` to Block Kit.  Pure; everything Slack limits is limited here, and what does not fit is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from adapters.slack import limits
from adapters.slack.grid import drawn
from adapters.slack.markup import clean, cut, elements, escaped, mrkdwn, reads_as_markup
from bot.cards import (
    Actions,
    Align,
    Block,
    Button,
    Card,
    Column,
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
    plain,
    strong,
)
from bot.plain_text import block_text

Json = dict[str, Any]
T = TypeVar("T")
_BLANK: Final = "–"


@dataclass(frozen=True, slots=True)
class Payload:
    """``text`` is what notifications, search and screen readers get; it stands for the whole card."""

    text: str
    blocks: tuple[Json, ...] = ()


def message(card: Card, *, plain_text: bool = False, native_tables: bool = True) -> Payload:
    if plain_text:
        return Payload(summary(card))
    shown = _Tables(native_tables)
    return Payload(summary(card), _within(list(_blocks(card, shown)), limits.BLOCKS_PER_MESSAGE))


def home(card: Card) -> Json:
    """The Home surface takes no native tables."""
    blocks = _within(list(_blocks(card, _Tables(False))), limits.BLOCKS_PER_VIEW)
    return {"type": "home", "blocks": list(blocks)}


def summary(card: Card) -> str:
    """Title and facts in words, without marks, which a screen reader would spell out; buttons are left out.

    A long card ends with how many of its lines are not here.
    """
    parts = (block_text(block) for block in card.blocks if not isinstance(block, Actions | Divider))
    body = "\n".join(escaped(part) for part in parts if part)
    whole = "\n".join(part for part in (escaped(card.title.text), body) if part)
    return _counted(whole) or f"{escaped(card.title.text[: limits.TEXT_ADVISED // 6])} …"


def _counted(text: str) -> str:
    """As many whole lines as fit; empty when not even the first does."""
    if len(text) <= limits.TEXT_ADVISED:
        return text or _BLANK
    lines, used, kept = text.split("\n"), 0, 0
    while used + len(lines[kept]) < limits.TEXT_ADVISED - 10:
        used, kept = used + len(lines[kept]) + 1, kept + 1
    return "\n".join([*lines[:kept], f"… +{len(lines) - kept}"]) if kept else ""


class _Tables:
    """One native table per message; the next ones are drawn."""

    def __init__(self, native: bool) -> None:
        self._left = limits.TABLES_PER_MESSAGE if native else 0

    def blocks(self, table: Table) -> Iterator[Json]:
        if self._left and _fits(table):
            self._left -= 1
            yield _native(table)
            yield from _contexts(plain(table.footer))
        else:
            yield from _preformatted(drawn(table, limits.MONOSPACE_WIDTH))


def _blocks(card: Card, tables: _Tables) -> Iterator[Json]:
    yield from _paragraphs(card.title)
    for place, block in enumerate(card.blocks):
        yield from _block(block, place, tables)


def _block(block: Block, place: int, tables: _Tables) -> Iterator[Json]:
    match block:
        case Text(body=body, quiet=True):
            yield from _contexts(body)
        case Text(body=body):
            yield from _paragraphs(body)
        case Fields(items=items):
            yield from _fields(items)
        case Table():
            yield from tables.blocks(block)
        case Progress():
            yield from _contexts(plain(_bar(block)))
        case Picture(png=png, alt=alt, text=text):
            yield from _contexts(plain(alt)) if png else _preformatted(text)
        case File(name=name, link=url):
            yield from _paragraphs(plain("📎 ") + (link(name, url) if url else name))
        case Actions(buttons=buttons):
            yield from _actions(buttons, place)
        case Divider():
            yield {"type": "divider"}


def _paragraphs(body: RichText) -> Iterator[Json]:
    for part in cut(body, limits.SECTION_TEXT):
        if part.text.strip():
            yield _paragraph(part)


def _paragraph(part: RichText) -> Json:
    return _rich({"type": "rich_text_section", "elements": elements(part)})


def _contexts(body: RichText) -> Iterator[Json]:
    for part in _escaping_to(limits.CONTEXT_TEXT, body):
        if part.text.strip():
            yield _context(part) if not part.spans or not reads_as_markup(part) else _paragraph(part)


def _escaping_to(most: int, body: RichText) -> list[RichText]:
    """Parts that fit once escaped; escaping can make text five times as long."""
    if len(body.text) <= 1 or len(mrkdwn(body)) <= most:
        return [body]
    parts = cut(body, min(most, (len(body.text) + 1) // 2))
    return [small for part in parts for small in _escaping_to(most, part)]


def _groups(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _rich(element: Json) -> Json:
    return {"type": "rich_text", "elements": [element]}


def _preformatted(text: str) -> Iterator[Json]:
    for part in cut(plain(clean(text)), limits.SECTION_TEXT):
        if part.text.strip("\n"):
            said = {"type": "text", "text": part.text.strip("\n")}
            yield _rich({"type": "rich_text_preformatted", "elements": [said]})


def _context(body: RichText) -> Json:
    return {"type": "context", "elements": [_small(body)]}


def _small(body: RichText) -> Json:
    """Without anything to mark, Slack is not asked to look for marks."""
    if body.spans:
        return {"type": "mrkdwn", "text": mrkdwn(body)}
    return {"type": "plain_text", "text": clean(body.text) or _BLANK, "emoji": False}


def _fields(items: Sequence[tuple[str, RichText]]) -> Iterator[Json]:
    """Side by side where that shows them whole and as they are written; else as paragraphs."""
    fields = [strong(label) + "\n" + (value or _BLANK) for label, value in items]
    if any(reads_as_markup(field) or len(mrkdwn(field)) > limits.FIELD_TEXT for field in fields):
        for field in fields:
            yield from _paragraphs(field)
    else:
        texts = [{"type": "mrkdwn", "text": mrkdwn(field)} for field in fields]
        for group in _groups(texts, limits.FIELDS_PER_SECTION):
            yield {"type": "section", "fields": list(group)}


def _bar(progress: Progress) -> str:
    full = round(10 * progress.done / progress.total) if progress.total > 0 else 0
    return f"{'▰' * full}{'▱' * (10 - full)} {progress.label}"


def _actions(buttons: Sequence[Button], place: int) -> Iterator[Json]:
    for number, group in enumerate(_groups(buttons, limits.BUTTONS_PER_BLOCK)):
        shown = [_button(button, order) for order, button in enumerate(group)]
        yield {"type": "actions", "block_id": f"actions:{place}:{number}", "elements": shown}


def _button(button: Button, order: int) -> Json:
    label = _shortened(clean(button.label), limits.BUTTON_LABEL) or _BLANK
    said: Json = {"type": "button", "text": {"type": "plain_text", "text": label, "emoji": False}}
    if button.style is not Style.DEFAULT:
        said["style"] = button.style.value
    if button.url:
        return said | {"action_id": f"open:{order}", "url": button.url[: limits.BUTTON_URL]}
    return said | {"action_id": f"press:{order}", "value": button.token[: limits.BUTTON_VALUE]}


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _fits(table: Table) -> bool:
    cells = sum(len(cell.text) or 1 for row in table.rows for cell in row)
    titles = sum(len(column.title) or 1 for column in table.columns)
    small = len(table.rows) < limits.TABLE_ROWS and 0 < len(table.columns) <= limits.TABLE_COLUMNS
    return small and cells + titles <= limits.TABLE_CHARACTERS


def _native(table: Table) -> Json:
    heading = [_cell(strong(column.title)) for column in table.columns]
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    settings = [_setting(column) for column in table.columns]
    return {"type": "table", "column_settings": settings, "rows": [heading, *rows]}


def _setting(column: Column) -> Json:
    return {"align": "right" if column.align is Align.END else "left", "is_wrapped": True}


def _cell(cell: RichText) -> Json:
    """An empty cell is refused."""
    words = clean(cell.text)
    if not words.strip():
        return {"type": "raw_text", "text": _BLANK}
    if not cell.spans:
        return {"type": "raw_text", "text": words}
    return _rich({"type": "rich_text_section", "elements": elements(cell)})


def _within(blocks: list[Json], most: int) -> tuple[Json, ...]:
    """The first that fit, and always the last buttons; how many are missing stands where they were."""
    buttons = [block for block in blocks if block["type"] == "actions"][-1:]
    kept = _fitting([block for block in blocks if block not in buttons], most - 1 - len(buttons))
    missing = len(blocks) - len(buttons) - len(kept)
    if not missing:
        return tuple(blocks)
    return (*kept, _context(plain(f"… +{missing}")), *buttons)


def _fitting(blocks: list[Json], most: int) -> list[Json]:
    kept: list[Json] = []
    used = 0
    for block in blocks[:most]:
        used += _characters(block)
        if used > limits.CHARACTERS_PER_MESSAGE:
            break
        kept.append(block)
    return kept


def _characters(node: Any) -> int:
    """What holds a text holds nothing else to read."""
    if isinstance(node, dict):
        text = node.get("text")
        return len(text) if isinstance(text, str) else sum(map(_characters, node.values()))
    return sum(map(_characters, node)) if isinstance(node, list) else 0
