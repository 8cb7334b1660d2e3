"""Words that were edited or deleted where they had been said: the note they became follows."""

from __future__ import annotations

import re
from datetime import datetime

from bot.commands.noting import apart
from bot.domain.files import is_evidence
from bot.domain.files import removed as without_file
from bot.domain.notes import edited as with_words
from bot.domain.notes import removed as without_words
from bot.messages import MessageDeleted, MessageEdited
from bot.ports import UnitOfWork
from bot.refs import MessageRef

_COMMAND = re.compile(r"(?:/\w+(?:@\w+)?\s+)?(?:note|notes|comment|remark)\b[:,]?\s*", re.IGNORECASE)


def edited(uow: UnitOfWork, incoming: MessageEdited, now: datetime) -> None:
    """Only its author's own words, and only while they belong to the team."""
    note = uow.notes.at(incoming.message)
    if note is None:
        return
    author = uow.people.by_ref(note.workspace_id, incoming.sender.ref)
    if author and author.active and author.id == note.author_id:
        uow.notes.save(with_words(note, _note_in(incoming.text.text), now))


def deleted(uow: UnitOfWork, incoming: MessageDeleted, now: datetime) -> None:
    """A tombstone stays.  What proves something achieved stays as well: our reference, and our copy."""
    note = uow.notes.at(incoming.message)
    if note and not note.is_removed:
        uow.notes.save(without_words(note, now))
    _delete_files(uow, incoming.message, now)


def _delete_files(uow: UnitOfWork, message: MessageRef, now: datetime) -> None:
    for file in uow.files.at(message):
        milestone = uow.milestones.get(file.workspace_id, file.milestone_id) if file.milestone_id else None
        if file.is_removed or (milestone and is_evidence(milestone, file.id)):
            continue
        uow.files.save(without_file(file, now))
        if file.blob_id:
            uow.blobs.remove(file.blob_id)


def _note_in(text: str) -> str:
    """The note without the command it may have been typed with."""
    command = _COMMAND.match(text.strip())
    return apart(text.strip()[command.end() :], replied=True)[1] if command else text.strip()
