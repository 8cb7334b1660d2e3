"""Files of milestones, and the content that we hold ourselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, delete, exists, func, insert, select, update

from bot.domain.files import Copy, KeptFile
from bot.ports import Blob, FilePage, Which
from bot.refs import MessageRef
from storage.repositories.findings import FindingsTable
from storage.repositories.notes import asked_for, asked_values, at_message, message_of, message_values
from storage.tables import blobs, files, milestones
from storage.tables.notes import HELD, WANTED
from storage.transaction import Transaction

_FILE = tuple(
    files.c[name]
    for name in (
        "id", "workspace_id", "milestone_id", "by_id", "note_id", "at", "origin", "file_id", "name", "mime",
        "size", "sha256", "link", "platform", "tenant", "chat", "thread", "message", "copy", "blob_id",
        "tries", "removed_at",
    )
)  # fmt: skip
_mine = files.c.workspace_id == bindparam("of_workspace")
_this = (_mine, files.c.id == bindparam("of_id"))
_order = (files.c.at, files.c.id)
_GET = select(*_FILE).where(*_this)
_AT = (
    select(*_FILE)
    .where(
        files.c.message != "",
        files.c.platform == bindparam("of_platform"),
        files.c.tenant == bindparam("of_tenant"),
        files.c.chat == bindparam("of_chat"),
        files.c.message == bindparam("of_message"),
    )
    .order_by(*_order)
)
_OF_NOTE = select(*_FILE).where(_mine, files.c.note_id == bindparam("of_note")).order_by(*_order)
_TO_COPY = select(*_FILE).where(WANTED).order_by(files.c.at).limit(bindparam("most"))
_HELD = select(func.coalesce(func.sum(files.c.size), 0)).where(_mine, HELD)
_UNCLAIMED = delete(files).where(files.c.milestone_id.is_(None), files.c.at < bindparam("before"))
_ADD = insert(files)
_SAVE = update(files).where(*_this)

_ABOUT = tuple(blobs.c[name] for name in ("id", "owner", "name", "mime", "size", "sha256", "at"))
_GET_BLOB = select(*_ABOUT, blobs.c.content).where(blobs.c.id == bindparam("of_id"))
_ABOUT_BLOB = select(*_ABOUT).where(blobs.c.id == bindparam("of_id"))
_ADD_BLOB = insert(blobs)
_UNHELD = ~exists().where(files.c.blob_id == blobs.c.id, HELD)
_REMOVE_BLOB = delete(blobs).where(blobs.c.id == bindparam("of_id"), _UNHELD)
_UNCLAIMED_BLOBS = delete(blobs).where(blobs.c.at < bindparam("before"), _UNHELD)


@lru_cache(maxsize=32)
def _which(which: frozenset[str]) -> tuple[Select[Any], Select[Any]]:
    """A page, and how many there are, by what is asked for."""
    chosen = [_mine, files.c.removed_at.is_(None), files.c.milestone_id.is_not(None)]
    if "milestone_id" in which:
        chosen.append(files.c.milestone_id == bindparam("of_milestone"))
    if "by_id" in which:
        chosen.append(files.c.by_id == bindparam("of_author"))
    table: Any = files
    if which & {"project_id", "owner_id"}:
        its = (milestones.c.workspace_id == files.c.workspace_id) & (milestones.c.id == files.c.milestone_id)
        table = files.join(milestones, its)
    if "project_id" in which:
        chosen.append(milestones.c.project_id == bindparam("of_project"))
    if "owner_id" in which:
        chosen.append(milestones.c.owner_id == bindparam("of_owner"))
    page = select(*_FILE).select_from(table).where(*chosen).order_by(files.c.at.desc(), files.c.id.desc())
    count = select(func.count()).select_from(table).where(*chosen)
    return page.limit(bindparam("most")).offset(bindparam("skip")), count


class FilesTable:
    def __init__(self, transaction: Transaction, findings: FindingsTable) -> None:
        self._transaction = transaction
        self._findings = findings

    def add(self, file: KeptFile) -> None:
        values = {"workspace_id": file.workspace_id, "id": file.id, **_values(file)}
        self._transaction.write(_ADD, values)
        self._findings.put_file(file)

    def save(self, file: KeptFile) -> None:
        values = {"of_workspace": file.workspace_id, "of_id": file.id, **_values(file)}
        self._transaction.write(_SAVE, values)
        self._findings.put_file(file)

    def get(self, workspace_id: str, file_id: str) -> KeptFile | None:
        row = self._transaction.one(_GET, {"of_workspace": workspace_id, "of_id": file_id})
        return _file(row) if row else None

    def at(self, message: MessageRef) -> tuple[KeptFile, ...]:
        return tuple(map(_file, self._transaction.all(_AT, at_message(message))))

    def of_note(self, workspace_id: str, note_id: str) -> tuple[KeptFile, ...]:
        values = {"of_workspace": workspace_id, "of_note": note_id}
        return tuple(map(_file, self._transaction.all(_OF_NOTE, values)))

    def page(self, workspace_id: str, which: Which, number: int, size: int) -> FilePage:
        page, count = _which(asked_for(which))
        values = {**asked_values(workspace_id, which), "most": size, "skip": (max(number, 1) - 1) * size}
        found = tuple(map(_file, self._transaction.all(page, values)))
        row = self._transaction.one(count, asked_values(workspace_id, which))
        return FilePage(found, int(row[0]) if row else 0)

    def to_copy(self, most: int) -> tuple[KeptFile, ...]:
        return tuple(map(_file, self._transaction.all(_TO_COPY, {"most": most})))

    def held(self, workspace_id: str) -> int:
        row = self._transaction.one(_HELD, {"of_workspace": workspace_id})
        return int(row[0]) if row else 0

    def forget_unclaimed(self, before: datetime) -> int:
        return self._transaction.change(_UNCLAIMED, {"before": before})


class BlobsTable:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, blob: Blob) -> None:
        values = {
            "id": blob.id,
            "owner": blob.owner,
            "name": blob.name,
            "mime": blob.mime,
            "size": blob.size,
            "sha256": blob.sha256,
            "at": blob.at,
            "content": blob.content,
        }
        self._transaction.write(_ADD_BLOB, values)

    def about(self, blob_id: str) -> Blob | None:
        row = self._transaction.one(_ABOUT_BLOB, {"of_id": blob_id})
        return _blob(row, b"") if row else None

    def get(self, blob_id: str) -> Blob | None:
        row = self._transaction.one(_GET_BLOB, {"of_id": blob_id})
        return _blob(row[:-1], bytes(row[-1])) if row else None

    def remove(self, blob_id: str) -> None:
        self._transaction.write(_REMOVE_BLOB, {"of_id": blob_id})

    def forget_unclaimed(self, before: datetime) -> int:
        return self._transaction.change(_UNCLAIMED_BLOBS, {"before": before})


def _values(file: KeptFile) -> Mapping[str, Any]:
    return {
        "milestone_id": file.milestone_id,
        "by_id": file.by_id,
        "note_id": file.note_id,
        "at": file.at,
        "origin": file.platform,
        "file_id": file.file_id,
        "name": file.name,
        "mime": file.mime,
        "size": file.size,
        "sha256": file.sha256,
        "link": file.link,
        **message_values(file.message),
        "copy": file.copy.value,
        "blob_id": file.blob_id,
        "tries": file.tries,
        "removed_at": file.removed_at,
    }


def _file(row: Sequence[Any]) -> KeptFile:
    (
        ident, workspace_id, milestone_id, by_id, note_id, at, origin, file_id, name, mime, size, sha256,
        link, *where, copy, blob_id, tries, removed_at,
    ) = row  # fmt: skip
    return KeptFile(
        id=ident, workspace_id=workspace_id, milestone_id=milestone_id, by_id=by_id, at=at, platform=origin,
        file_id=file_id, name=name, mime=mime, size=size, sha256=sha256, link=link, note_id=note_id,
        message=message_of(where), copy=Copy(copy), blob_id=blob_id, tries=tries, removed_at=removed_at,
    )  # fmt: skip


def _blob(row: Sequence[Any], content: bytes) -> Blob:
    ident, owner, name, mime, size, sha256, at = row
    return Blob(id=ident, owner=owner, name=name, mime=mime, size=size, sha256=sha256, at=at, content=content)
