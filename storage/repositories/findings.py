"""Finding again: words in, what holds them out.

Nothing here grows with what is stored: of each kind the newest hundred hits are read.  A search of common
words would otherwise rank half the database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    case,
    delete,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.domain.files import KeptFile
from bot.domain.finding import Found, FoundKind, folded
from bot.domain.milestone import Milestone
from bot.domain.notes import Note
from storage.columns import instant
from storage.repositories.hits import FEW, MOST, Hits, Vector, Where, spelled_query, spelled_words
from storage.tables import files, findings, milestones, notes
from storage.transaction import Transaction, Values

_SHOWN = 300  # characters of a note

_PUT = upsert(findings).values(words=Vector())
_PUT = _PUT.on_conflict_do_update(
    index_elements=["workspace_id", "kind", "item_id"],
    set_={"words": _PUT.excluded.words},
    where=findings.c.words != _PUT.excluded.words,
)
_REMOVE = delete(findings).where(
    findings.c.workspace_id == bindparam("of_workspace"),
    findings.c.kind == bindparam("of_kind"),
    findings.c.item_id == bindparam("of_item"),
)
_is_note, _is_file = (findings.c.kind == kind.value for kind in (FoundKind.NOTE, FoundKind.FILE))
_joined = (
    findings.join(
        milestones,
        and_(
            milestones.c.workspace_id == findings.c.workspace_id,
            milestones.c.id == findings.c.milestone_id,
        ),
    )
    .outerjoin(
        notes,
        and_(_is_note, notes.c.workspace_id == findings.c.workspace_id, notes.c.id == findings.c.item_id),
    )
    .outerjoin(
        files,
        and_(_is_file, files.c.workspace_id == findings.c.workspace_id, files.c.id == findings.c.item_id),
    )
)
_FOUND = (
    findings.c.kind,
    findings.c.item_id,
    findings.c.milestone_id,
    milestones.c.project_key,
    milestones.c.number,
    milestones.c.title,
    milestones.c.is_open,
    case((_is_note, func.substr(notes.c.text, 1, _SHOWN)), (_is_file, files.c.name), else_=literal("")),
    func.coalesce(findings.c.by_id, literal("")),
    func.coalesce(notes.c.at, files.c.at, milestones.c.created_at),
)


def _find(where: Where) -> Select[Any]:
    wanted: list[ColumnElement[bool]] = [
        Hits(where),
        findings.c.workspace_id == bindparam("of_workspace"),
        findings.c.kind == bindparam("of_kind"),
        ~milestones.c.withdrawn,
    ]
    if where is Where.OWN:
        mine = bindparam("of_person", type_=Text)
        wanted += (
            findings.c.milestone_id.in_(_own),
            or_(findings.c.by_id == mine, findings.c.by_id.is_(None)),
        )
    return select(*_FOUND).select_from(_joined).where(*wanted).order_by(findings.c.number.desc()).limit(MOST)


_own = select(milestones.c.id).where(
    milestones.c.workspace_id == bindparam("of_workspace"),
    milestones.c.owner_id == bindparam("of_person", type_=Text),
)
_FIND = {where: _find(where) for where in Where}
_some = select(literal(1).label("one")).select_from(findings).where(Hits(Where.OWN)).limit(FEW).subquery()
_HOW_MANY = select(func.count()).select_from(_some)
"""Of all hits, but never more than are found at once: asked of PostgreSQL alone."""


class FindingsTable:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def find(self, workspace_id: str, words: Sequence[str], only_for: str = "") -> tuple[Found, ...]:
        found: dict[tuple[FoundKind, str], Found] = {}
        for kind in FoundKind if words else ():
            for row in self._rows(workspace_id, kind, words, only_for):
                hit = _found(row)
                found[hit.kind, hit.item_id] = hit
        return tuple(found.values())

    def put_milestone(self, milestone: Milestone) -> None:
        said = " ".join((milestone.key, milestone.title, *(c.text for c in milestone.criteria)))
        self._put(milestone.workspace_id, FoundKind.MILESTONE, milestone.id, milestone.id, "", said)

    def put_note(self, note: Note) -> None:
        if note.is_removed or not note.text:
            self._remove(note.workspace_id, FoundKind.NOTE, note.id)
        else:
            self._put(
                note.workspace_id, FoundKind.NOTE, note.id, note.milestone_id, note.author_id, note.text
            )

    def put_file(self, file: KeptFile) -> None:
        if file.is_removed or not file.milestone_id:
            self._remove(file.workspace_id, FoundKind.FILE, file.id)
        else:
            self._put(file.workspace_id, FoundKind.FILE, file.id, file.milestone_id, file.by_id, file.name)

    def _rows(
        self, workspace_id: str, kind: FoundKind, words: Sequence[str], only_for: str
    ) -> Sequence[Sequence[Any]]:
        on_postgres = self._transaction.on_postgres
        values = {
            "of_workspace": workspace_id,
            "of_kind": kind.value,
            "query": spelled_query(workspace_id, kind.value, words, on_postgres=on_postgres),
        }
        if only_for:
            return self._transaction.all(_FIND[Where.OWN], {**values, "of_person": only_for})
        for where in self._newest_first(values) if on_postgres else ():
            newest = self._transaction.all(_FIND[where], values)
            if len(newest) == MOST:
                return newest
        return self._transaction.all(_FIND[Where.ALL], values)

    def _newest_first(self, values: Values) -> Iterator[Where]:
        """A few rows always, more of them for words that stand nearly everywhere."""
        yield Where.LATEST
        if self._stands_nearly_everywhere(values):
            yield Where.RECENT

    def _stands_nearly_everywhere(self, values: Values) -> bool:
        row = self._transaction.one(_HOW_MANY, {"query": values["query"]})
        return row is not None and int(row[0]) >= FEW

    def _put(
        self, workspace_id: str, kind: FoundKind, item_id: str, milestone_id: str, by_id: str, said: str
    ) -> None:
        values = {
            "workspace_id": workspace_id,
            "kind": kind.value,
            "item_id": item_id,
            "milestone_id": milestone_id,
            "by_id": by_id,
            "said": spelled_words(workspace_id, kind.value, folded(said)),
        }
        self._transaction.write(_PUT, values)

    def _remove(self, workspace_id: str, kind: FoundKind, item_id: str) -> None:
        values = {"of_workspace": workspace_id, "of_kind": kind.value, "of_item": item_id}
        self._transaction.write(_REMOVE, values)


def _found(row: Sequence[Any]) -> Found:
    kind, item_id, milestone_id, project_key, number, title, is_open, words, by_id, at = row
    return Found(
        kind=FoundKind(kind),
        item_id=item_id,
        milestone_id=milestone_id,
        key=f"{project_key}-{number}",
        title=title,
        is_open=bool(is_open),
        words=words or title,
        by_id=by_id,
        at=at if not isinstance(at, int) else instant(at),
    )
