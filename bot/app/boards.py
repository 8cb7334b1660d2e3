"""What pages ask for, and the demo's clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from bot.clock import DemoClock
from bot.domain.calendar import Calendar
from bot.domain.local_time import instant_of, local, local_date
from bot.domain.people import Person, Workspace
from bot.errors import NotUnderstood
from bot.ports import Blob, BoardPerson, BoardPlace, BoardView, Line, Store, UnitOfWork
from bot.refs import PersonRef
from bot.sight import may_open

Travel = Callable[[datetime, Callable[[datetime], Awaitable[None]]], Awaitable[None]]
_MORNING = time(9, 0)


class Desk:
    """Implements `bot.ports.Boards`.  ``platform`` and ``tenant`` name the demo's own identities."""

    def __init__(self, store: Store, clock: DemoClock, *, demo: bool, platform: str, tenant: str) -> None:
        self._store, self._clock, self._demo = store, clock, demo
        self._platform, self._tenant = platform, tenant
        self._travel: Travel | None = None

    def travel_by(self, travel: Travel) -> None:
        """How time passes: the engine lives through everything in between."""
        self._travel = travel

    async def view(self, viewer: PersonRef | None) -> BoardView:
        return await self._store.read(lambda uow: self._view(uow, viewer))

    async def sign_out(self, viewer: PersonRef) -> None:
        if not self._demo:
            await self._store.write(lambda uow: _sign_out(uow, viewer))

    async def add_line(self, line: Line) -> Line:
        return await self._store.write(lambda uow: uow.transcript.add(line))

    async def edit_line(self, conversation: str, line_id: str, payload: Mapping[str, Any]) -> Line | None:
        return await self._store.write(lambda uow: uow.transcript.edit(conversation, line_id, payload))

    async def lines(self, conversation: str, since: int, most: int) -> tuple[Line, ...]:
        if since:
            return await self._store.read(lambda uow: uow.transcript.since(conversation, since, most))
        return await self._store.read(lambda uow: uow.transcript.latest(conversation, most))

    async def line_by_oid(self, conversation: str, oid: str) -> Line | None:
        return await self._store.read(lambda uow: uow.transcript.by_oid(conversation, oid))

    async def add_upload(self, blob: Blob) -> None:
        await self._store.write(lambda uow: uow.blobs.add(blob))

    async def upload(self, blob_id: str) -> Blob | None:
        return await self._store.read(lambda uow: uow.blobs.about(blob_id))

    async def content(self, blob_id: str) -> Blob | None:
        return await self._store.read(lambda uow: uow.blobs.get(blob_id))

    async def file(self, viewer: PersonRef, file_id: str) -> Blob | None:
        return await self._store.read(lambda uow: self._file(uow, viewer, file_id))

    def _file(self, uow: UnitOfWork, viewer: PersonRef, file_id: str) -> Blob | None:
        workspace = self._workspace(uow) if self._demo else _chosen(uow, viewer)
        person = uow.people.by_ref(workspace.id, viewer) if workspace else None
        file = uow.files.get(workspace.id, file_id) if workspace else None
        if person is None or file is None or not may_open(uow, person, file):
            return None
        blob = uow.blobs.get(file.blob_id) if file.blob_id else None
        return replace(blob, name=file.name, mime=file.mime) if blob else None

    async def move_clock(self, step: str) -> datetime:
        """See `bot.ports.Boards`.  Raises `NotUnderstood` outside the demo or for an unknown step."""
        if not self._demo or self._travel is None:
            raise NotUnderstood("clock")
        target = await self._store.read(lambda uow: self._target(uow, step))
        await self._travel(target, self._forward)
        return self._clock.now()

    async def _forward(self, to: datetime) -> None:
        ahead = self._clock.ahead + (to - self._clock.now())
        if ahead > self._clock.ahead:
            await self._store.write(lambda uow: uow.demo_time.set_ahead(ahead.total_seconds()))
            self._clock.forward_to(ahead)

    def _target(self, uow: UnitOfWork, step: str) -> datetime:
        now = self._clock.now()
        workspace = self._workspace(uow)
        zone = workspace.zone if workspace else "UTC"
        match step:
            case "hour":
                return now + timedelta(hours=1)
            case "day":
                return now + timedelta(days=1)
            case "morning":
                return next_morning(now, zone)
            case _:
                raise NotUnderstood("clock step")

    def _view(self, uow: UnitOfWork, viewer: PersonRef | None) -> BoardView:
        workspace = self._workspace(uow) if self._demo else _chosen(uow, viewer)
        me = uow.people.by_ref(workspace.id, viewer) if workspace and viewer else None
        now = self._clock.now()
        if workspace is None:
            return BoardView("Milepost", now=now)
        return BoardView(
            workspace=workspace.name,
            demo=self._demo,
            me=BoardPerson(viewer.id, me.name, me.role) if me and viewer else None,
            people=self._people(uow, workspace) if self._demo else (),
            places=self._places(uow, workspace) if self._demo else (),
            now=now,
            today=local_date(now, workspace.zone),
            zone=workspace.zone if self._demo or me is None else me.zone,
        )

    def _workspace(self, uow: UnitOfWork) -> Workspace | None:
        return uow.workspaces.of_tenant(self._platform, self._tenant)

    def _people(self, uow: UnitOfWork, workspace: Workspace) -> tuple[BoardPerson, ...]:
        everybody = uow.people.all(workspace.id)
        return tuple(BoardPerson(self._account(uow, p), p.name, p.role) for p in everybody)

    def _account(self, uow: UnitOfWork, person: Person) -> str:
        accounts = uow.people.identities(person.workspace_id, person.id)
        return next((a.ref.id for a in accounts if a.ref.platform == self._platform), "")

    def _places(self, uow: UnitOfWork, workspace: Workspace) -> tuple[BoardPlace, ...]:
        projects = uow.projects.all(workspace.id)
        homes = ((p, p.home) for p in projects)
        return tuple(BoardPlace(home.id, p.name, p.key) for p, home in homes if home)


def _sign_out(uow: UnitOfWork, viewer: PersonRef) -> None:
    for workspace in uow.workspaces.of_person(viewer):
        uow.people.forget_identity(workspace.id, viewer)


def next_morning(now: datetime, zone: str) -> datetime:
    """The next 09:00 of a working day in ``zone``, strictly after ``now``."""
    calendar = Calendar()
    today = local(now, zone)
    start = today.date() if today.time() < _MORNING else today.date() + timedelta(days=1)
    return instant_of(calendar.following(start), _MORNING, zone)


def _chosen(uow: UnitOfWork, viewer: PersonRef | None) -> Workspace | None:
    mine = uow.workspaces.of_person(viewer) if viewer else ()
    if viewer and len(mine) > 1:
        chosen = uow.places.chosen(viewer)
        return next((w for w in mine if w.id == chosen), mine[0])
    return mine[0] if mine else None
