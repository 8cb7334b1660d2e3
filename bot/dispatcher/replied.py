"""Which milestone a message answers: by the card replied to, the thread it stands in, or what it quotes."""

from __future__ import annotations

import re

from bot.access import Matter, Rule, may
from bot.commands import Context
from bot.messages import ChatMessage, Incoming, Standing
from bot.people import recognise
from bot.ports import UnitOfWork
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


def is_for_us(uow: UnitOfWork, incoming: Incoming) -> bool:
    """Whether what was overheard stands below a milestone's card, said by somebody who may add to it.

    Asked before anything is remembered: other talk leaves no trace, and nobody is refused what they did not
    ask for."""
    met = recognise(uow, incoming.sender, incoming.place)
    if met.workspace is None or not isinstance(incoming, ChatMessage) or incoming.reply_to is None:
        return False
    anchor = uow.anchors.at(met.workspace.id, incoming.reply_to)
    milestone = uow.milestones.get(met.workspace.id, anchor.milestone_id) if anchor else None
    if milestone is None or milestone.withdrawn:
        return False
    if met.person is None:
        return incoming.sender.standing in (Standing.MEMBER, Standing.ADMIN)
    project = uow.projects.get(met.workspace.id, milestone.project_id)
    return may(met.person, Rule.ANSWER, Matter(project, milestone))


def _quoted(ctx: Context, quoted: str) -> str:
    """The milestone whose key stands in the first line of a quoted card of ours."""
    found = _KEY.search(quoted[:_FIRST_LINE])
    milestone = ctx.uow.milestones.by_key(ctx.workspace.id, found[1], int(found[2])) if found else None
    return milestone.id if milestone else ""
