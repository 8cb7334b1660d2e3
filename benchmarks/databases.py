"""Databases with many milestones, filled by the database itself: rows as the repositories write them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Column, Connection, Date, Integer, MetaData, Table, Text, insert, text

from benchmarks.requests import TEAM, USER
from bot.clock import SystemClock
from bot.domain.people import Identity, Person, Project, Role, Workspace
from bot.ports import UnitOfWork
from bot.refs import ConversationRef, PersonRef
from storage.columns import microseconds
from storage.database import SqlStore, open_store
from storage.engines import connect
from storage.migrate import upgrade

PEOPLE, PROJECTS = 50, 100
HOME = "C0BENCH02"
"""The channel of the first project."""

_ZEROS = "0" * 31
WORKSPACE = f"a{_ZEROS}"
_DAYS = 400

_MILESTONES = """
WITH RECURSIVE numbers (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i + 1 < :milestones)
INSERT INTO milestones (workspace_id, id, project_id, project_key, number, title, title_folded, owner_id, due,
  zone, created_by, created_at, state, kind, baseline_due, criteria, withdrawn, is_open, version)
SELECT :workspace, substr(:zeros, 1, 32 - length(CAST(i AS TEXT))) || CAST(i AS TEXT), project.id,
  project.key, i / :projects + 1, 'Signed off by client ' || CAST(i AS TEXT),
  'signed off by client ' || CAST(i AS TEXT),
  owner.id, day.day, 'Europe/Berlin', owner.id, :now,
  CASE WHEN i / :projects % 10 = 0 THEN 'achieved' ELSE 'planned' END,
  'deliverable', day.day, '[]', FALSE, i / :projects % 10 <> 0, 1
