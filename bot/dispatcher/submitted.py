"""A form's answers as arguments.  What a form does not ask for is not taken from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.dialogs import Asked
from bot.forms import OWN

_ASKED_FOR = frozenset({"title", "owner_id", "due", "needs", "reason"})
_LONGEST_PHRASE = 64


def filled_in(asked: Asked, values: Mapping[str, str]) -> Asked:
    """``asked`` with the form's answers; a date that is none is read as words."""
    own = {name.removeprefix(OWN): value.strip() for name, value in values.items() if name.startswith(OWN)}
    asked = asked.having(answers=own) if own else asked
    given = {name: value.strip() for name, value in values.items() if name in _ASKED_FOR}
    if "needs" in given:
        asked = asked.having(needs=tuple(line for line in given.pop("needs").splitlines() if line.strip()))
    if "due" in given:
        asked = asked.having(**_due(given.pop("due")))
    return asked.having(**given)


def _due(value: str) -> dict[str, str]:
    try:
        return {"due": date.fromisoformat(value).isoformat(), "when": ""}
    except ValueError:
        return {"due": "", "when": value[:_LONGEST_PHRASE]}
