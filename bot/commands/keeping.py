"""Files that come along with words: held until it is known which milestone they are for, then kept there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.cards import Actions, Block, Button, Card, RichText, Text
from bot.commands.context import Context
from bot.dialogs import MOST_BUTTONS, Asked
from bot.domain.files import COPIES_LIMIT, COPY_LIMIT, Copy, KeptFile, clean_name, removed
from bot.domain.milestone import Milestone
from bot.messages import Attachment, Reply
from bot.views.files import kept_words, ticks, too_large_words

MOST_AT_ONCE = 20


def held(ctx: Context, asked: Asked) -> Asked:
    """What came along is written down at once, so that no question in between can lose it."""
    if not ctx.said.attachments or asked.files:
        return asked
    files = [_received(ctx, attachment) for attachment in ctx.said.attachments[:MOST_AT_ONCE]]
    for file in files:
        ctx.uow.files.add(file)
    return asked.having(files=tuple(file.id for file in files))


def keep(ctx: Context, milestone: Milestone, ids: Iterable[str]) -> tuple[KeptFile, ...]:
    """The sender's own files among ``ids`` that wait for a milestone belong to this one from now on."""
    found = (ctx.uow.files.get(ctx.workspace.id, ident) for ident in ids)
    waiting = [f for f in found if f and f.by_id == ctx.person.id and not f.milestone_id and not f.is_removed]
    room = COPIES_LIMIT - (ctx.uow.files.held(ctx.workspace.id) if waiting else 0)
    kept = []
    for file in waiting:
        copy = _copy(ctx, file, room)
        room -= file.size if copy is Copy.WANTED else 0
        blob_id = file.blob_id if copy is Copy.HELD else ""
        kept.append(replace(file, milestone_id=milestone.id, copy=copy, blob_id=blob_id))
        ctx.uow.files.save(kept[-1])
    return tuple(kept)


def mentioning(ctx: Context, reply: Reply) -> Reply:
    """The same answer, which also says what was kept, and offers the standard that waited for it."""
    card = reply.body
    if not ctx.kept or not isinstance(card, Card):
        return reply
    words = (kept_words(ctx.kept, ctx.reader), *too_large_words(ctx.kept, ctx.reader))
    said = tuple(Text(RichText(line), quiet=True) for line in words)
    now = ctx.uow.milestones.get(ctx.workspace.id, ctx.kept[0].milestone_id)
    offered = ticks(now, ctx.kept, ctx.reader, ctx.offers) if now else ()
    blocks = tuple(_with_first(block, offered) for block in card.blocks)
    return replace(reply, body=replace(card, blocks=(*said, *blocks)))


def _with_first(block: Block, buttons: tuple[Button, ...]) -> Block:
    return Actions((*buttons, *block.buttons)[:MOST_BUTTONS]) if isinstance(block, Actions) else block


def take_away(ctx: Context, file: KeptFile) -> None:
    """The reference becomes a tombstone; our copy goes unless another file is the same one."""
    ctx.uow.files.save(removed(file, ctx.now))
    if file.blob_id:
        ctx.uow.blobs.remove(file.blob_id)


def _received(ctx: Context, attachment: Attachment) -> KeptFile:
    blob = ctx.uow.blobs.about(attachment.blob) if attachment.blob else None
    mine = blob is not None and blob.owner == str(ctx.sender)
    return KeptFile(
        id=ctx.uow.new_id(),
        workspace_id=ctx.workspace.id,
        milestone_id="",
        by_id=ctx.person.id,
        at=ctx.now,
        platform=ctx.place.ref.platform,
        file_id=attachment.id,
        name=clean_name(attachment.name),
        mime=attachment.mime[:100],
        size=max(attachment.size, 0),
        sha256=attachment.sha256,
        link=attachment.link,
        message=ctx.said.message,
        blob_id=attachment.blob if mine else "",
    )


def _copy(ctx: Context, file: KeptFile, room: int) -> Copy:
    if file.blob_id:  # counted among what is held since it came
        return Copy.HELD if room >= 0 else Copy.NO_ROOM
    if not ctx.workspace.keep_evidence:
        return Copy.NONE
    if file.size > COPY_LIMIT:
        return Copy.TOO_LARGE
    return Copy.WANTED if file.size <= room else Copy.NO_ROOM