FROM numbers
JOIN bench_projects project ON project.n = i % :projects
JOIN bench_people owner ON owner.n = i % :people
JOIN bench_days day ON day.n = i * 7 % :days
"""
_COUNTS = """
INSERT INTO milestone_counts (workspace_id, project_id, owner_id, open, total)
SELECT workspace_id, {project}, {owner}, sum(CASE WHEN is_open THEN 1 ELSE 0 END), count(*)
FROM milestones GROUP BY 1, 2, 3
"""
_DUE = """
INSERT INTO due (at, subject, workspace_id)
SELECT :at + CAST(number AS BIGINT) * 1000000, 'm:' || id, workspace_id FROM milestones WHERE is_open
"""
_NUMBERS = "UPDATE projects SET last_number = :last"


@dataclass(frozen=True, slots=True)
class Filled:
    """A database with ``milestones`` rows, nine in ten of them open."""

    url: str
    milestones: int

    def open(self) -> SqlStore:
        return open_store(self.url, SystemClock())


async def on_sqlite(folder: Path, milestones: int) -> Filled:
    return await filled(f"sqlite:///{folder / f'{milestones}.sqlite3'}", milestones)


async def filled(url: str, milestones: int) -> Filled:
    """Migrate the empty database at ``url`` and fill it."""
    upgrade(url)
    store = open_store(url, SystemClock())
    await store.write(_everybody)
    await store.close()
    engine = connect(url)
    with engine.connect() as connection:
        _hurry(connection)
        with connection.begin(), _unburdened(connection):
            _fill(connection, milestones)
    engine.dispose()
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":  # what its autovacuum would do in a minute
            connection.execute(text("ANALYZE"))
    engine.dispose()
    return Filled(url, milestones)


def _everybody(uow: UnitOfWork) -> None:
    now = datetime.now(UTC)
    uow.workspaces.add(Workspace(WORKSPACE, "Team", "Europe/Berlin"))
    uow.workspaces.install("slack", TEAM, WORKSPACE, now)
    for number in range(PEOPLE):
        _person(uow, number, now)
    for number in range(PROJECTS):
        home = ConversationRef("slack", TEAM, HOME) if number == 0 else None
        name = f"Project {number}"
        uow.projects.add(
            Project(the_id("c", number), WORKSPACE, f"P{number}", name, the_id("b", 0), "Europe/Berlin", home)
        )


def _person(uow: UnitOfWork, number: int, now: datetime) -> None:
    name, account = (
        (f"Person{number} Example", USER) if number == 0 else (f"Person{number} Sample", f"U{number}")
    )
    role = Role.ADMIN if number == 0 else Role.MEMBER
    uow.people.add(Person(the_id("b", number), WORKSPACE, name, role, "Europe/Berlin"))
    where = PersonRef("slack", TEAM, account)
    direct = ConversationRef("slack", TEAM, f"D{account}")
    uow.people.add_identity(Identity(the_id("b", number), WORKSPACE, where, f"person{number}", direct), now)


def the_id(kind: str, number: int) -> str:
    return f"{kind}{_ZEROS}"[: 32 - len(str(number))] + str(number)


def _hurry(connection: Connection) -> None:
    """Only for this connection, and before its transaction begins."""
    if connection.dialect.name == "sqlite":
        for pragma in ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -500000"):
            connection.connection.driver_connection.execute(f"PRAGMA {pragma}")  # type: ignore[union-attr]  # it is there


def _fill(connection: Connection, milestones: int) -> None:
    now = datetime.now(UTC)
    _helpers(connection, now.date())
    sizes = {"milestones": milestones, "projects": PROJECTS, "people": PEOPLE, "days": _DAYS}
    about = {"workspace": WORKSPACE, "zeros": f"d{_ZEROS}", "now": microseconds(now)}
    connection.execute(text(_MILESTONES), {**sizes, **about})
    for project in ("''", "project_id"):
        for owner in ("''", "owner_id"):
            connection.execute(text(_COUNTS.format(project=project, owner=owner)))
    connection.execute(text(_DUE), {"at": microseconds(now + timedelta(days=1))})
    connection.execute(text(_NUMBERS), {"last": milestones // PROJECTS + 1})


def _helpers(connection: Connection, today: date) -> None:
    """What the one big statement joins: projects, people and days by number."""
    metadata = MetaData()
    projects = Table(
        "bench_projects",
        metadata,
        Column("n", Integer, primary_key=True),
        Column("id", Text),
        Column("key", Text),
        prefixes=["TEMPORARY"],
    )
    people = Table(
        "bench_people",
        metadata,
        Column("n", Integer, primary_key=True),
        Column("id", Text),
        prefixes=["TEMPORARY"],
    )
    days = Table(
        "bench_days",
        metadata,
        Column("n", Integer, primary_key=True),
        Column("day", Date),
        prefixes=["TEMPORARY"],
    )
    metadata.create_all(connection)
    keys = [{"n": n, "id": the_id("c", n), "key": f"P{n}"} for n in range(PROJECTS)]
    connection.execute(insert(projects), keys)
    connection.execute(insert(people), [{"n": n, "id": the_id("b", n)} for n in range(PEOPLE)])
    connection.execute(insert(days), [{"n": n, "day": today + timedelta(days=n - 20)} for n in range(_DAYS)])


@contextmanager
def _unburdened(connection: Connection) -> Iterator[None]:
    """Counting and sorting a million rows one by one takes minutes; here it is done at once, at the end."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))
    found = connection.execute(text(_BURDENS[connection.dialect.name])).all()
    for kind, name, _ in found:
        connection.exec_driver_sql(f"DROP {kind} {name}")
    yield
    for _, _, statement in found:
        connection.exec_driver_sql(statement)


_BURDENS = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = 'milestones'"
    " AND type IN ('index', 'trigger') AND sql IS NOT NULL",
    "postgresql": "SELECT 'INDEX', indexname, indexdef FROM pg_indexes WHERE tablename = 'milestones'"
    " AND indexdef NOT LIKE '%UNIQUE%'",
}
