"""What arrives (`Incoming`) and what is answered (`Reply`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.cards import Card, RichText
from bot.forms import Form
from bot.refs import ConversationRef, MessageRef, PersonRef


class Standing(StrEnum):
    """What the platform itself says of the sender."""

    MEMBER = "member"
    ADMIN = "admin"  # owner or administrator of the chat or team
    GUEST = "guest"  # Slack guest or Slack Connect stranger
    ANONYMOUS = "anonymous"  # Telegram anonymous admin or channel: may read, never write


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent it, as the platform knows them; the adapter brings the profile along.

    ``zone`` IANA name, ``language`` BCP 47 tag; both empty when the platform does not say.
    """

    ref: PersonRef
    name: str
    username: str = ""
    zone: str = ""
    language: str = ""
    standing: Standing = Standing.MEMBER


class PlaceKind(StrEnum):
    DIRECT = "direct"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Place:
    """Where it was said."""

    ref: ConversationRef
    kind: PlaceKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came along with words, or alone.

    ``id`` opens it again on its platform (opaque to the core, at most 500 characters); ``name`` as its
    sender gave it, unchecked; ``mime`` as the platform says; ``size`` in bytes, 0 when it does not say;
    ``sha256`` hex where the content was read; ``link`` leads to it in a browser, empty where nothing does;
    ``blob`` names content that its sender handed to us beforehand (`bot.ports.Blob`).
    """

    id: str
    name: str = ""
    mime: str = ""
    size: int = 0
    sha256: str = ""
    link: str = ""
    blob: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrived:
    """``key`` is unique per platform and stable over redelivery; ``received_at`` is aware UTC.

    ``can_open_form``: a form can be shown as the answer to exactly this (Slack: a trigger id is alive).
    ``mentioned``: profiles of the people mentioned, where the platform can be asked for them.
    """

    key: str
    sender: Sender
    place: Place
    received_at: datetime
    can_open_form: bool = False
    mentioned: tuple[Sender, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SlashCommand(_Arrived):
    """``/ms text`` or ``/done text`` (then ``verb`` is ``done``); ``message`` where it stands in one."""

    text: RichText
    verb: str = ""
    message: MessageRef | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMessage(_Arrived):
    """Words addressed to the bot: direct, by mention (already removed) or by replying to its card.

    ``reply_to`` is the message answered (a thread's first message counts); ``quoted`` its text when the
    platform delivers it along; ``permalink`` leads to this message, where such a link exists.
    ``overheard``: said in a thread of ours to whoever reads there, not to the bot.
    """

    text: RichText
    message: MessageRef
    reply_to: MessageRef | None = None
    quoted: str = ""
    attachments: tuple[Attachment, ...] = ()
    permalink: str = ""
    overheard: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEdited(_Arrived):
    """Words that came before are other words now.  They are no new command."""

    text: RichText
    message: MessageRef


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDeleted(_Arrived):
    """A message that came before is gone; the sender is who had said it, as far as the platform tells."""

    message: MessageRef


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonPress(_Arrived):
    """``message`` is None when the platform no longer shows it to us."""

    token: str
    message: MessageRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSubmission(_Arrived):
    token: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageShortcut(_Arrived):
    """Make milestone, chosen on somebody's message or said in answer to it.

    ``text`` is that message's, ``message`` and ``permalink`` lead there; ``words`` what was said with it
    ("by Friday @ana"), empty when it was only chosen.
    """

    text: RichText
    message: MessageRef
    words: RichText = field(default_factory=RichText)
    permalink: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeOpened(_Arrived):
    """The person opened the bot's home surface."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BotAdded(_Arrived):
    """The bot was added to a conversation, or a person started it."""

    payload: str = ""  # deep-link code, empty when none


@dataclass(frozen=True, slots=True, kw_only=True)
class BotRemoved(_Arrived):
    """The bot cannot write there any more (kicked, blocked, archived); ``reason`` is a platform code."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationMoved(_Arrived):
    """``place`` (the old one) is now ``new``."""

    new: ConversationRef


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileChanged(_Arrived):
    """The sender's name, zone or language changed on the platform."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLeft(_Arrived):
    """The sender is gone: from ``place`` when that is a group, else from the platform's whole team."""


Words = SlashCommand | ChatMessage | MessageShortcut
Lifecycle = BotAdded | BotRemoved | ConversationMoved | ProfileChanged | PersonLeft
Correction = MessageEdited | MessageDeleted
Incoming = (
    SlashCommand
    | ChatMessage
    | ButtonPress
    | FormSubmission
    | MessageShortcut
    | HomeOpened
    | BotAdded
    | BotRemoved
    | ConversationMoved
    | ProfileChanged
    | PersonLeft
    | MessageEdited
    | MessageDeleted
)


class Audience(StrEnum):
    """Who sees an answer."""

    SENDER = "sender"  # privately where the platform can, else briefly where it was said
    CONVERSATION = "conversation"  # everybody there
    DIRECT = "direct"  # by direct message; ``Reply.unreachable`` is said in place if that fails


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one incoming thing.

    ``body`` may be None: then only ``toast`` is shown where platforms have such a thing, and visible
    changes travel through the outbox.  ``edits``: replace the card the press came from (only when that
    message is the sender's private one; anchors are edited through the outbox).  ``errors``: field name
    to sentence, for a form that must stay open.  ``quiet``: shown without a sound.
    """

    body: Card | Form | None = None
    audience: Audience = Audience.SENDER
    edits: bool = False
    toast: str = ""
    unreachable: Card | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    quiet: bool = False
