"""Projects and the numbers of their milestones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from bot.domain.people import Project
from bot.refs import ConversationRef
from storage.repositories.week import read_week, spelled_week
from storage.tables import projects
from storage.transaction import Transaction

PROJECT = tuple(
    projects.c[name]
    for name in (
        "id",
        "workspace_id",
        "key",
        "name",
        "lead_id",
        "zone",
        "home_platform",
        "home_tenant",
        "home_chat",
        "home_thread",
        "head_id",
        "week",
        "digest_at",
        "language",
    )
)
_mine = projects.c.workspace_id == bindparam("of_workspace")
_this = (_mine, projects.c.id == bindparam("of_id"))
_GET = select(*PROJECT).where(*_this)
_BY_KEY = select(*PROJECT).where(_mine, projects.c.key == bindparam("of_key"))
_ALL = select(*PROJECT).where(_mine).order_by(projects.c.key)
_KEYS_AND_NAMES = select(projects.c.key, projects.c.name).where(_mine)
_BY_HOME = (
    select(*PROJECT)
    .where(
        _mine,
        projects.c.home_platform == bindparam("platform"),
        projects.c.home_tenant == bindparam("tenant"),
        projects.c.home_chat == bindparam("chat"),
        projects.c.home_thread.in_(["", bindparam("thread")]),
    )
    .order_by(projects.c.home_thread.desc(), projects.c.key)
    .limit(1)
)
_ADD = insert(projects)
_SAVE = update(projects).where(*_this)
_NEXT = (
    update(projects)
    .where(*_this)
    .values(last_number=projects.c.last_number + 1)
    .returning(projects.c.last_number)
)


def project(row: Sequence[Any]) -> Project:
    ident, workspace_id, key, name, lead_id, zone, *home, head_id, week, digest_at, language = row
    where = ConversationRef(*home) if home[0] else None
    return Project(
        ident, workspace_id, key, name, lead_id, zone, where, head_id, read_week(week), digest_at, language
    )


class ProjectsTable:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, workspace_id: str, project_id: str) -> Project | None:
        return self._one(_GET, of_workspace=workspace_id, of_id=project_id)

    def by_key(self, workspace_id: str, key: str) -> Project | None:
        return self._one(_BY_KEY, of_workspace=workspace_id, of_key=key)

    def by_home(self, workspace_id: str, conversation: ConversationRef) -> Project | None:
        """A topic of its own first, else the whole conversation."""
        return self._one(
            _BY_HOME,
            of_workspace=workspace_id,
            platform=conversation.platform,
            tenant=conversation.workspace,
            chat=conversation.id,
            thread=conversation.thread,
        )

    def all(self, workspace_id: str) -> tuple[Project, ...]:
        return tuple(map(project, self._transaction.all(_ALL, {"of_workspace": workspace_id})))

    def keys_and_names(self, workspace_id: str) -> tuple[tuple[str, str], ...]:
        rows = self._transaction.all(_KEYS_AND_NAMES, {"of_workspace": workspace_id})
        return tuple((str(key), str(name)) for key, name in rows)

    def add(self, project: Project) -> None:
        values = {"workspace_id": project.workspace_id, "id": project.id, **_values(project)}
        self._transaction.write(_ADD, values)

    def save(self, project: Project) -> None:
        values = {"of_workspace": project.workspace_id, "of_id": project.id, **_values(project)}
        self._transaction.write(_SAVE, values)

    def next_number(self, workspace_id: str, project_id: str) -> int:
        row = self._transaction.one(_NEXT, {"of_workspace": workspace_id, "of_id": project_id})
        if row is None:
            raise LookupError(f"no project {project_id} in this workspace")
        return int(row[0])

    def _one(self, statement: Any, **values: str) -> Project | None:
        row = self._transaction.one(statement, values)
        return project(row) if row else None


def _values(project: Project) -> Mapping[str, Any]:
    home = project.home
    return {
        "key": project.key,
        "name": project.name,
        "lead_id": project.lead_id,
        "zone": project.zone,
        "home_platform": home.platform if home else "",
        "home_tenant": home.workspace if home else None,
        "home_chat": home.id if home else None,
        "home_thread": home.thread if home else None,
        "head_id": project.head_id,
        "week": spelled_week(project.week),
        "digest_at": project.digest_at,
        "language": project.language,
    }
