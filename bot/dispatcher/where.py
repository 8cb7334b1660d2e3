"""Where something broke, told without a word of what was being said."""

from __future__ import annotations

from pathlib import Path
from traceback import extract_tb

_ROOT = Path(__file__).parents[2]


def where(error: BaseException) -> str:
    """``ValueError at bot/commands/when.py:31 settle_due < bot/handlers/new.py:63 handle``, with what caused
    it.  No error's own message: it may quote what a person wrote."""
    return " because of ".join(_one(link) for link in _chain(error))


def _chain(error: BaseException) -> list[BaseException]:
    found = [error]
    while (cause := found[-1].__cause__ or found[-1].__context__) and cause not in found:
        found.append(cause)
    return found


def _one(error: BaseException) -> str:
    frames = reversed(extract_tb(error.__traceback__))
    places = " < ".join(f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames)
    return f"{type(error).__name__} at {places}" if places else type(error).__name__


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else path.name
