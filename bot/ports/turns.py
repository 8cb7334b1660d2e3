"""What one turn of a conversation leaves behind: keys, buttons, questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Inbox(Protocol):
    def add(self, platform: str, key: str, at: datetime) -> bool:
        """Remember that this arrived.  False: it had already."""
        ...

    def forget_before(self, instant: datetime) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAction:
    """What a button or form does: ``asked`` are the command's arguments as JSON values.

    ``conversation`` is ``str(ConversationRef.root)`` where it was shown: a press elsewhere is stale.
    ``version`` is the subject's when shown, 0 when it does not matter.
    """

    workspace_id: str
    verb: str
    asked: Mapping[str, object]
    conversation: str
    milestone_id: str = ""
    version: int = 0


class StoredActions(Protocol):
    """Buttons.  Tokens are keyed 128-bit hashes of what they do, so they cannot be guessed, both copies
    of a repeated message carry the same ones, and showing a list twice writes nothing the second time."""

    def offer(self, action: StoredAction, at: datetime) -> str:
        """The token for ``action``; stored with the commit that shows it."""
        ...

    def get(self, token: str) -> StoredAction | None: ...
    def forget_expired(self) -> int:
        """Buttons nobody was shown for 90 days."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialog:
    """A question that waits for one person's answer in one conversation."""

    workspace_id: str
    person_id: str
    conversation: str
    verb: str
    asked: Mapping[str, object]
    field: str
    asked_at: datetime


class Dialogs(Protocol):
    def put(self, dialog: Dialog) -> None:
        """Replaces an earlier question to the same person in the same conversation."""
        ...

    def take(self, workspace_id: str, person_id: str, conversation: str) -> Dialog | None:
        """Remove and return."""
        ...
