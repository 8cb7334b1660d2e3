"""What a platform offers the core, and the core a platform."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.cards import Card
from bot.messages import Incoming, Reply
from bot.refs import ConversationRef, MessageRef, PersonRef


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a platform can do; the core asks this and never the platform's name.

    ``forms``: can show a `Form`; ``private_replies``: can answer one person privately inside a group;
    ``can_find``: can be asked whether a message arrived; ``edits``: can edit its own messages;
    ``deep_links``: an invitation can be a link that opens the bot; ``signs_in``: a code is brought by a page
    that asked already, and is used at once.
    """

    forms: bool
    private_replies: bool
    can_find: bool
    edits: bool = True
    deep_links: bool = False
    signs_in: bool = False


@dataclass(frozen=True, slots=True)
class Sending:
    """What goes along with one outgoing message.

    ``oid`` is the outbox row's id (idempotency key and metadata); ``silent``: no sound;
    ``repeat``: this may be the second copy and should say so quietly where the platform can.
    """

    oid: str
    silent: bool = False
    repeat: bool = False
    plain_text: bool = False


class Receiver(Protocol):
    """The core, as adapters see it."""

    async def receive(self, incoming: Incoming) -> Reply | None:
        """Handle one incoming thing to its commit.  None: nothing to answer (also for a duplicate).

        Never raises for bad input; raises only when storage is unavailable, and then nothing was
        saved, so the platform may deliver it again.
        """
        ...


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of ``doctor``: ``level`` is ok, warn or fail; ``remedy`` is empty when ok."""

    level: str
    what: str
    remedy: str = ""


class Adapter(Protocol):
    """One platform.  Sends raise `bot.errors.DeliveryError`, already classified."""

    @property
    def name(self) -> str: ...

    @property
    def capabilities(self) -> Capabilities: ...

    async def run(self, receiver: Receiver) -> None:
        """Connect, receive until cancelled, disconnect.  HTTP-only platforms just wait."""
        ...

    async def close(self) -> None:
        """Let answers under way finish, then hang up."""
        ...

    async def send(self, to: ConversationRef, card: Card, how: Sending) -> MessageRef: ...

    async def edit(self, message: MessageRef, card: Card, how: Sending) -> None: ...

    async def direct(self, person: PersonRef) -> ConversationRef:
        """The direct conversation with ``person``; may ask the platform."""
        ...

    async def find(self, to: ConversationRef, oid: str, since: datetime) -> MessageRef | None:
        """The message sent with ``oid`` since then, if the platform has it (`Capabilities.can_find`)."""
        ...

    async def fetch(self, file_id: str, most: int) -> bytes:
        """The content of an attachment by its id.  Raises `DeliveryError`, PERMANENT with code
        ``file_too_large`` before more than ``most`` bytes were read."""
        ...

    def routes(self, receiver: Receiver) -> Sequence[Any]:
        """Starlette routes this platform needs; empty when it connects outward."""
        ...

    def deep_link(self, code: str) -> str:
        """A link that opens the bot with ``code``; empty without `Capabilities.deep_links`."""
        ...

    async def check(self) -> Sequence[Finding]:
        """What ``milepost doctor`` says of this platform: tokens, scopes, reachability."""
        ...
