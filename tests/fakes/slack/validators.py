"""Two opinions on what we send, neither of them ours.

`slack_sdk.models` knows lengths and counts; the JSON Schema made from Slack's own TypeScript types knows
shapes. Each misses what the other sees.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.views import View

from tests.fakes.slack.core import Call

Json = dict[str, Any]
SCHEMA = Path(__file__).parent.parent / "schemas" / "blocks.schema.json"


@cache
def _schema(definition: str) -> Draft7Validator:
    whole = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return Draft7Validator({**whole, "$ref": f"#/definitions/{definition}"})


def faults_in_calls(calls: Iterable[Call]) -> list[str]:
    """Everything either validator holds against the blocks and views of these calls."""
    return [f"{call.method}: {fault}" for call in calls for fault in _faults(call.args)]


def _faults(args: Json) -> Iterator[str]:
    if "blocks" in args:
        yield from faults_in_blocks(args["blocks"])
    if "view" in args:
        yield from faults_in_view(args["view"])


def faults_in_blocks(blocks: list[Json]) -> Iterator[str]:
    yield from _shape("Blocks", blocks)
    yield from _limits(blocks)


def faults_in_view(view: Json) -> Iterator[str]:
    """A view's blocks are looked at one by one: the SDK's `View` turns what it does not know into null."""
    yield from _shape("Views", view)
    yield from _limits(view["blocks"])
    frame = {name: value for name, value in view.items() if name != "blocks"}
    try:
        View(**frame, blocks=[DividerBlock()]).to_dict()
    except SlackObjectFormationError as wrong:
        yield f"limits: {wrong}"


def _shape(definition: str, value: Any) -> Iterator[str]:
    for error in _schema(definition).iter_errors(value):
        yield f"shape at {error.json_path}: {error.message[:200]}"


def _limits(blocks: list[Json]) -> Iterator[str]:
    for place, (block, parsed) in enumerate(zip(blocks, Block.parse_all(blocks), strict=True)):
        if parsed is None:
            yield f"limits: block {place} is a {block.get('type')}, unknown to the SDK"
        else:
            yield from _formed(parsed, place)


def _formed(block: Block, place: int) -> Iterator[str]:
    try:
        block.to_dict()  # validates what stands inside as well
    except SlackObjectFormationError as wrong:
        yield f"limits: block {place}: {wrong}"
