"""Telegram's own shapes as JSON Schema: what the bot sends and what the fake says are held against them.

The schemas are generated from another project's types; see tests/fakes/schemas/telegram/README.md.
"""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import cast

from jsonschema import Draft7Validator  # type: ignore[import-untyped]

from tests.fakes.telegram.state import Call
from tests.fakes.telegram.world import Json

FILE = Path(__file__).parent.parent / "schemas" / "telegram" / "bot_api.json"
WITHOUT_PARAMETERS = frozenset({"getme", "getwebhookinfo"})


@cache
def _definitions() -> Json:
    return cast(Json, json.loads(FILE.read_text())["definitions"])


@cache
def _validator(name: str) -> Draft7Validator:
    return Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": _definitions()})


def faults_in(name: str, value: object) -> list[str]:
    """What the type called `name` objects to; empty when the value fits."""
    return [
        f"{name}{error.json_path[1:]}: {error.message[:200]}" for error in _validator(name).iter_errors(value)
    ]


def faults_of_calls(calls: Iterable[Call]) -> list[str]:
    """Every parameter that Telegram does not know, misses or wants in another type."""
    known = {name.removesuffix("Params").lower(): name for name in _definitions() if name.endswith("Params")}
    asked = [call for call in calls if call.method.lower() not in WITHOUT_PARAMETERS]
    return [fault for call in asked for fault in faults_in(known[call.method.lower()], call.parameters)]
