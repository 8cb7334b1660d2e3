"""What no database keeps and no screen shows is taken out at the door, one sign for one sign."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.cards import RichText
from bot.messages import (
    Attachment,
    BotAdded,
    ButtonPress,
    ChatMessage,
    FormSubmission,
    Incoming,
    MessageEdited,
    MessageShortcut,
    SlashCommand,
)

_UNKEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_STAND_IN = "\N{REPLACEMENT CHARACTER}"


def plain(text: str) -> str:
    """``text`` of the same length without NUL, other control signs and halves of letters."""
    return _UNKEPT.sub(_STAND_IN, text) if _UNKEPT.search(text) else text


def cleaned(incoming: Incoming) -> Incoming:
    """The same thing in signs that can be stored; spans stay where they are."""
    sender, place = incoming.sender, incoming.place
    changes: dict[str, object] = {}
    if _UNKEPT.search(f"{sender.name}{sender.username}{place.name}"):
        changes["sender"] = replace(sender, name=plain(sender.name), username=plain(sender.username))
        changes["place"] = replace(place, name=plain(place.name))
    changes |= _content(incoming)
    return replace(incoming, **changes) if changes else incoming  # type: ignore[arg-type]  # fields named above


def _content(incoming: Incoming) -> dict[str, object]:
    match incoming:
        case MessageShortcut(text=text, words=said):
            return _words(text) | {"words": RichText(plain(said.text), said.spans)}
        case MessageEdited(text=text):
            return _words(text)
        case SlashCommand(text=text, attachments=attachments):
            return _words(text) | _files(attachments)
        case ChatMessage(text=text, quoted=quoted, attachments=attachments):
            words = _words(text) | _files(attachments)
            return words | ({"quoted": plain(quoted)} if _UNKEPT.search(quoted) else {})
        case ButtonPress(token=token):
            return {"token": plain(token)} if _UNKEPT.search(token) else {}
        case FormSubmission(token=token, values=values):
            return {"token": plain(token), "values": {plain(n): plain(v) for n, v in values.items()}}
        case BotAdded(payload=payload):
            return {"payload": plain(payload)} if _UNKEPT.search(payload) else {}
        case _:
            return {}


def _files(attachments: tuple[Attachment, ...]) -> dict[str, object]:
    if not any(_UNKEPT.search(f"{a.name}{a.mime}{a.link}") for a in attachments):
        return {}
    kept = (replace(a, name=plain(a.name), mime=plain(a.mime), link=plain(a.link)) for a in attachments)
    return {"attachments": tuple(kept)}


def _words(text: RichText) -> dict[str, object]:
    return {"text": RichText(plain(text.text), text.spans)} if _UNKEPT.search(text.text) else {}
