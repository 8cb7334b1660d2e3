"""Files in Telegram: what comes along with a message, how it is shown again, and its content.

The id of an attachment is Telegram's own with its kind in front: a photo is sent again as a photo only.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Animation, Audio, Bot, Document, Message, PhotoSize, Video, VideoNote, Voice

from adapters.telegram.config import PLATFORM
from adapters.telegram.errors import FAILURES, classified
from adapters.telegram.limits import DOWNLOAD_BYTES
from bot.cards import Card, File
from bot.errors import Delivery, DeliveryError
from bot.messages import Attachment

Sent = Audio | Video | VideoNote | Voice | Document | Animation
_MIMES = {"video_note": "video/mp4", "voice": "audio/ogg", "photo": "image/jpeg"}
_ENDINGS = {"photo": "jpg", "video": "mp4", "video_note": "mp4", "voice": "ogg", "audio": "mp3"}


def attachments(message: Message) -> tuple[Attachment, ...]:
    """Telegram sends one file with each message; an album is several messages."""
    if message.photo:
        return (_photo(message, message.photo[-1]),)
    sent: tuple[tuple[str, Sent | None], ...] = (
        ("document", None if message.animation else message.document),
        ("animation", message.animation),
        ("video", message.video),
        ("video_note", message.video_note),
        ("voice", message.voice),
        ("audio", message.audio),
    )
    return tuple(_file(message, kind, file) for kind, file in sent if file)


def shown_again(card: Card) -> tuple[File, ...]:
    """The files of a card that Telegram keeps."""
    return tuple(
        block
        for block in card.blocks
        if isinstance(block, File) and block.platform == PLATFORM and ":" in block.id
    )


async def send_again(bot: Bot, file: File, **where: Any) -> None:
    """Raises what `adapters.telegram.errors.FAILURES` names."""
    kind, _, file_id = file.id.partition(":")
    senders: dict[str, Callable[..., Awaitable[object]]] = {
        "photo": bot.send_photo,
        "animation": bot.send_animation,
        "video": bot.send_video,
        "video_note": bot.send_video_note,
        "voice": bot.send_voice,
        "audio": bot.send_audio,
    }
    named = {f"{kind if kind in senders else 'document'}": file_id}
    await senders.get(kind, bot.send_document)(**named, **where)


async def content(bot: Bot, attachment_id: str, most: int) -> bytes:
    """The whole file.  Raises `DeliveryError`.  Telegram gives bots nothing larger than 20 MB."""
    file_id = attachment_id.partition(":")[2]
    try:
        found = await bot.get_file(file_id)
        if (found.file_size or 0) > min(most, DOWNLOAD_BYTES):
            raise DeliveryError(Delivery.PERMANENT, "file_too_large")
        read = bytes(await found.download_as_bytearray())
    except FAILURES as error:
        if "too big" in str(error):
            raise DeliveryError(Delivery.PERMANENT, "file_too_large") from error
        raise classified(error) from error
    if len(read) > most:
        raise DeliveryError(Delivery.PERMANENT, "file_too_large")
    return read


def _photo(message: Message, largest: PhotoSize) -> Attachment:
    name = f"photo {message.date:%Y-%m-%d %H.%M}.jpg"
    return Attachment(f"photo:{largest.file_id}", name, _MIMES["photo"], largest.file_size or 0)


def _file(message: Message, kind: str, file: Sent) -> Attachment:
    given = getattr(file, "file_name", None)
    name = given or f"{kind.replace('_', ' ')} {message.date:%Y-%m-%d %H.%M}.{_ENDINGS.get(kind, 'bin')}"
    mime = getattr(file, "mime_type", None) or _MIMES.get(kind, "")
    return Attachment(f"{kind}:{file.file_id}", name, mime, file.file_size or 0)
