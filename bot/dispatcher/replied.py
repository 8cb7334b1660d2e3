"""Which milestone a message answers: by the card replied to, the thread it stands in, or what it quotes."""

from __future__ import annotations

import re

from bot.commands import Context
from bot.messages import ChatMessage
from bot.refs import MessageRef

_KEY = re.compile(r"\b([A-Z][A-Z0-9]{1,9})-(\d{1,6})\b")
_FIRST_LINE = 200


def replied_to(ctx: Context, incoming: ChatMessage) -> str:
    """Its id, empty when the message answers no card of ours."""
    thread = incoming.place.ref.thread
    first = MessageRef(incoming.place.ref.root, thread) if thread else None
    for message in filter(None, (incoming.reply_to, first)):
        anchor = ctx.uow.anchors.at(ctx.workspace.id, message)
        if anchor:
            return anchor.milestone_id
    return _quoted(ctx, incoming.quoted)


def _quoted(ctx: Context, quoted: str) -> str:
    """The milestone whose key stands in the first line of a quoted card of ours."""
    found = _KEY.search(quoted[:_FIRST_LINE])
    milestone = ctx.uow.milestones.by_key(ctx.workspace.id, found[1], int(found[2])) if found else None
    return milestone.id if milestone else ""
