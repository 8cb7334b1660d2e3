"""An update of Telegram → `Incoming`.

In groups only what is meant for the bot counts: a command, its name, or an answer to its message.  Edits are
not read at all, so correcting a typed command cannot make a second milestone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypedDict

from telegram import (
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Message,
    MessageOriginChannel,
    Update,
    User,
)

from adapters.telegram.config import PLATFORM
from adapters.telegram.words import clean_name, mention_of, part, person, rich_text, stripped, without
from bot.cards import RichText
from bot.messages import (
    BotAdded,
    BotRemoved,
    ButtonPress,
    ChatMessage,
    ConversationMoved,
    Incoming,
    MessageShortcut,
    PersonLeft,
    Place,
    PlaceKind,
    Sender,
    SlashCommand,
    Standing,
)
from bot.refs import ConversationRef, MessageRef

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member", "chat_member")
OUR_WORDS = frozenset({"ms", "milestone"})
_MAKES = frozenset({"new", "add"})
_MAKING = re.compile(r"\s+(new|add)(?=\s|$)", re.IGNORECASE)
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@(\w+))?(?=\s|$)", re.ASCII)


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


class _Envelope(TypedDict):
    """What every incoming thing has."""

    key: str
    sender: Sender
    place: Place
    received_at: datetime


def arrival(update: Update, me: Me, at: datetime) -> Arrival | None:
    """What this update means; None when it is not for us."""
    key = f"{me.id}:{update.update_id}"
    if update.message:
        return _message(update.message, me, key, at)
    if update.callback_query:
        return _press(update.callback_query, key, at)
    if update.my_chat_member:
        return _membership(update.my_chat_member, key, at)
    if update.chat_member:
        return _left(update.chat_member, key, at)
    return None


def conversation(chat_id: int, thread: int | None = None) -> ConversationRef:
    return ConversationRef(PLATFORM, "", str(chat_id), str(thread or ""))


def _message(message: Message, me: Me, key: str, at: datetime) -> Arrival | None:
    moved = _moved(message, at)
    if not moved and message.left_chat_member:
        return _gone(message.left_chat_member, message.chat, key, at)
    if moved or message.is_automatic_forward or not (sender := _sender(message)):
        return moved
    place = _place(message.chat, message.message_thread_id if message.is_topic_message else None)
    envelope = _Envelope(key=key, sender=sender, place=place, received_at=at)
    incoming = _words(message, me, envelope)
    return Arrival(incoming, reply_to=str(message.message_id)) if incoming else None


def _words(message: Message, me: Me, envelope: _Envelope) -> Incoming | None:
    text = stripped(
        rich_text(message.text or message.caption or "", message.entities or message.caption_entities)
    )
    ref = MessageRef(envelope["place"].ref, str(message.message_id))
    is_direct = envelope["place"].kind is PlaceKind.DIRECT
    if message.forward_origin:
        if not (is_direct and text):
            return None
        return MessageShortcut(**envelope, text=text, message=ref, permalink=_forwarded_from(message))
    answered = _answered(message, me, envelope["place"].ref)
    command = _COMMAND.match(text.text)
    if command and not answered and (made := _out_of_a_message(message, text, command, me, envelope)):
        return made
    if command:
        return _command(text, command, me, envelope, ref, answered)
    named = mention_of(text, me.username, person(me.id))
    text = without(text, *named) if named else text
    if named and not answered and not text and (made := _shortcut(message, RichText(), envelope)):
        return made
    if text and (is_direct or named or answered):
        return ChatMessage(**envelope, text=text, message=ref, reply_to=answered)
    return None


def _out_of_a_message(
    message: Message, text: RichText, command: re.Match[str], me: Me, envelope: _Envelope
) -> MessageShortcut | None:
    """``/new by Friday @ana`` in answer to somebody's message: that message is what is to be true."""
    word, end = command[1].lower(), command.end()
    if word in OUR_WORDS and (made := _MAKING.match(text.text, end)):
        word, end = made[1].lower(), made.end()
    if word not in _MAKES or not _is_ours(command, me, envelope):
        return None
    return _shortcut(message, stripped(part(text, end, len(text.text))), envelope)


def _shortcut(message: Message, words: RichText, envelope: _Envelope) -> MessageShortcut | None:
    """None when no words of a person are answered."""
    original = message.reply_to_message
    if original is None or original.from_user is None or original.from_user.is_bot:
        return None
    said = original.text or original.caption or ""
    text = stripped(rich_text(said, original.entities or original.caption_entities))
    ref = MessageRef(envelope["place"].ref, str(original.message_id))
    link = original.link or ""
    return MessageShortcut(**envelope, text=text, message=ref, words=words, permalink=link) if text else None


def _forwarded_from(message: Message) -> str:
    """Where a channel's message can be read by whoever has the link."""
    origin = message.forward_origin
    if isinstance(origin, MessageOriginChannel) and origin.chat.username:
        return f"https://t.me/{origin.chat.username}/{origin.message_id}"
    return ""


