"""The neutral form: a Slack modal, an HTML form, or one question after another.

The dispatcher hands a `Form` only to an adapter that can show one at that moment
(`Capabilities.forms` and `Incoming.can_open_form`); otherwise it asks the fields one by one as cards.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

OWN = "set_"
"""Begins the names of fields that only the form's verb knows: their answers reach it by name."""


class FieldKind(StrEnum):
    """What a field holds; every answer travels as text (dates ISO, people and choices by value)."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    PERSON = "person"
    CHOICE = "choice"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Option:
    """``value`` is opaque to adapters, at most 75 characters."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question.  ``options`` for PERSON and CHOICE; ``value`` what is filled in already."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = True
    value: str = ""
    hint: str = ""
    options: tuple[Option, ...] = ()
    max_length: int = 200


@dataclass(frozen=True, slots=True)
class Form:
    """``token`` comes back with the answers; ``title`` fits 24 characters (Slack's limit, the narrowest)."""

    title: str
    token: str
    fields: tuple[Field, ...]
    submit: str
    cancel: str
    intro: str = ""
