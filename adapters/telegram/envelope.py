"""What every update of Telegram brings: from whom, where, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from telegram import Chat, Message, User

from adapters.telegram.config import PLATFORM
from adapters.telegram.words import clean_name, person
from bot.messages import Incoming, Place, PlaceKind, Sender, Standing
from bot.refs import ConversationRef


@dataclass(frozen=True, slots=True)
class Me:
    """The bot's own account; ``words`` are the commands it answers to without being named."""

    id: int
    username: str
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Arrival:
    """``query``: the press to answer; ``reply_to``: the message an answer in a group refers to; ``mute``: an
    answer would repeat what the next update brings about."""

    incoming: Incoming
    query: str = ""
    reply_to: str = ""
    mute: bool = False


class Envelope(TypedDict):
    """What every incoming thing has."""

    key: str
    sender: Sender
    place: Place
    received_at: datetime


def conversation(chat_id: int, thread: int | None = None) -> ConversationRef:
    return ConversationRef(PLATFORM, "", str(chat_id), str(thread or ""))


def sender_of(message: Message) -> Sender | None:
    """Who says it.  Groups and channels that speak for somebody may read, never write; bots are not heard."""
    if message.sender_chat:
        title = clean_name(message.sender_chat.title or "")
        return Sender(person(message.sender_chat.id), title, standing=Standing.ANONYMOUS)
    if message.from_user is None or message.from_user.is_bot:
        return None
    return profile(message.from_user)


def profile(user: User) -> Sender:
    name = clean_name(user.full_name) or user.username or str(user.id)
    return Sender(person(user.id), name, user.username or "", language=user.language_code or "")


def place_of(chat: Chat, thread: int | None = None) -> Place:
    kind = PlaceKind.DIRECT if chat.type == Chat.PRIVATE else PlaceKind.GROUP
    return Place(conversation(chat.id, thread), kind, clean_name(chat.title or chat.full_name or ""))
