"""Reads single values out of a request's JSON; what is missing or misshapen is refused, never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from adapters.web import limits
from adapters.web.errors import Refused

_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
_DIGITS = re.compile(r"[0-9]{1,15}")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL is no text to PostgreSQL, a lone surrogate is no text to anyone."""


def storable(text: str) -> str:
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def text_of(body: Mapping[str, Any], name: str, most: int = limits.BODY_BYTES) -> str:
    """A string that is there and not blank.  Raises `Refused`."""
    value = optional(body, name, most)
    if not value.strip():
        raise Refused("bad_request")
    return value


def optional(body: Mapping[str, Any], name: str, most: int = limits.ID_LENGTH) -> str:
    """A string, empty when absent.  Raises `Refused`."""
    value = body.get(name, "")
    if not isinstance(value, str) or len(value) > most:
        raise Refused("bad_request")
    return storable(value)


def number(body: Mapping[str, Any], name: str) -> int:
    """A whole number from zero on, also as decimal digits; 0 when absent.  Raises `Refused`."""
    value = body.get(name, 0)
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return int(value)
    if type(value) is not int or not 0 <= value < limits.LARGEST_NUMBER:
        raise Refused("bad_request")
    return value


def key_of(body: Mapping[str, Any]) -> str:
    value = body.get("key")
    if not isinstance(value, str) or not _KEY.fullmatch(value):
        raise Refused("bad_request")
    return value


def answers_of(body: Mapping[str, Any]) -> dict[str, str]:
    """What was filled into a form."""
    values = body.get("values")
    if not isinstance(values, dict) or len(values) > limits.FORM_FIELDS:
        raise Refused("bad_request")
    return {storable(name): optional(values, name, limits.BODY_BYTES) for name in values}
