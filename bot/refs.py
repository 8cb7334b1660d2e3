"""Addresses: who and where, on which platform.

Every reference round-trips to one string (``str(ref)`` and ``X.parse``), so that storage, logs and
locks share a single spelling.  Parts are percent-encoded, so no id can forge a separator.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from bot.errors import MalformedRef


def _join(*parts: str) -> str:
    return "/".join(quote(part, safe="") for part in parts)


def _split(text: str, count: int) -> list[str]:
    parts = text.split("/")
    if len(parts) != count or not parts[0]:
        raise MalformedRef(f"not an address of {count} parts")
    return [unquote(part) for part in parts]


@dataclass(frozen=True, slots=True)
class PersonRef:
    """An account on one platform.

    ``workspace`` is the platform's own tenant id from the verified envelope (Slack team id; empty on
    Telegram, where a bot has no tenant); ``id`` the platform's user id as text.
    """

    platform: str
    workspace: str
    id: str

    def __str__(self) -> str:
        return _join(self.platform, self.workspace, self.id)

    @classmethod
    def parse(cls, text: str) -> PersonRef:
        """Read ``str(ref)`` back.  Raises `MalformedRef`."""
        return cls(*_split(text, 3))


@dataclass(frozen=True, slots=True)
class ConversationRef:
    """A channel, group or direct conversation; ``thread`` is empty outside threads and topics."""

    platform: str
    workspace: str
    id: str
    thread: str = ""

    def __str__(self) -> str:
        return _join(self.platform, self.workspace, self.id, self.thread)

    @property
    def root(self) -> ConversationRef:
        """The same conversation outside any thread."""
        return replace(self, thread="") if self.thread else self

    def in_thread(self, thread: str) -> ConversationRef:
        return replace(self, thread=thread)

    @classmethod
    def parse(cls, text: str) -> ConversationRef:
        """Read ``str(ref)`` back.  Raises `MalformedRef`."""
        return cls(*_split(text, 4))


@dataclass(frozen=True, slots=True)
class MessageRef:
    """One message in a conversation; ``id`` is the platform's (Slack ``ts``, Telegram message id)."""

    conversation: ConversationRef
    id: str

    def __str__(self) -> str:
        return f"{self.conversation}/{quote(self.id, safe='')}"

    @classmethod
    def parse(cls, text: str) -> MessageRef:
        """Read ``str(ref)`` back.  Raises `MalformedRef`."""
        *place, last = _split(text, 5)
        return cls(ConversationRef(*place), last)
