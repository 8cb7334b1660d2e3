"""What Slack refuses in a message or a view, and the code it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.fakes.slack.state import SlackError

Json = dict[str, Any]
TEXT_LENGTH = {"section": 3000, "header": 150, "context": 2000}
MESSAGE_BLOCKS = {
    "section", "header", "divider", "context", "actions", "image", "input", "rich_text", "table", "markdown",
    "file", "video", "card", "carousel", "container", "data_table",
}  # fmt: skip
VIEW_BLOCKS = MESSAGE_BLOCKS - {"table", "markdown", "data_table", "file"}
TABLE_ROWS, TABLE_COLUMNS, TABLE_CHARACTERS = 100, 20, 10_000
BROADCAST = re.compile(r"<!(?:channel|here|everyone)[^>]*>|<@[UW][^>]*>|<!subteam[^>]*>")


def check_message(text: str, blocks: list[Json], attachments: list[Json]) -> None:
    if not text and not blocks and not attachments:
        raise SlackError("no_text")
    if len(text) > 40_000:
        raise SlackError("msg_too_long")
    if len(attachments) > 100:
        raise SlackError("too_many_attachments")
    _refuse_if("invalid_blocks", list(_problems(blocks, 50, MESSAGE_BLOCKS)))
    _refuse_if("invalid_attachments", ["only_one_table_allowed"] if _tables(blocks) > 1 else [])
    if sum(len(said) for said in all_text(blocks)) > 13_200:
        raise SlackError("msg_blocks_too_long")


def check_view(view: Json) -> None:
    if view.get("type") not in ("modal", "home"):
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] unsupported type"]})
    problems = list(_problems(view.get("blocks", []), 100, VIEW_BLOCKS))
    problems += list(_view_problems(view)) if view["type"] == "modal" else []
    _refuse_if("invalid_arguments", problems)
    if len(view.get("private_metadata", "")) > 3000:
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] private_metadata"]})


def all_text(node: Any) -> Iterator[str]:
    """Every `text` string in a tree of blocks."""
    if isinstance(node, list):
        for each in node:
            yield from all_text(each)
    elif isinstance(node, dict):
        for name, value in node.items():
            if name == "text" and isinstance(value, str):
                yield value
            else:
                yield from all_text(value)


def pings(text: str, blocks: list[Json]) -> list[str]:
    """Everyone a message would call: tokens in the text and in every mrkdwn object."""
    spoken = list(_mrkdwn(blocks)) or [text]
    return [token for said in spoken for token in BROADCAST.findall(said)]


def _mrkdwn(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _mrkdwn(each)
    elif isinstance(node, dict):
        if node.get("type") == "mrkdwn":
            yield node["text"]
        for value in node.values():
            yield from _mrkdwn(value)


def _refuse_if(code: str, problems: list[str]) -> None:
    if problems:
        raise SlackError(
            code, errors=problems, response_metadata={"messages": [f"[ERROR] {p}" for p in problems]}
        )


def _tables(blocks: list[Json]) -> int:
    return sum(block.get("type") in ("table", "data_table") for block in blocks)


def _view_problems(view: Json) -> Iterator[str]:
    for name in ("title", "submit", "close"):
        if len(view.get(name, {}).get("text", "x")) not in range(1, 25):
            yield f"{name} must be 1 to 24 characters [json-pointer:/view/{name}]"
    if "title" not in view:
        yield "missing required field: title"
    if "submit" not in view and any(block.get("type") == "input" for block in view.get("blocks", [])):
        yield "a modal with inputs needs a submit"


def _problems(blocks: list[Json], most: int, allowed: set[str]) -> Iterator[str]:
    if len(blocks) > most:
        yield f"no more than {most} items allowed [json-pointer:/blocks]"
    seen: set[str] = set()
    for place, block in enumerate(blocks):
        where = f"[json-pointer:/blocks/{place}]"
        kind = block.get("type", "")
        if kind not in allowed:
            yield f"unsupported type: {kind} {where}"
        else:
            yield from (f"{problem} {where}" for problem in _block_problems(kind, block))
        if (name := block.get("block_id")) is not None:
            if name in seen or len(name) > 255:
                yield f"block_id {name} is repeated or too long {where}"
            seen.add(name)


def _block_problems(kind: str, block: Json) -> Iterator[str]:
    yield from _text_problems(kind, block)
    yield from _length("fields", block.get("fields"), 1, 10)
    yield from _length("elements", block.get("elements"), 1, {"context": 10, "actions": 25}.get(kind, 10_000))
    for each in block.get("fields", []):
        yield from _length("field text", each["text"], 1, 2000)
    for element in [*block.get("elements", []), block.get("element", {}), block.get("accessory", {})]:
        yield from _element_problems(element)
    if kind == "actions":
        yield from _repeated_actions(block)
    if kind == "table":
        yield from _table_problems(block)


def _text_problems(kind: str, block: Json) -> Iterator[str]:
    text = block.get("text")
    if kind == "section" and text is None and not block.get("fields"):
        yield "missing required field: text or fields"
    if isinstance(text, dict):
        yield from _length(f"{kind} text", text.get("text", ""), 1, TEXT_LENGTH.get(kind, 3000))
    if kind == "header" and (not isinstance(text, dict) or text.get("type") != "plain_text"):
        yield "header text must be plain_text"


def _element_problems(element: Json) -> Iterator[str]:
    if element.get("type") == "button":
        yield from _length("button text", element["text"]["text"], 1, 75)
        yield from _length("button value", element.get("value", "x"), 1, 2000)
    yield from _length("action_id", element.get("action_id", "x"), 1, 255)
    yield from _length("placeholder", element.get("placeholder", {}).get("text", "x"), 1, 150)
    yield from _length("options", element.get("options"), 1, 100)
    for option in element.get("options", []):
        yield from _length("option text", option["text"]["text"], 1, 75)
        yield from _length("option value", option["value"], 1, 150)


def _repeated_actions(block: Json) -> Iterator[str]:
    names = [element.get("action_id") for element in block.get("elements", [])]
    if len(names) != len(set(names)):
        yield "action_id is repeated inside one block"


def _table_problems(block: Json) -> Iterator[str]:
    rows = block.get("rows", [])
    yield from _length("rows", rows, 1, TABLE_ROWS)
    yield from _length("column_settings", block.get("column_settings", [0]), 1, TABLE_COLUMNS)
    if any(not 1 <= len(row) <= TABLE_COLUMNS for row in rows):
        yield "a row needs 1 to 20 cells"
    if len({len(row) for row in rows}) > 1:
        yield "rows differ in length"
    cells = [cell for row in rows for cell in row]
    if any(cell.get("type") == "raw_text" and not cell.get("text") for cell in cells):
        yield "a cell may not be empty"
    if sum(len(said) for said in all_text(cells)) > TABLE_CHARACTERS:
        yield "table has too many characters"


def _length(what: str, value: Any, least: int, most: int) -> Iterator[str]:
    if value is not None and not least <= len(value) <= most:
        yield f"{what} must have {least} to {most}, has {len(value)}"
