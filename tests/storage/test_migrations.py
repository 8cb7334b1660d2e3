from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from subprocess import run

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, insert, inspect, select, text

from bot.domain.finding import wanted
from bot.domain.milestone import Criterion
from bot.domain.people import Workspace
from bot.domain.record import criteria_in
from bot.errors import ConfigError
from storage import migrations
from storage.database import open_store
from storage.engines import sqlite_file
from storage.migrate import is_current, is_outdated, newest, revision, upgrade
from storage.tables import metadata, milestones, workspaces
from tests.fakes.clock import FakeClock


def copies(url: str) -> list[Path]:
    file = sqlite_file(url)
    return sorted(file.parent.glob("*.before-*")) if file else []


def write_workspace(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(insert(workspaces), {"id": "w", "name": "Acme"})
    engine.dispose()


def write_milestone(url: str, criteria: str) -> None:
    engine = create_engine(url)
    rows = (
        "INSERT INTO workspaces (id, name) VALUES ('w', 'Acme')",
        "INSERT INTO people (workspace_id, id, name, morning, active)"
        " VALUES ('w', 'ana', 'Ana', '09:00:00', true)",
        "INSERT INTO projects (workspace_id, id, key, name, lead_id, digest_at)"
        " VALUES ('w', 'p', 'APX', 'Apex', 'ana', '09:00:00')",
        "INSERT INTO milestones (workspace_id, id, project_id, project_key, number, title, title_folded,"
        " owner_id, due, zone, created_at, state, kind, criteria, version) VALUES ('w', 'm', 'p', 'APX', 1,"
        " 'A', 'a', 'ana', '2026-03-20', 'UTC', 0, 'planned', 'gate', :criteria, 1)",
    )
    with engine.begin() as connection:
        for row in rows:
            connection.execute(text(row), {"criteria": criteria} if ":criteria" in row else {})
    engine.dispose()


def names(url: str) -> list[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = list(connection.scalars(select(workspaces.c.name)))
    engine.dispose()
    return found


def is_ours(name: str | None, kind: str, parents: object) -> bool:
    """All but the full-text index, which each database keeps in its own way."""
    return not str(name).startswith("findings_words")


def test_an_empty_database_at_the_newest_schema_equals_the_models(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    engine = create_engine(empty_database_url)
    with engine.connect() as connection:
        options = {"compare_server_default": False, "include_name": is_ours}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_indexes_have_the_conditions_of_the_models(empty_database_url: str) -> None:
    """The comparison above does not look at them, and a wrong one is never used."""
    upgrade(empty_database_url)
    engine = create_engine(empty_database_url)
    found = {
        index["name"]: index.get("dialect_options", {}).get(f"{engine.dialect.name}_where")
        for table in metadata.tables
        for index in inspect(engine).get_indexes(table)
    }
    for table in metadata.tables.values():
        for index in table.indexes:
            wanted = index.dialect_options[engine.dialect.name]["where"]
            assert (found[str(index.name)] is None) == (wanted is None), index.name
    engine.dispose()


def test_files_are_named_by_their_revision() -> None:
    found = ScriptDirectory(str(Path(migrations.__path__[0])))
    named = {Path(str(script.path)).name[1:5] for script in found.walk_revisions()}
    assert named == {script.revision for script in found.walk_revisions()}
    assert newest() == found.get_current_head()


def test_a_database_that_is_current_is_left_without_loading_alembic(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    program = "import sys, storage.migrate as m; m.upgrade(sys.argv[1]); print('alembic' in sys.modules)"
    command = [sys.executable, "-c", program, empty_database_url]
    assert run(command, check=True, capture_output=True, text=True).stdout.strip() == "False"


def test_the_revision_is_known_before_and_after(empty_database_url: str) -> None:
    assert revision(empty_database_url) == ""
    assert not is_current(empty_database_url)
    upgrade(empty_database_url)
    assert revision(empty_database_url) == newest()
    assert is_current(empty_database_url)


def test_a_database_with_data_keeps_it(empty_database_url: str) -> None:
    upgrade(empty_database_url, "0001")
    write_workspace(empty_database_url)
    upgrade(empty_database_url)
    assert is_current(empty_database_url)
    assert names(empty_database_url) == ["Acme"]


def test_criteria_kept_in_order_get_names(empty_database_url: str) -> None:
    upgrade(empty_database_url, "0005")
    done = '[["c1","Signed “off”","ana","2026-03-02T09:00:00+00:00"],["c2","Paid","",null]]'
    write_milestone(empty_database_url, done)
    upgrade(empty_database_url)
    engine = create_engine(empty_database_url)
    with engine.connect() as connection:
        (kept,) = connection.scalars(select(milestones.c.criteria))
    engine.dispose()
    signed = Criterion("c1", "Signed “off”", "ana", datetime(2026, 3, 2, 9, tzinfo=UTC))
    assert criteria_in(kept) == (signed, Criterion("c2", "Paid"))


def test_a_sqlite_file_with_data_is_copied_first(empty_database_url: str) -> None:
    upgrade(empty_database_url, "0001")
    assert copies(empty_database_url) == []
    write_workspace(empty_database_url)
    upgrade(empty_database_url)
    for copy in copies(empty_database_url):
        assert names(f"sqlite:///{copy}") == ["Acme"]
        assert revision(f"sqlite:///{copy}") == "0001"
    assert len(copies(empty_database_url)) == empty_database_url.startswith("sqlite")


def test_nothing_happens_the_second_time(database_url: str) -> None:
    write_workspace(database_url)
    upgrade(database_url)
    assert names(database_url) == ["Acme"]
    assert copies(database_url) == []


def test_two_processes_may_migrate_at_once(empty_database_url: str) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        list(processes.map(upgrade, [empty_database_url] * 2))
    assert is_current(empty_database_url)


def test_a_migration_that_fails_leaves_nothing_behind(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = create_engine(empty_database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE pauses (in_the_way INTEGER)"))
    with pytest.raises(Exception, match="pauses"):
        upgrade(empty_database_url)
    assert inspect(engine).get_table_names() == ["pauses"]
    engine.dispose()


@pytest.mark.parametrize(
    "criteria",
    ['[["c1", "Bericht über Prüfung", "", null]]', '[{"id": "c1", "text": "Bericht über Prüfung"}]'],
)
async def test_milestones_that_are_there_already_are_found(
    empty_database_url: str, clock: FakeClock, criteria: str
) -> None:
    """As written by the first releases, and since."""
    upgrade(empty_database_url, "0005" if criteria.startswith("[[") else "0006")
    write_milestone(empty_database_url, criteria)
    upgrade(empty_database_url)
    store = open_store(empty_database_url, clock)
    for words in ("apx", "prufung", "uber bericht"):
        [hit] = await store.read(lambda unit, w=words: unit.findings.find("w", wanted(w)))  # type: ignore[misc]  # bound now
        assert (hit.item_id, hit.key) == ("m", "APX-1")
    assert await store.read(lambda unit: unit.findings.find("other", wanted("apx"))) == ()
    await store.close()


async def test_what_one_process_wrote_another_reads(database_url: str, clock: FakeClock) -> None:
    first, second = open_store(database_url, clock), open_store(database_url, clock)
    await first.write(lambda unit: unit.workspaces.add(Workspace("w", "Acme")))
    assert await second.read(lambda unit: unit.workspaces.get("w")) == Workspace("w", "Acme")
    await first.close()
    await second.close()


def test_a_newer_database_is_refused_in_one_sentence(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigError, match="newer"):
        upgrade(database_url)
    engine.dispose()


def test_only_a_schema_left_behind_is_outdated(database_url: str) -> None:
    """A newer one is what processes see that a deployment has not replaced yet."""
    assert not is_outdated(database_url)
    engine = create_engine(database_url)
    for version, outdated in (("0001", True), ("9999", False)):
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
        assert is_outdated(database_url) is outdated
    engine.dispose()


def test_an_empty_database_is_outdated(empty_database_url: str) -> None:
    assert is_outdated(empty_database_url)
