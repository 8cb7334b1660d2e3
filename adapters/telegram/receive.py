"""An update of Telegram → `Incoming`.

In groups only what is meant for the bot counts: a command, its name, or an answer to its message.  An edit
is told as one, so correcting a typed command cannot make a second milestone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

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

from adapters.telegram.envelope import Arrival, Envelope, Me, conversation, place_of, profile, sender_of
from adapters.telegram.files import attachments
from adapters.telegram.words import mention_of, part, person, rich_text, stripped, without
from bot.cards import RichText
from bot.messages import (
    Attachment,
    BotAdded,
    BotRemoved,
    ButtonPress,
    ChatMessage,
    ConversationMoved,
    Incoming,
    MessageEdited,
    MessageShortcut,
    PersonLeft,
    PlaceKind,
    Sender,
    SlashCommand,
    Standing,
)
from bot.refs import ConversationRef, MessageRef

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")
OUR_WORDS = frozenset({"ms", "milestone"})
_MAKES = frozenset({"new", "add"})
_MAKING = re.compile(r"\s+(new|add)(?=\s|$)", re.IGNORECASE)
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@(\w+))?(?=\s|$)", re.ASCII)


def arrival(update: Update, me: Me, at: datetime) -> Arrival | None:
    """What this update means; None when it is not for us."""
    key = f"{me.id}:{update.update_id}"
    if update.message:
        return _message(update.message, me, key, at)
    if update.edited_message:
        return _edited(update.edited_message, me, key, at)
    if update.callback_query:
        return _press(update.callback_query, key, at)
    if update.my_chat_member:
        return _membership(update.my_chat_member, key, at)
    if update.chat_member:
        return _left(update.chat_member, key, at)
    return None


def _message(message: Message, me: Me, key: str, at: datetime) -> Arrival | None:
    moved = _moved(message, at)
    if not moved and message.left_chat_member:
        return _gone(message.left_chat_member, message.chat, key, at)
    if moved or message.is_automatic_forward or not (sender := sender_of(message)):
        return moved
    place = place_of(message.chat, message.message_thread_id if message.is_topic_message else None)
    envelope = Envelope(key=key, sender=sender, place=place, received_at=at)
    incoming = _words(message, me, envelope)
    return Arrival(incoming, reply_to=str(message.message_id)) if incoming else None


def _words(message: Message, me: Me, envelope: Envelope) -> Incoming | None:
    text = stripped(
        rich_text(message.text or message.caption or "", message.entities or message.caption_entities)
    )
    ref = MessageRef(envelope["place"].ref, str(message.message_id))
    is_direct = envelope["place"].kind is PlaceKind.DIRECT
    files = attachments(message)
    if message.forward_origin and not text:
        given = is_direct and files
        return ChatMessage(**envelope, text=text, message=ref, attachments=files) if given else None
    if message.forward_origin:
        if not is_direct:
            return None
        return MessageShortcut(**envelope, text=text, message=ref, permalink=_forwarded_from(message))
    answered = _answered(message, me, envelope["place"].ref)
    command = _COMMAND.match(text.text)
    if command and not answered and (made := _out_of_a_message(message, text, command, me, envelope)):
        return made
    if command:
        said = _command(text, command, me, envelope, ref, answered, files)
        return replace(said, quoted=_quoted(message)) if isinstance(said, ChatMessage) else said
    named = mention_of(text, me.username, person(me.id))
    text = without(text, *named) if named else text
    if named and not answered and not text and (made := _shortcut(message, RichText(), envelope)):
        return made
    if (text or files) and (is_direct or named or answered):
        link = message.link or ""
        return ChatMessage(
            **envelope,
            text=text,
            message=ref,
            reply_to=answered,
            quoted=_quoted(message) if answered else "",
            attachments=files,
            permalink=link,
        )
    return None


def _edited(message: Message, me: Me, key: str, at: datetime) -> Arrival | None:
    """Words that were for us when they were said; whatever they say now, they are no new command."""
    sender = sender_of(message)
    if sender is None or message.is_automatic_forward or message.forward_origin:
        return None
    place = place_of(message.chat, message.message_thread_id if message.is_topic_message else None)
    said = _words(message, me, envelope := Envelope(key=key, sender=sender, place=place, received_at=at))
    if not isinstance(said, ChatMessage | SlashCommand):
        return None
    text = _said(said.verb, said.text) if isinstance(said, SlashCommand) else said.text
    ref = MessageRef(place.ref, str(message.message_id))
    return Arrival(MessageEdited(**envelope, text=text, message=ref), mute=True)


def _out_of_a_message(
    message: Message, text: RichText, command: re.Match[str], me: Me, envelope: Envelope
) -> MessageShortcut | None:
    """``/new by Friday @ana`` in answer to somebody's message: that message is what is to be true."""
    word, end = command[1].lower(), command.end()
    if word in OUR_WORDS and (made := _MAKING.match(text.text, end)):
        word, end = made[1].lower(), made.end()
    if word not in _MAKES or not _is_ours(command, me, envelope):
        return None
    return _shortcut(message, stripped(part(text, end, len(text.text))), envelope)


