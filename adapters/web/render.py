"""Card, Form and typed words → the JSON that the page draws.

Nothing here is markup: the page writes every string as text, never as HTML, so there is nothing to escape.
What is taken out is what could deceive although it is only text: control characters, direction overrides,
and addresses of links that are not web addresses.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from typing import Any

from adapters.web import limits
from adapters.web.config import PLATFORM
from bot.cards import (
    Actions,
    Block,
    Button,
    Card,
    Code,
    Divider,
    Fields,
    File,
    Link,
    Mention,
    Moment,
    Picture,
    Progress,
    RichText,
    Span,
    Strong,
    Table,
    Text,
)
from bot.forms import Field, Form

Json = dict[str, Any]

_DECEIVING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_SAFE_LINK = re.compile(r"(https?://|mailto:|tg://)[^\s\\]+", re.IGNORECASE)


def card_payload(card: Card) -> Json:
    return {
        "kind": "card",
        "tone": card.tone.value,
        "title": _runs(card.title),
        "blocks": [_block(block) for block in card.blocks],
    }


def said_payload(name: str, text: str, reply_to: str = "", files: Sequence[str] = ()) -> Json:
    """What a person typed, with the name they had then, and the names of the files beside it."""
    said = {"kind": "said", "name": _shown(name), "text": _shown(text), "reply_to": reply_to}
    return {**said, "files": [_shown(file) for file in files]}


def form_payload(form: Form) -> Json:
    return {
        "title": _shown(form.title),
        "token": form.token,
        "intro": _shown(form.intro),
        "submit": _shown(form.submit),
        "cancel": _shown(form.cancel),
        "fields": [_field(field) for field in form.fields],
    }


def with_pictures(payload: Mapping[str, Any], address: str, reader: str = "") -> Json:
    """The stored payload as the page gets it: ``address`` leads to pictures, whose bytes stay; ``reader``
    says for whom files are fetched."""
    if payload.get("kind") != "card":
        return dict(payload)
    blocks = [
        {**block, "png": "", "src": f"{address}&block={at}"}
        if block.get("png")
        else {**block, "url": f"/chat/file/{block['kept']}?{reader}"}
        if block.get("kept")
        else block
        for at, block in enumerate(payload["blocks"])
    ]
    return {**payload, "blocks": blocks}


def picture_bytes(payload: Mapping[str, Any], at: int) -> bytes:
    """The drawing in block ``at``; empty when there is none."""
    blocks = payload.get("blocks", ())
    if not 0 <= at < len(blocks):
        return b""
    return base64.b64decode(blocks[at].get("png", ""))


def _block(block: Block) -> Json:
    match block:
        case Text(body=body, quiet=quiet):
            return {"kind": "text", "runs": _runs(body), "quiet": quiet}
        case Fields(items=items):
            return {"kind": "fields", "items": [[_shown(label), _runs(value)] for label, value in items]}
        case Table():
            return _table(block)
        case Progress(done=done, total=total, label=label):
            return {"kind": "progress", "done": done, "total": total, "label": _shown(label)}
        case Picture():
            return _picture(block)
        case File(name=name):
            return {"kind": "file", "name": _shown(name), "url": _address(block.link), "kept": block.kept}
        case Actions(buttons=buttons):
            return {"kind": "actions", "buttons": [_button(button) for button in buttons]}
        case Divider():
            return {"kind": "divider"}


def _table(table: Table) -> Json:
    columns = [
        {"title": _shown(column.title), "priority": column.priority, "align": column.align.value}
        for column in table.columns
    ]
    rows = [[_runs(cell) for cell in row] for row in table.rows]
    return {"kind": "table", "columns": columns, "rows": rows, "footer": _shown(table.footer)}


def _picture(picture: Picture) -> Json:
    width, height = _size(picture.png)
    return {
        "kind": "picture",
        "alt": _shown(picture.alt),
        "text": _shown(picture.text),
        "png": base64.b64encode(picture.png).decode("ascii"),
        "width": width,
        "height": height,
    }


def _size(png: bytes) -> tuple[int, int]:
    """Pixels, from the PNG's header; known beforehand, the page need not jump when the picture arrives."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def _button(button: Button) -> Json:
    return {
        "label": _shown(button.label),
        "token": button.token,
        "style": button.style.value,
        "url": _address(button.url),
    }


def _field(field: Field) -> Json:
    return {
        "name": field.name,
        "label": _shown(field.label),
        "kind": field.kind.value,
        "required": field.required,
        "value": _shown(field.value),
        "hint": _shown(field.hint),
        "options": [{"label": _shown(option.label), "value": option.value} for option in field.options],
        "max_length": field.max_length,
    }


def _runs(text: RichText) -> list[Json]:
    return [{"text": _shown(piece), **_mark(span)} for piece, span in text.pieces()]


def _mark(span: Span | None) -> Json:
    match span:
        case None:
            return {}
        case Strong():
            return {"as": "strong"}
        case Code():
            return {"as": "code"}
        case Mention(person=person):
            return {"as": "mention", "person": person.id if person and person.platform == PLATFORM else ""}
        case Link(url=url):
            return {"as": "link", "url": address} if (address := _address(url)) else {}
        case Moment(at=at):
            return {"as": "moment", "at": at.isoformat()}


def _address(url: str) -> str:
    return url if len(url) <= limits.URL_LENGTH and _SAFE_LINK.fullmatch(url) else ""


def _shown(text: str) -> str:
    return _DECEIVING.sub("", text)
