"""Projects and the numbers of their milestones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from bot.domain.people import Project
from bot.refs import ConversationRef
from storage.repositories.week import read_week, spelled_week
from storage.tables import milestones, projects
from storage.tables.milestones import IS_OPEN
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
        "scope",
        "goals",
        "client",
        "department",
        "starts",
        "country",
        "region",
        "holidays",
        "opens",
        "closes",
        "archived",
        "withdrawn",
    )
)
_mine = projects.c.workspace_id == bindparam("of_workspace")
_this = (_mine, projects.c.id == bindparam("of_id"))
_GET = select(*PROJECT).where(*_this)
_BY_KEY = select(*PROJECT).where(_mine, projects.c.key == bindparam("of_key"))
IS_LIVE = (projects.c.archived.is_(False), projects.c.withdrawn.is_(False))
_ALL = select(*PROJECT).where(_mine, *IS_LIVE).order_by(projects.c.key)
_ARCHIVED = (
    select(*PROJECT)
    .where(_mine, projects.c.archived.is_(True), projects.c.withdrawn.is_(False))
    .order_by(projects.c.key)
)
_KEYS = select(projects.c.key).where(_mine)
_KEYS_AND_NAMES = select(projects.c.key, projects.c.name).where(_mine, *IS_LIVE)
_BY_HOME = (
    select(*PROJECT)
    .where(
        _mine,
        *IS_LIVE,
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
# A date means the end of that day where the project is (docs/rules.md, DM-2); what is over stays as it was.
_FOLLOW_ZONE = (
    update(milestones)
    .where(
        milestones.c.workspace_id == bindparam("of_workspace"),
        milestones.c.project_id == bindparam("of_id"),
        milestones.c.zone != bindparam("new_zone"),
        IS_OPEN,
    )
    .values(zone=bindparam("new_zone"))
)
_NEXT = (
    update(projects)
    .where(*_this)
    .values(last_number=projects.c.last_number + 1)
    .returning(projects.c.last_number)
)


def project(row: Sequence[Any]) -> Project:
    (
        ident, workspace_id, key, name, lead_id, zone, platform, tenant, chat, thread, head_id, week,
        digest_at, language, scope, goals, client, department, starts, country, region, holidays,
        opens, closes, archived, withdrawn,
    ) = row  # fmt: skip
    home = ConversationRef(platform, tenant, chat, thread) if platform else None
    return Project(
        id=ident, workspace_id=workspace_id, key=key, name=name, lead_id=lead_id, zone=zone, home=home,
        head_id=head_id, week=read_week(week), digest_at=digest_at, language=language, scope=scope,
        goals=tuple(goals), client=client, department=department, starts=starts, country=country,
        region=region, holidays=_read_days(holidays), opens=opens, closes=closes,
        archived=bool(archived), withdrawn=bool(withdrawn),
    )  # fmt: skip


@lru_cache(maxsize=256)
def _read_days(text: str) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, text.split()))


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

    def archived(self, workspace_id: str) -> tuple[Project, ...]:
        return tuple(map(project, self._transaction.all(_ARCHIVED, {"of_workspace": workspace_id})))

    def keys(self, workspace_id: str) -> tuple[str, ...]:
        return tuple(str(key) for (key,) in self._transaction.all(_KEYS, {"of_workspace": workspace_id}))

    def keys_and_names(self, workspace_id: str) -> tuple[tuple[str, str], ...]:
        rows = self._transaction.all(_KEYS_AND_NAMES, {"of_workspace": workspace_id})
        return tuple((str(key), str(name)) for key, name in rows)

    def add(self, project: Project) -> None:
        values = {"workspace_id": project.workspace_id, "id": project.id, **_values(project)}
        self._transaction.write(_ADD, values)

    def save(self, project: Project) -> None:
        values = {"of_workspace": project.workspace_id, "of_id": project.id, **_values(project)}
        self._transaction.write(_SAVE, values)
        whose = {"of_workspace": project.workspace_id, "of_id": project.id, "new_zone": project.zone}
        self._transaction.write(_FOLLOW_ZONE, whose)

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
        "scope": project.scope,
        "goals": list(project.goals),
        "client": project.client,
        "department": project.department,
        "starts": project.starts,
        "country": project.country,
        "region": project.region,
        "holidays": " ".join(day.isoformat() for day in sorted(project.holidays)),
        "opens": project.opens,
        "closes": project.closes,
        "archived": project.archived,
        "withdrawn": project.withdrawn,
    }