def _shortcut(message: Message, words: RichText, envelope: Envelope) -> MessageShortcut | None:
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


def _is_ours(command: re.Match[str], me: Me, envelope: Envelope) -> bool:
    word, to = command[1].lower(), (command[2] or "").lower()
    is_direct = envelope["place"].kind is PlaceKind.DIRECT
    return to == me.username.lower() if to else is_direct or word in me.words | OUR_WORDS


def _command(
    text: RichText,
    command: re.Match[str],
    me: Me,
    envelope: Envelope,
    ref: MessageRef,
    answered: MessageRef | None,
    files: tuple[Attachment, ...],
) -> Incoming | None:
    if not _is_ours(command, me, envelope):
        return None
    word = command[1].lower()
    rest = stripped(part(text, command.end(), len(text.text)))
    if word == "start":
        return BotAdded(**envelope, payload=rest.text)
    verb = "" if word in OUR_WORDS else word.replace("_", "-")
    if answered:
        said = _said(verb, rest)
        return ChatMessage(**envelope, text=said, message=ref, reply_to=answered, attachments=files)
    return SlashCommand(**envelope, text=rest, verb=verb, message=ref, attachments=files)


def _said(verb: str, rest: RichText) -> RichText:
    """A command typed as an answer to a card: the words, since the card says which milestone."""
    return stripped(RichText(f"{verb} ") + rest)


def _answered(message: Message, me: Me, place: ConversationRef) -> MessageRef | None:
    original = message.reply_to_message
    ours = original and original.from_user and original.from_user.id == me.id
    return MessageRef(place, str(original.message_id)) if original and ours else None


def _quoted(message: Message) -> str:
    """What the message of ours says that is answered: a reminder names its milestone."""
    original = message.reply_to_message
    return original.text or original.caption or "" if original else ""


def _press(query: CallbackQuery, key: str, at: datetime) -> Arrival | None:
    shown = query.message
    if shown is None or query.data is None or query.from_user.is_bot:
        return None
    thread = shown.message_thread_id if isinstance(shown, Message) and shown.is_topic_message else None
    place = place_of(shown.chat, thread)
    message = MessageRef(place.ref, str(shown.message_id))
    envelope = Envelope(key=key, sender=profile(query.from_user), place=place, received_at=at)
    press = ButtonPress(**envelope, token=query.data, message=message)
    return Arrival(press, query=query.id, reply_to=message.id)


def _membership(change: ChatMemberUpdated, key: str, at: datetime) -> Arrival | None:
    """Added, started again, blocked or removed.  Pressing Start also sends ``/start``: that is answered."""
    now = _can_write(change.new_chat_member)
    if now == _can_write(change.old_chat_member):
        return None
    envelope = Envelope(
        key=key, sender=profile(change.from_user), place=place_of(change.chat), received_at=at
    )
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
    return Arrival(PersonLeft(key=key, sender=profile(user), place=place_of(chat), received_at=at), mute=True)


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
    place = replace(place_of(message.chat), ref=conversation(old))
    sender = sender_of(message) or Sender(person(old), place.name, standing=Standing.ANONYMOUS)
    envelope = Envelope(key=f"moved:{old}:{new}", sender=sender, place=place, received_at=at)
    return Arrival(ConversationMoved(**envelope, new=conversation(new)), mute=True)
