"""Card to text: what a screen reader, a log of a test and a platform without layout get."""

from __future__ import annotations

from bot.cards import Actions, Block, Card, Divider, Fields, File, Picture, Progress, RichText, Table, Text


def card_text(card: Card) -> str:
    """The whole card, one paragraph per block; buttons in square brackets."""
    return "\n".join(part for part in (card.title.text, *map(block_text, card.blocks)) if part)


def block_text(block: Block) -> str:
    match block:
        case Text(body=body):
            return body.text
        case Fields(items=items):
            return "\n".join(f"{label}: {value.text}" for label, value in items)
        case Table():
            return _table(block)
        case Progress(label=label):
            return label
        case Picture(text=text):
            return text
        case File(name=name, link=link):
            return f"{name}: {link}" if link else name
        case Actions(buttons=buttons):
            return " ".join(f"[{button.label}]" for button in buttons)
        case Divider():
            return "—"


def _table(table: Table) -> str:
    heading = tuple(RichText(column.title) for column in table.columns)
    lines = [" | ".join(cell.text for cell in row) for row in (heading, *table.rows)]
    return "\n".join([*lines, table.footer] if table.footer else lines)