def _is_ours(command: re.Match[str], me: Me, envelope: _Envelope) -> bool:
    word, to = command[1].lower(), (command[2] or "").lower()
    is_direct = envelope["place"].kind is PlaceKind.DIRECT
    return to == me.username.lower() if to else is_direct or word in me.words | OUR_WORDS


def _command(
    text: RichText,
    command: re.Match[str],
    me: Me,
    envelope: _Envelope,
    ref: MessageRef,
    answered: MessageRef | None,
) -> Incoming | None:
    if not _is_ours(command, me, envelope):
        return None
    word = command[1].lower()
    rest = stripped(part(text, command.end(), len(text.text)))
    if word == "start":
        return BotAdded(**envelope, payload=rest.text)
    verb = "" if word in OUR_WORDS else word.replace("_", "-")
    if answered:
        return ChatMessage(**envelope, text=_said(verb, rest), message=ref, reply_to=answered)
    return SlashCommand(**envelope, text=rest, verb=verb)


def _said(verb: str, rest: RichText) -> RichText:
    """A command typed as an answer to a card: the words, since the card says which milestone."""
    return stripped(RichText(f"{verb} ") + rest)


def _answered(message: Message, me: Me, place: ConversationRef) -> MessageRef | None:
    original = message.reply_to_message
    ours = original and original.from_user and original.from_user.id == me.id
    return MessageRef(place, str(original.message_id)) if original and ours else None


def _press(query: CallbackQuery, key: str, at: datetime) -> Arrival | None:
    shown = query.message
    if shown is None or query.data is None or query.from_user.is_bot:
        return None
    thread = shown.message_thread_id if isinstance(shown, Message) and shown.is_topic_message else None
    place = _place(shown.chat, thread)
    message = MessageRef(place.ref, str(shown.message_id))
    envelope = _Envelope(key=key, sender=_person(query.from_user), place=place, received_at=at)
    press = ButtonPress(**envelope, token=query.data, message=message)
    return Arrival(press, query=query.id, reply_to=message.id)


def _membership(change: ChatMemberUpdated, key: str, at: datetime) -> Arrival | None:
    """Added, started again, blocked or removed.  Pressing Start also sends ``/start``: that is answered."""
    now = _can_write(change.new_chat_member)
    if now == _can_write(change.old_chat_member):
        return None
    envelope = _Envelope(key=key, sender=_person(change.from_user), place=_place(change.chat), received_at=at)
    if now:
        return Arrival(BotAdded(**envelope), mute=change.chat.type == Chat.PRIVATE)
    reason = "blocked" if change.chat.type == Chat.PRIVATE else change.new_chat_member.status
    return Arrival(BotRemoved(**envelope, reason=reason), mute=True)


def _left(change: ChatMemberUpdated, key: str, at: datetime) -> Arrival | None:
    """Telegram tells of this where the bot is an administrator; elsewhere by a message in the group."""
    if _is_in(change.new_chat_member) or not _is_in(change.old_chat_member):
        return None
    return _gone(change.new_chat_member.user, change.chat, key, at)


def _gone(user: User, chat: Chat, key: str, at: datetime) -> Arrival | None:
    if user.is_bot or chat.type == Chat.PRIVATE:
        return None
    return Arrival(PersonLeft(key=key, sender=_person(user), place=_place(chat), received_at=at), mute=True)


def _is_in(member: ChatMember) -> bool:
    outside = isinstance(member, ChatMemberRestricted) and not member.is_member
    return member.status not in (ChatMember.LEFT, ChatMember.BANNED) and not outside


def _can_write(bot: ChatMember) -> bool:
    muted = isinstance(bot, ChatMemberRestricted) and not bot.can_send_messages
    return bot.status not in (ChatMember.LEFT, ChatMember.BANNED) and not muted


def _moved(message: Message, at: datetime) -> Arrival | None:
    """Both chats tell; the key is the same, so it happens once."""
    old = message.chat.id if message.migrate_to_chat_id else message.migrate_from_chat_id
    new = message.migrate_to_chat_id or message.chat.id
    if not old:
        return None
    place = replace(_place(message.chat), ref=conversation(old))
    sender = _sender(message) or Sender(person(old), place.name, standing=Standing.ANONYMOUS)
    envelope = _Envelope(key=f"moved:{old}:{new}", sender=sender, place=place, received_at=at)
    return Arrival(ConversationMoved(**envelope, new=conversation(new)), mute=True)


def _sender(message: Message) -> Sender | None:
    """Who says it.  Groups and channels that speak for somebody may read, never write; bots are not heard."""
    if message.sender_chat:
        title = clean_name(message.sender_chat.title or "")
        return Sender(person(message.sender_chat.id), title, standing=Standing.ANONYMOUS)
    if message.from_user is None or message.from_user.is_bot:
        return None
    return _person(message.from_user)


def _person(user: User) -> Sender:
    name = clean_name(user.full_name) or user.username or str(user.id)
    return Sender(person(user.id), name, user.username or "", language=user.language_code or "")


def _place(chat: Chat, thread: int | None = None) -> Place:
    kind = PlaceKind.DIRECT if chat.type == Chat.PRIVATE else PlaceKind.GROUP
    return Place(conversation(chat.id, thread), kind, clean_name(chat.title or chat.full_name or ""))
