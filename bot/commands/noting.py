"""Notes: written, corrected, taken back, wherever they were said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.access import Matter, Rule, may
from bot.commands.context import Context, Refused
from bot.commands.keeping import take_away
from bot.commands.perform import require
from bot.commands.quotas import room_for_note
from bot.commands.which import project_of
from bot.dialogs import Asked
from bot.domain.files import KeptFile, is_evidence
from bot.domain.history import History
from bot.domain.ledger import Entry
from bot.domain.milestone import NOTE_LIMIT, Milestone
from bot.domain.notes import Note, removed
from bot.messages import Reply
from bot.ports import Which
from bot.views.notes import evidence_stays, noted, taken_back, too_long_note

_KEY = re.compile(r"#?[A-Za-z][A-Za-z0-9]{1,9}-[0-9]{1,6}\b")
_EDGES = " \t,;:–—-"


def apart(rest: str, *, replied: bool) -> tuple[str, str]:
    """(which milestone, what to note): a key and what follows, or a name, a colon and what follows.

    In an answer to a milestone's card everything is the note, unless it begins with a key.
    """
    rest = rest.strip()
    key = _KEY.match(rest)
    if key:
        return key[0].lstrip("#"), rest[key.end() :].strip(_EDGES)
    if replied:
        return "", rest.lstrip(_EDGES)
    name, colon, text = rest.partition(":")
    return (name.strip(), text.strip()) if colon and text.strip() else (rest, "")


def write(ctx: Context, asked: Asked) -> Reply:
    """Keep what was said, together with what came along.  The answer is short and private: everybody who was
    to read it has read it where it was said.  Raises `Refused` for a note that is too long."""
    require(ctx, Rule.ANSWER)
    text = asked.reason.strip()
    if len(text) > NOTE_LIMIT:
        raise Refused(too_long_note(NOTE_LIMIT, ctx.reader, ctx.offers))
    room_for_note(ctx)
    note = Note(
        id=ctx.uow.new_id(),
        workspace_id=ctx.workspace.id,
        milestone_id=ctx.milestone.id,
        author_id=ctx.person.id,
        at=ctx.now,
        text=text,
        message=ctx.said.message,
        permalink=ctx.said.permalink,
    )
    ctx.uow.notes.add(note)
    for file in ctx.kept:
        ctx.uow.files.save(replace(file, note_id=note.id))
    card = noted(ctx.milestone, note, ctx.reader, ctx.offers)
    return Reply(card, edits=ctx.pressed and not ctx.on_anchor, toast=card.title.text, quiet=True)


def take_back(ctx: Context, note: Note) -> Reply:
    """The author's own, or anybody's for who may edit.  Raises `Refused`."""
    if note.author_id != ctx.person.id:
        require(ctx, Rule.EDIT)
    files = ctx.uow.files.of_note(ctx.workspace.id, note.id)
    proof = next((f for f in files if is_evidence(ctx.milestone, f.id)), None)
    if proof:
        raise Refused(evidence_stays(ctx.milestone, proof, ctx.reader, ctx.offers))
    ctx.uow.notes.save(removed(note, ctx.now))
    for file in _standing(files):
        take_away(ctx, file)
    return ctx.private(taken_back(ctx.milestone, note, ctx.reader, ctx.offers))


def take_back_newest(ctx: Context, change: History | Entry | None) -> Reply | None:
    """The sender's last note, unless ``change`` is the last thing they did."""
    note = ctx.uow.notes.last_by(ctx.workspace.id, ctx.person.id)
    milestone = ctx.uow.milestones.get(ctx.workspace.id, note.milestone_id) if note else None
    if note is None or milestone is None or (change and (change.at, change.id) > (note.at, note.id)):
        return None
    return take_back(ctx.about(milestone, project_of(ctx, milestone)), note)


def visible(ctx: Context, milestone: Milestone | None = None, project_id: str = "") -> Which:
    """The notes or files that the sender may read: to an outsider their own, of what is theirs."""
    own = ctx.person.id if not may(ctx.person, Rule.NOTES, Matter()) else ""
    return Which(milestone_id=milestone.id if milestone else "", project_id=project_id, by_id=own)


def _standing(files: Iterable[KeptFile]) -> Iterable[KeptFile]:
    return (file for file in files if not file.is_removed)
