"""What a person reads of a message in Slack: markup has become looks, tokens have become names."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.contracts.adapter_contract.harness import Shown
from tests.fakes.slack.core import Said

Json = Mapping[str, Any]
_DATE = re.compile(r"<!date\^\d+\^[^|>]*\|([^>]*)>")
_TOKEN = re.compile(r"<(?P<kind>[@#!]?)(?P<target>[^<>|]+)(?:\|(?P<label>[^<>]*))?>")
_MARKED = [
    re.compile(rf"(?<![\w{sign}]){sign}(?=\S)([^\n{sign}]*?[^\s{sign}]){sign}(?![\w{sign}])")
    for sign in (r"\*", "_", "~", "`")
]
_EMOJI = re.compile(r":([a-z0-9_+-]+):")


def shown(said: Said, names: Mapping[str, str]) -> Shown:
    lines = list(_lines(said, names))
    return Shown(
        id=said.ts,
        text="\n".join(lines),
        buttons=tuple(_button_labels(said)),
        pings=tuple(_pings(said)),
        moments=len(_DATE.findall(str(said.blocks))) + str(said.blocks).count("'type': 'date'"),
        pictures=len(said.message.files),
        origin=said,
    )


def _lines(said: Said, names: Mapping[str, str]) -> Iterator[str]:
    """Blocks stand instead of the text."""
    if not said.blocks:
        yield read(said.text, names)
    for block in said.blocks:
        yield from _read_block(block, names)
    yield from (file.get("alt_txt", "") for file in said.message.files)


def _read_block(block: Json, names: Mapping[str, str]) -> Iterator[str]:
    match block["type"]:
        case "rich_text":
            yield _elements(block["elements"], names)
        case "section":
            yield from (
                _object(each, names) for each in [block.get("text"), *block.get("fields", ())] if each
            )
        case "context":
            yield " ".join(_object(each, names) for each in block["elements"])
        case "table":
            yield from (" | ".join(_cell(cell, names) for cell in row) for row in block["rows"])


def _cell(cell: Json, names: Mapping[str, str]) -> str:
    return str(cell["text"]) if cell["type"] == "raw_text" else _elements(cell["elements"], names)


def _elements(elements: Any, names: Mapping[str, str]) -> str:
    return "".join(_element(each, names) for each in elements)


def _element(element: Json, names: Mapping[str, str]) -> str:
    if "elements" in element:
        return _elements(element["elements"], names)
    if element["type"] == "user":
        return f"@{names.get(element['user_id'], element['user_id'])}"
    return str(element.get("text") or element.get("fallback") or "")


def _object(text: Json, names: Mapping[str, str]) -> str:
    if text["type"] == "plain_text":
        return _EMOJI.sub("⟨emoji⟩", text["text"]) if text.get("emoji", True) else str(text["text"])
    return read(text["text"], names)


def read(mrkdwn: str, names: Mapping[str, str]) -> str:
    """Signs around words are looks and not letters; what was escaped is a letter again."""
    text = _TOKEN.sub(lambda token: _named(token, names), _DATE.sub(r"\1", mrkdwn))
    for marked in _MARKED:
        text = marked.sub(r"\1", text)
    return html.unescape(_EMOJI.sub("⟨emoji⟩", text))


def _named(token: re.Match[str], names: Mapping[str, str]) -> str:
    target, label = token["target"], token["label"]
    return f"@{names.get(target, target)}" if token["kind"] == "@" else label or target


def _button_labels(said: Said) -> Iterator[str]:
    for block in said.blocks:
        if block["type"] == "actions":
            yield from (element["text"]["text"] for element in block["elements"])


def _pings(said: Said) -> Iterator[str]:
    yield from said.pings
    yield from re.findall(r"'type': '(?:user|usergroup|broadcast)'", str(said.blocks))
