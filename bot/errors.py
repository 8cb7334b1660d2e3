"""The error family.

MilepostError
├── UserError            a person can mend it; becomes a card, nothing is saved
│   ├── IllegalMove      a state change the lifecycle does not allow (docs/rules.md)
│   ├── InvalidMilestone a value that no milestone may have
│   ├── InvalidProject   a value that no project, phase or workspace may have
│   └── NotUnderstood    words nobody could read
├── VersionConflict      somebody else changed it first (optimistic lock)
├── MalformedRef         an address that cannot be read
├── StoreUnavailable     the database cannot be reached just now; nothing was saved
├── ConfigError          settings that contradict themselves; stops the start with one sentence
└── DeliveryError        a message that did not, or may not have, arrived
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from traceback import extract_tb

LONGEST_WAIT_SECONDS = 24 * 3600.0
"""A platform that asks for more is asked again after a day."""
_ROOT = Path(__file__).parents[1]


class MilepostError(Exception):
    """Base of everything Milepost raises on purpose."""


class UserError(MilepostError):
    """Something the sender can put right.  The text is a code, never shown; views choose the words."""


class IllegalMove(UserError):
    """``state`` cannot become ``wanted``; ``nearest`` are the states it can become."""

    def __init__(self, state: str, wanted: str, nearest: tuple[str, ...]) -> None:
        super().__init__(f"{state} to {wanted}")
        self.state, self.wanted, self.nearest = state, wanted, nearest


class InvalidMilestone(UserError):
    """``code`` says which rule: title_missing, title_too_long, actual_in_future, ..."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class InvalidProject(UserError):
    """``code`` says which rule: name_missing, name_too_long, exit_too_long, ..."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotUnderstood(UserError):
    """Words that could not be read."""


class VersionConflict(MilepostError):
    """The row changed since it was read: nothing was written."""


class MalformedRef(MilepostError):
    """An address that cannot be read."""


class StoreUnavailable(MilepostError):
    """The database cannot be reached or is locked: nothing was saved, and trying again may help."""


class ConfigError(MilepostError):
    """Settings that contradict themselves.  The text is the one sentence shown at start."""


class Delivery(StrEnum):
    """What is known about a failed send (docs/delivery.md)."""

    NOT_SENT = "not_sent"  # N: certainly not delivered, try again
    UNKNOWN = "unknown"  # ?: may have been delivered
    PERMANENT = "permanent"  # P: this message will never be accepted
    DESTINATION = "destination"  # D: this place cannot be written to; park, burn no tries
    INSTALL = "install"  # D: the whole installation is refused (token revoked)
    DONE = "done"  # the platform says the effect is already there


class DeliveryError(MilepostError):
    """A send or edit that did not plainly succeed.

    ``code`` is the platform's own code (never message text); ``retry_after`` seconds when the platform
    named them; ``moved_to`` the new conversation id when the old one migrated; ``plain_text_may_pass``
    when the same content without formatting is worth one more try; ``gone`` when the message to edit
    no longer exists.
    """

    def __init__(
        self,
        kind: Delivery,
        code: str,
        *,
        retry_after: float | None = None,
        moved_to: str = "",
        plain_text_may_pass: bool = False,
        gone: bool = False,
    ) -> None:
        super().__init__(f"{kind}: {code}")
        wait = None if retry_after is None else min(max(retry_after, 0.0), LONGEST_WAIT_SECONDS)
        self.kind, self.code, self.retry_after, self.moved_to = kind, code, wait, moved_to
        self.plain_text_may_pass, self.gone = plain_text_may_pass, gone


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
