"""Workspaces, where they are installed, and who stands where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.domain.people import Completing, Workspace
from bot.ports import Scene
from bot.refs import ConversationRef, PersonRef
from storage.repositories.lanes import Lanes
from storage.repositories.people import IDENTITY, PERSON, identity, person
from storage.repositories.places import PLACE, place
from storage.repositories.projects import IS_LIVE, PROJECT, project
from storage.tables import chosen_workspaces, identities, installs, people, places, projects, workspaces
from storage.transaction import Transaction

WORKSPACE = (
    workspaces.c.id,
    workspaces.c.name,
    workspaces.c.zone,
    workspaces.c.language,
    workspaces.c.demo,
    workspaces.c.rehearsal,
    workspaces.c.keep_evidence,
    workspaces.c.completing,
)
_GET = select(*WORKSPACE).where(workspaces.c.id == bindparam("of_id"))
_ALL = select(*WORKSPACE).order_by(workspaces.c.id)
_ADD = insert(workspaces)
_SAVE = update(workspaces).where(workspaces.c.id == bindparam("of_id"))
_of_install = (installs.c.platform == bindparam("of_platform"), installs.c.tenant == bindparam("of_tenant"))
_OF_TENANT = (
    select(*WORKSPACE)
    .select_from(installs.join(workspaces, workspaces.c.id == installs.c.workspace_id))
    .where(*_of_install)
)
_INSTALL = upsert(installs).values(suspended="")
_INSTALL = _INSTALL.on_conflict_do_update(
    index_elements=["platform", "tenant"],
    set_={
        "workspace_id": _INSTALL.excluded.workspace_id,
        "installed_at": _INSTALL.excluded.installed_at,
        "suspended": "",
    },
)
_SUSPEND = upsert(installs)
_SUSPEND = _SUSPEND.on_conflict_do_update(
    index_elements=["platform", "tenant"], set_={"suspended": _SUSPEND.excluded.suspended}
)
_RESUME = update(installs).where(*_of_install).values(suspended="")
_of_sender = (
    identities.c.platform == bindparam("platform"),
    identities.c.tenant == bindparam("tenant"),
    identities.c.account == bindparam("account"),
)
_OF_PERSON = (
    select(*WORKSPACE)
    .select_from(identities.join(workspaces, workspaces.c.id == identities.c.workspace_id))
    .where(*_of_sender)
    .order_by(identities.c.linked_at, workspaces.c.id)
)
_chosen = chosen_workspaces
_scene = (
    identities.join(workspaces, workspaces.c.id == identities.c.workspace_id)
    .join(people, (people.c.workspace_id == workspaces.c.id) & (people.c.id == identities.c.person_id))
    .outerjoin(
        places,
        (places.c.platform == bindparam("place_platform"))
        & (places.c.tenant == bindparam("place_tenant"))
        & (places.c.chat == bindparam("chat"))
        & (places.c.workspace_id == workspaces.c.id),
    )
    .outerjoin(
        projects,
        and_(*IS_LIVE)
        & (projects.c.workspace_id == workspaces.c.id)
        & (projects.c.home_platform == bindparam("place_platform"))
        & (projects.c.home_tenant == bindparam("place_tenant"))
        & (projects.c.home_chat == bindparam("chat"))
        & (projects.c.home_thread.in_(["", bindparam("thread")])),
    )
    .outerjoin(
        installs,
        (installs.c.platform == identities.c.platform)
        & (installs.c.tenant == identities.c.tenant)
        & (installs.c.workspace_id == workspaces.c.id),
    )
    .outerjoin(
        _chosen,
        (_chosen.c.platform == identities.c.platform)
        & (_chosen.c.tenant == identities.c.tenant)
        & (_chosen.c.account == identities.c.account)
        & (_chosen.c.workspace_id == workspaces.c.id),
    )
)
_SCENES = (
    select(
        *WORKSPACE,
        *PERSON,
        *IDENTITY,
        *PLACE,
        *PROJECT,
        installs.c.workspace_id.is_not(None),
        _chosen.c.workspace_id.is_not(None),
    )
    .select_from(_scene)
    .where(*_of_sender)
    .order_by(identities.c.linked_at, workspaces.c.id, projects.c.home_thread.desc(), projects.c.key)
)
_W = len(WORKSPACE)
_P = _W + len(PERSON)
_I = _P + len(IDENTITY)
_L = _I + len(PLACE)
_J = _L + len(PROJECT)


class WorkspacesTable:
    def __init__(self, transaction: Transaction, lanes: Lanes) -> None:
        self._transaction = transaction
        self._lanes = lanes

    def get(self, workspace_id: str) -> Workspace | None:
        return self._one(_GET, of_id=workspace_id)

    def all(self) -> tuple[Workspace, ...]:
        return tuple(map(_workspace, self._transaction.all(_ALL, {})))

    def add(self, workspace: Workspace) -> None:
        self._transaction.write(_ADD, {"id": workspace.id, **_values(workspace)})

    def save(self, workspace: Workspace) -> None:
        self._transaction.write(_SAVE, {"of_id": workspace.id, **_values(workspace)})

    def of_tenant(self, platform: str, tenant: str) -> Workspace | None:
        return self._one(_OF_TENANT, of_platform=platform, of_tenant=tenant)

    def install(self, platform: str, tenant: str, workspace_id: str, at: datetime) -> None:
        values = {"platform": platform, "tenant": tenant, "workspace_id": workspace_id, "installed_at": at}
        self._transaction.write(_INSTALL, values)
        self._lanes.resume(platform, tenant)

    def suspend(self, platform: str, tenant: str, code: str) -> None:
        self._transaction.write(_SUSPEND, {"platform": platform, "tenant": tenant, "suspended": code})
        self._lanes.suspend(platform, tenant, code)

    def resume(self, platform: str, tenant: str) -> None:
        self._transaction.write(_RESUME, {"of_platform": platform, "of_tenant": tenant})
        self._lanes.resume(platform, tenant)

    def of_person(self, ref: PersonRef) -> tuple[Workspace, ...]:
        values = {"platform": ref.platform, "tenant": ref.workspace, "account": ref.id}
        return tuple(map(_workspace, self._transaction.all(_OF_PERSON, values)))

    def scenes(self, sender: PersonRef, conversation: ConversationRef) -> tuple[Scene, ...]:
        values = {
            "platform": sender.platform,
            "tenant": sender.workspace,
            "account": sender.id,
            "place_platform": conversation.platform,
            "place_tenant": conversation.workspace,
            "chat": conversation.id,
            "thread": conversation.thread,
        }
        found: dict[str, Scene] = {}
        for row in self._transaction.all(_SCENES, values):
            found.setdefault(row[0], _read_scene(row))
        return tuple(found.values())

    def _one(self, statement: Any, **values: str) -> Workspace | None:
        row = self._transaction.one(statement, values)
        return _workspace(row) if row else None


def _workspace(row: Sequence[Any]) -> Workspace:
    ident, name, zone, language, demo, rehearsal, keep_evidence, completing = row
    return Workspace(
        id=ident,
        name=name,
        zone=zone,
        language=language,
        demo=bool(demo),
        rehearsal=bool(rehearsal),
        keep_evidence=bool(keep_evidence),
        completing=Completing(completing),
    )


def _values(workspace: Workspace) -> Mapping[str, Any]:
    return {
        "name": workspace.name,
        "zone": workspace.zone,
        "language": workspace.language,
        "demo": workspace.demo,
        "rehearsal": workspace.rehearsal,
        "keep_evidence": workspace.keep_evidence,
        "completing": workspace.completing.value,
    }


def _read_scene(row: Any) -> Scene:
    return Scene(
        workspace=_workspace(row[:_W]),
        person=person(row[_W:_P]),
        identity=identity(row[_P:_I]),
        place=place(row[_I:_L]) if row[_I] else None,
        project=project(row[_L:_J]) if row[_L] else None,
        installed=bool(row[_J]),
        chosen=bool(row[_J + 1]),
    )
